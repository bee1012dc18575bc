import { describe, expect, it } from 'vitest'
import { graphRequest } from '../../../test/support/record-graph.ts'
import { inboxRule, outlookRule, restampedRule } from '../../../test/support/record-rules.ts'
import { at, person, type RawRecord, TENANT } from '../../../test/support/records.ts'
import { makeParser } from '../../feeds/normalise/parse.ts'
import { readWish, wishFor } from './wish.ts'

const anna = person('anna')
const parse = makeParser(TENANT)

function wished(raw: RawRecord) {
  const { record } = parse(raw)
  const wish = record && wishFor(record)
  return wish && readWish(wish)
}

describe('the rules of a mailbox are asked for', () => {
  it('by a change whose record is blank: whose, when, and from where', () => {
    expect(wished(restampedRule(at('09:12') + 7))).toEqual({
      mailbox: anna,
      at: at('09:12') + 59,
      actor: anna,
      address: '198.51.100.23',
    })
  })

  it('once for a burst within a minute', () => {
    const burst = Array.from({ length: 50 }, (_, n) => parse(restampedRule(at('09:12') + n)).record)
    expect(new Set(burst.map(record => record && wishFor(record))).size).toBe(1)
  })

  it.each([
    ['a cmdlet', inboxRule({ ForwardTo: 'x@y.example' })],
    ['a cmdlet that changes', inboxRule({ Identity: 'x' }, { operation: 'Set-InboxRule' })],
    ['a cmdlet for somebody else', inboxRule({ Mailbox: anna }, { owner: person('zoe') })],
    ['desktop Outlook', outlookRule([{ ActionType: 'Move', DestinationFolderId: 'LgAAAAC' }])],
    [
      'a request at Graph',
      graphRequest({
        at: at('09:12'),
        method: 'POST',
        path: `/v1.0/users/${anna}/mailFolders/inbox/messageRules`,
      }),
    ],
  ])('by %s', (_, record) => {
    expect(wished(record)).toMatchObject({ mailbox: anna })
  })

  it.each([
    ['a change that failed', inboxRule({ Name: 'x' }, { change: { ResultStatus: 'False' } })],
    ['a rule taken away', outlookRule([], { properties: { RuleOperation: 'RemoveMailboxRule' } })],
    ['another operation', inboxRule({ Name: 'x' }, { operation: 'Set-Mailbox' })],
    ['a mailbox told by its alias', inboxRule({ Mailbox: 'anna' })],
    [
      'a request at Graph that reads',
      graphRequest({ at: at('09:12'), path: `/v1.0/users/${anna}/mailFolders/inbox/messageRules` }),
    ],
  ])('not by %s', (_, record) => {
    expect(wished(record)).toBeUndefined()
  })
})
