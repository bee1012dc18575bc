import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KEPT_WEEKS, weekOf } from '../model/rhythm.ts'
import { HOUR } from '../model/time.ts'
import { makeMemoryTables } from './memory.ts'
import type { Tables } from './port.ts'
import { makeRhythms, type Sign, type Signs } from './rhythms.ts'

const NOW = 496_104
const ADA = 'ada@birchwood.example'

const noted = (of: Signs) => new Map([[ADA, of]])

async function stored(tables: Tables): Promise<Record<string, Record<string, number[]>>> {
  const found: Record<string, Record<string, number[]>> = {}
  for await (const [subject, signs] of makeRhythms(tables, 't').all())
    found[subject] = Object.fromEntries(
      Object.entries(signs)
        .map(([sign, hours]) => [sign, [...hours].sort((a, b) => a - b)] as const)
        .filter(([, hours]) => hours.length > 0)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    )
  return found
}

const notes = fc.array(
  fc.tuple(fc.constantFrom<Sign>('reads', 'items', 'acts'), fc.integer({ min: NOW - 2_000, max: NOW })),
  { minLength: 1, maxLength: 40 },
)

describe('the rhythms', () => {
  it('are the union of what was noted in the last weeks, whatever came first, twice or elsewhere', async () => {
    await fc.assert(
      fc.asyncProperty(
        notes,
        fc.array(fc.boolean(), { minLength: 80, maxLength: 80 }),
        async (all, whose) => {
          const tables = makeMemoryTables()
          const instances = [makeRhythms(tables, 't'), makeRhythms(tables, 't')]
          await Promise.all(
            [...all, ...all.toReversed()].map(([sign, hour], n) =>
              instances[whose[n] ? 0 : 1]?.note(noted({ [sign]: new Set([hour]) })),
            ),
          )
          const oldest = weekOf(Math.max(...all.map(([, hour]) => hour))) - KEPT_WEEKS
          const expected: Record<string, number[]> = {}
          for (const sign of ['acts', 'items', 'reads']) {
            const own = all.filter(([name, hour]) => name === sign && weekOf(hour) >= oldest)
            const hours = [...new Set(own.map(([, hour]) => hour))].sort((a, b) => a - b)
            if (hours.length > 0) expected[sign] = hours
          }
          expect(await stored(tables)).toEqual({ [ADA]: expected })
        },
      ),
      { numRuns: 60 },
    )
  })

  it('touch storage only for what is not known yet', async () => {
    const tables = makeMemoryTables()
    const rhythms = makeRhythms(tables, 't')
    await rhythms.note(noted({ reads: new Set([NOW]) }))
    const before = tables.stats()
    await rhythms.note(noted({ reads: new Set([NOW]) }))
    expect(tables.stats()).toEqual(before)
  })

  it('of five weeks fit into a small row', async () => {
    const all = new Set(Array.from({ length: 5 * 168 }, (_, n) => NOW - n))
    const tables = makeMemoryTables()
    await makeRhythms(tables, 't').note(noted({ reads: all, items: all, acts: all }))
    const row = await tables.table('rhythms').get('t', ADA)
    expect(JSON.stringify(row?.value).length).toBeLessThan(1_200)
  })

  it('are forgotten with their subject', async () => {
    const tables = makeMemoryTables()
    const rhythms = makeRhythms(tables, 't')
    await rhythms.note(noted({ acts: new Set([NOW]) }))
    expect(await rhythms.purge(NOW * HOUR)).toBe(0)
    expect(await rhythms.purge((NOW + 1) * HOUR)).toBe(1)
    expect(await stored(tables)).toEqual({})
  })
})
