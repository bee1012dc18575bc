import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeFinding } from '../../test/chain/findings.ts'
import { everything } from '../../test/chain/kit.ts'
import { inTurns } from '../../test/chain/turns.ts'
import { MIDNIGHT } from '../../test/support/histories.ts'
import { StoreError } from '../model/errors.ts'
import { DAY } from '../model/time.ts'
import { allowEntry } from '../tuning/allow-schema.ts'
import type { Seen } from '../tuning/escalation.ts'
import { ALLOWED, makeAllowedFindings } from './allowed.ts'
import { makeMemoryTables } from './memory.ts'
import type { Tables } from './port.ts'

const ADA = 'ada@birchwood.example'
const BEN = 'ben@birchwood.example'
const said = { reason: 'a move', owner: 'it', from: '2026-11-20', until: '2026-12-31' }
const byAda = allowEntry({ ...said, actor: ADA })
const ofProbe = allowEntry({ ...said, detection: 'probe', reason: 'a trial' })

const open = (tables: Tables, allow = [byAda]) =>
  makeAllowedFindings(tables, 't', { allow, trustedNetworks: [] })
const rowsIn = async (tables: Tables) =>
  await everything(tables.table(ALLOWED).range<{ seen: Seen }>('t', '', '~'))

const on = (day: number, more: Parameters<typeof makeFinding>[0] = {}) =>
  makeFinding({ start: MIDNIGHT + day * DAY + 3_600, ...more })

it('a finding that no entry matches leaves no mark', async () => {
  const tables = makeMemoryTables()
  expect(await open(tables).judge(on(0, { actor: BEN }))).toBeUndefined()
  expect(await open(tables, []).judge(on(0))).toBeUndefined()
  expect(await rowsIn(tables)).toEqual([])
})

it('the first finding is allowed, with who said so, and sets what is', async () => {
  const tables = makeMemoryTables()
  const { entry, ...words } = { entry: byAda.id, reason: 'a move', owner: 'it', until: '2026-12-31' }
  expect(await open(tables).judge(on(0))).toEqual({ entry, ...words })
  expect(await open(tables).judge(on(1, { mailboxes: [BEN] }))).toEqual({
    entry,
    ...words,
    broken: `mailbox not seen under this entry (${BEN})`,
  })
  expect((await rowsIn(tables)).map(({ value }) => value.seen.mailboxes)).toEqual([[ADA]])
})

it('of several entries the first that is not broken allows; if all are, the first tells how', async () => {
  const allowed = open(makeMemoryTables(), [byAda, ofProbe])
  expect(await allowed.judge(on(0))).toMatchObject({ entry: byAda.id })
  expect(await allowed.judge(on(1, { mailboxes: [BEN] }))).toMatchObject({
    entry: ofProbe.id,
    reason: 'a trial',
  })
  const beyond = await allowed.judge(on(2, { mailboxes: ['cfo@birchwood.example'] }))
  expect(beyond).toMatchObject({ entry: byAda.id, broken: expect.stringContaining('cfo@') })
})

it('an entry that was changed begins anew', async () => {
  const tables = makeMemoryTables()
  await open(tables).judge(on(0))
  const renewed = allowEntry({ ...said, actor: ADA, until: '2027-01-31' })
  expect(await open(tables, [renewed]).judge(on(1, { mailboxes: [BEN] }))).not.toHaveProperty('broken')
})

it('instances that race judge as one after the other would', async () => {
  const findings = [
    on(0),
    on(0, { key: ['k'], mailboxes: [ADA, BEN] }),
    on(1, { mailboxes: [BEN], count: 9 }),
    on(2, { mailboxes: ['cfo@birchwood.example'] }),
  ]
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async scheduler => {
      const tables = makeMemoryTables()
      // The first day is over before the race: what it allows does not hang on who comes first.
      for (const finding of findings.slice(0, 2)) await open(tables).judge(finding)
      const racing = [...findings, ...findings.toReversed()].map(finding =>
        open(inTurns(tables, scheduler)).judge(finding),
      )
      const verdicts = await scheduler.waitFor(Promise.all(racing))
      const broken = verdicts.map(one => one?.broken !== undefined)
      expect(broken).toEqual([false, false, false, true, true, false, false, false])
      expect(await rowsIn(tables)).toMatchObject([
        {
          value: { seen: { mailboxes: [ADA, BEN], counts: { probe: { first: 5, later: [{ count: 9 }] } } } },
        },
      ])
    }),
    { numRuns: 100, seed: 1 },
  )
})

it.each(['before', 'after'] as const)('a death %s its write, tried again, changes no verdict', async when => {
  const findings = [on(0), on(1, { count: 20 }), on(1, { count: 30 }), on(2, { count: 99 })]
  const plain = open(makeMemoryTables())
  const expected = []
  for (const finding of findings) expected.push(await plain.judge(finding))
  for (let death = 1; death <= 6; death++) {
    const allowed = open(makeMemoryTables({ failAt: write => write === death, when }))
    const verdicts = []
    for (const finding of findings)
      verdicts.push(
        await allowed.judge(finding).catch(error => {
          if (!(error instanceof StoreError)) throw error
          return allowed.judge(finding)
        }),
      )
    expect(verdicts).toEqual(expected)
  }
})

describe('what was seen under an entry', () => {
  it('is forgotten when the entry has long ended', async () => {
    const tables = makeMemoryTables()
    const allowed = open(tables)
    await allowed.judge(on(0))
    const end = Date.UTC(2027, 0, 1) / 1000
    expect(await allowed.purge(end)).toBe(0)
    expect(await allowed.purge(end + 1)).toBe(1)
    expect(await rowsIn(tables)).toEqual([])
  })
})
