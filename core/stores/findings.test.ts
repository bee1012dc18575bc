import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeFinding } from '../../test/chain/findings.ts'
import { everything } from '../../test/chain/kit.ts'
import { inTurns } from '../../test/chain/turns.ts'
import { MIDNIGHT } from '../../test/support/histories.ts'
import { DAY } from '../model/time.ts'
import { makeFindings } from './findings.ts'
import { makeMemoryTables } from './memory.ts'

const make = () => makeFindings(makeMemoryTables(), 't')

describe('a finding', () => {
  it('is kept in its largest state, whatever order its states come in', async () => {
    const states = [1, 2, 3, 4].map(basis => makeFinding({ basis, count: 10 - basis }))
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(states, { minLength: 4 }), async order => {
        const findings = make()
        for (const state of order) await findings.save(state)
        expect((await findings.get(makeFinding().id))?.finding).toEqual(states[3])
      }),
      { numRuns: 24, seed: 1 },
    )
  })

  it('is kept in its largest state when several write at once, with its incident', async () => {
    const states = [1, 2, 3].map(basis => makeFinding({ basis }))
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async scheduler => {
        const tables = makeMemoryTables()
        const racing = states.map(async state => {
          const findings = makeFindings(inTurns(tables, scheduler), 't')
          await findings.save(state)
          await findings.assign(state.id, 'incident')
        })
        await scheduler.waitFor(Promise.all(racing))
        expect(await makeFindings(tables, 't').get(makeFinding().id)).toEqual({
          finding: states[2],
          incident: 'incident',
        })
      }),
      { numRuns: 60, seed: 1 },
    )
  })

  it('keeps the actor it was first stored with, so it stays in one incident', async () => {
    const findings = make()
    const key = ['shared@birchwood.example'] as const
    await findings.save(makeFinding({ key, actor: 'ada@birchwood.example', basis: 1 }))
    const grown = makeFinding({ key, actor: 'ben@birchwood.example', basis: 2, count: 9 })
    expect((await findings.save(grown)).finding).toEqual({ ...grown, actor: 'ada@birchwood.example' })
  })

  it('is written only when it says more', async () => {
    const tables = makeMemoryTables()
    const findings = makeFindings(tables, 't')
    await findings.save(makeFinding({ basis: 2 }))
    await findings.assign(makeFinding().id, 'incident')
    const before = tables.stats().writes
    expect(await findings.save(makeFinding({ basis: 1 }))).toMatchObject({ finding: { basis: 2 } })
    await findings.save(makeFinding({ basis: 2 }))
    await findings.assign(makeFinding().id, 'incident')
    expect(tables.stats().writes).toBe(before)
  })

  it('that is not stored can have no incident', async () => {
    await expect(make().assign('20261120-none', 'incident')).rejects.toThrow('is not stored')
  })
})

it('findings are read and purged by day, which their ids begin with', async () => {
  const findings = make()
  for (let day = 0; day < 5; day++) await findings.save(makeFinding({ start: MIDNIGHT + day * DAY + 3_600 }))
  const starts = async (from: number, to: number) =>
    (await everything(findings.since(from, to))).map(
      ({ finding }) => (finding.start - 3_600 - MIDNIGHT) / DAY,
    )
  expect(await starts(MIDNIGHT + DAY, MIDNIGHT + 3 * DAY)).toEqual([1, 2, 3])
  expect(await findings.purge(MIDNIGHT + 2 * DAY + 7_200)).toBe(2)
  expect(await starts(0, MIDNIGHT + 9 * DAY)).toEqual([2, 3, 4])
  expect(await findings.purge(MIDNIGHT + 2 * DAY + 7_200)).toBe(0)
})
