import { expect, it } from 'vitest'
import { makeLosses } from './losses.ts'
import { makeMemoryTables } from './memory.ts'

const FEED = 'Audit.Exchange'

it('a loss noted again only grows, and its beginning is what it is known by', async () => {
  const losses = makeLosses(makeMemoryTables(), 't')
  await losses.note(FEED, { kind: 'not-polled', from: 100, to: 200 })
  await losses.note(FEED, { kind: 'not-polled', from: 100, to: 150 })
  expect(await losses.all(FEED)).toEqual([{ kind: 'not-polled', from: 100, to: 200 }])
  await losses.note(FEED, { kind: 'not-polled', from: 100, to: 300 })
  await losses.note(FEED, { kind: 'not-polled', from: 900, to: 950 })
  expect(await losses.all(FEED)).toEqual([
    { kind: 'not-polled', from: 100, to: 300 },
    { kind: 'not-polled', from: 900, to: 950 },
  ])
})

it('what is open is ended, of its kind and feed alone, and an end stays', async () => {
  const losses = makeLosses(makeMemoryTables(), 't')
  await losses.note(FEED, { kind: 'auditing-off', from: 100 })
  await losses.note('Audit.General', { kind: 'auditing-off', from: 100 })
  await losses.end(FEED, 'stopped', 150)
  await losses.end(FEED, 'auditing-off', 200)
  await losses.end(FEED, 'auditing-off', 300)
  expect(await losses.all(FEED)).toEqual([{ kind: 'auditing-off', from: 100, to: 200 }])
  expect(await losses.all('Audit.General')).toEqual([{ kind: 'auditing-off', from: 100 }])
})

it('what ended long ago is forgotten, and what is open never', async () => {
  const losses = makeLosses(makeMemoryTables(), 't')
  await losses.note(FEED, { kind: 'before-start', to: 100 })
  await losses.note(FEED, { kind: 'auditing-off', from: 50 })
  expect(await losses.purge(FEED, 100)).toBe(0)
  expect(await losses.purge(FEED, 101)).toBe(1)
  expect(await losses.all(FEED)).toEqual([{ kind: 'auditing-off', from: 50 }])
})
