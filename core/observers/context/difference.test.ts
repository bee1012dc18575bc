import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Held, Snapshot } from '../../model/tenant-context.ts'
import { HOUR } from '../../model/time.ts'
import { difference, GRACE } from './difference.ts'

interface Look {
  readonly there: readonly string[]
  /** What a record told of since the last look. */
  readonly explained: readonly string[]
  readonly after: number
}

const NAMES = ['a', 'b', 'c']
const looks = fc.array(
  fc.record({
    there: fc.subarray(NAMES),
    explained: fc.subarray(NAMES),
    after: fc.constantFrom(1, HOUR, GRACE - 1, GRACE, 3 * GRACE),
  }),
  { maxLength: 12 },
)

/** Every look applied to what the ones before left. */
function run(all: readonly Look[]) {
  let kept: Snapshot<string> | undefined
  let now = 0
  const told: string[] = []
  for (const { there, explained, after } of all) {
    now += after
    const found = new Map(there.map(name => [name, name]))
    const { changed, untold } = difference(kept, found, now, true, item => explained.includes(item))
    for (const [row, { since }] of untold) told.push(`${row} ${since}`)
    kept = { since: kept?.since ?? now, at: now, items: new Map([...(kept?.items ?? []), ...changed]) }
  }
  return { told, items: kept?.items ?? new Map<string, Held<string>>() }
}

/** Name by name, from its whole story: each stay by itself. */
function oracle(all: readonly Look[]) {
  const told: string[] = []
  const since = new Map<string, number | undefined>()
  for (const name of NAMES) {
    let now = 0
    let stay: { from: number; open: boolean; there: boolean } | undefined
    for (const [n, { there, explained, after }] of all.entries()) {
      now += after
      const is = there.includes(name)
      const isNew = is && stay?.there !== true
      if (stay?.open && explained.includes(name)) stay.open = false
      if (stay?.open && now - stay.from >= GRACE) {
        told.push(`${name} ${stay.from}`)
        stay.open = false
      }
      if (isNew) stay = { from: now, open: n > 0 && !explained.includes(name), there: true }
      else if (stay) stay.there = is
    }
    since.set(name, stay?.from)
  }
  return { told: told.sort(), since }
}

it('each stay of an item is told once, after the grace, unless a record told of it', () => {
  fc.assert(
    fc.property(looks, all => {
      const { told, items } = run(all)
      const expected = oracle(all)
      expect([...told].sort()).toEqual(expected.told)
      for (const name of NAMES) expect(items.get(name)?.since).toBe(expected.since.get(name))
      const last = all.at(-1)
      for (const [name, { goneAt }] of items)
        expect(goneAt === undefined).toBe(last?.there.includes(name) === true)
    }),
    { numRuns: 2_000, seed: 7 },
  )
})

it('what is only kept is never told, and a name that changes keeps its age', () => {
  const first = difference(undefined, new Map([['a', { name: 'x' }]]), 10, false)
  const items = new Map([...first.changed])
  const before = { since: 10, at: 10, items }
  const later = difference(
    before,
    new Map([
      ['a', { name: 'y' }],
      ['b', { name: 'z' }],
    ]),
    10 + GRACE,
    false,
  )
  expect(later.changed).toEqual(
    new Map([
      ['a', { item: { name: 'y' }, since: 10 }],
      ['b', { item: { name: 'z' }, since: 10 + GRACE }],
    ]),
  )
  expect(difference(before, new Map([['a', { name: 'x' }]]), 20, false).changed.size).toBe(0)
  expect(later.untold).toEqual([])
})
