import { describe, expect, it } from 'vitest'
import {
  ConfigError,
  type FeedCode,
  FeedError,
  REACTIONS,
  type Reaction,
  SinkError,
  StoreError,
} from './errors.ts'

const codes = Object.keys(REACTIONS) as FeedCode[]
const where = (holds: (reaction: Reaction) => boolean) => codes.filter(code => holds(REACTIONS[code]))

describe('a feed', () => {
  it('is asked again at once where the server or the line may only have stumbled', () => {
    const stumbled = ['throttled', 'unavailable', 'content-missing', 'malformed']
    expect(where(({ retryNow }) => retryNow)).toEqual(stumbled)
  })

  it('tells its operator of what does not pass by itself, of lost content and of nothing else', () => {
    const passing = ['throttled', 'unavailable', 'start-cooldown', 'page-rejected', 'not-ready']
    const normal = ['not-licensed', 'not-in-cloud']
    expect(new Set(where(({ tell }) => !tell))).toEqual(new Set([...passing, ...normal]))
  })

  it('sets aside what it cannot read, goes on where that helps, and else stops with its checkpoint kept', () => {
    const leadTo = (next: Reaction['next']) => where(reaction => reaction.next === next)
    expect(leadTo('quarantine')).toEqual(['content-missing', 'foreign-origin', 'malformed', 'too-large'])
    expect(leadTo('skip')).toEqual(['content-expired'])
    expect(leadTo('subscribe')).toEqual(['not-subscribed', 'subscription-disabled'])
    expect(leadTo('restart-window')).toEqual(['page-rejected'])
    expect(leadTo('stop')).toHaveLength(codes.length - 8)
  })
})

describe('an error', () => {
  const cause = new Error('inside')

  it('says by name and code what went wrong, and keeps what the server said', () => {
    const told = { retryAfterMs: 5, serverCode: 'AF429', cause }
    expect(new FeedError('throttled', 'slow', told)).toMatchObject({
      name: 'FeedError',
      code: 'throttled',
      message: 'slow',
      ...told,
    })
    expect(new SinkError('park', 'no', { retryAfterMs: 5, cause })).toMatchObject({
      name: 'SinkError',
      code: 'park',
      message: 'no',
      retryAfterMs: 5,
      cause,
    })
    expect(new StoreError('denied', 'no', { serverCode: 'Forbidden', cause })).toMatchObject({
      name: 'StoreError',
      code: 'denied',
      message: 'no',
      serverCode: 'Forbidden',
      cause,
    })
  })

  it('in settings names every problem, one to a line', () => {
    const error = new ConfigError(['A is missing', 'B is no number'])
    expect(error).toMatchObject({ name: 'ConfigError', problems: ['A is missing', 'B is no number'] })
    expect(error.message).toBe('A is missing\nB is no number')
  })
})
