import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Series, seriesId } from '../engine/collect.ts'
import { entriesOf, makeMayReach } from '../model/may-reach.ts'
import { emptyPane, PANE, type Pane } from '../model/pane.ts'
import { TALLY_CAP } from '../model/tally.ts'
import { VALUE_LIMIT } from './tables/values.ts'
import { daysOf, decodeRows, encodeRows } from './tally-rows.ts'

const DAY_PANES = 144

const span = fc.record({
  first: fc.integer({ min: 0, max: PANE - 1 }),
  last: fc.integer({ min: 0, max: PANE - 1 }),
  weight: fc.integer({ min: 1, max: 9 }),
})
const context = fc.record(
  { actor: fc.constantFrom('ada', 'ben'), mailbox: fc.string(), session: fc.string(), note: fc.string() },
  { requiredKeys: ['actor'] },
)
const pane = (index: number) =>
  fc
    .record({
      tallies: fc.array(
        fc.tuple(
          fc.constantFrom('read', 'read\u0000s1', '__proto__', 'constructor'),
          fc.array(fc.tuple(fc.maxSafeNat(), span), { maxLength: 5 }),
        ),
      ),
      records: fc.array(fc.tuple(fc.uuid(), fc.integer({ min: 0, max: PANE - 1 }), context), {
        maxLength: 5,
      }),
    })
    .map(({ tallies, records }): [number, Pane] => {
      const from = index * PANE
      const made = emptyPane()
      for (const [name, members] of tallies)
        made.tallies.set(
          name,
          new Map(
            members.map(([member, { first, last, weight }]) => [
              member,
              { first: from + first, last: from + last, weight },
            ]),
          ),
        )
      for (const [id, at, one] of records) made.records.set(id, { at: from + at, context: one })
      return [index, made]
    })

const series = fc
  .record({
    detection: fc.constantFrom('probe', 'other'),
    key: fc.constantFrom<Series['key']>(['ada'], ['ada', 'rule']),
    panes: fc.array(fc.integer({ min: 20_777 * DAY_PANES - 3, max: 20_777 * DAY_PANES + 3 }).chain(pane), {
      minLength: 1,
      maxLength: 4,
    }),
  })
  .map(({ panes, ...rest }): Series => ({ ...rest, panes: new Map(panes) }))

const stored = <T>(value: T): T => JSON.parse(JSON.stringify(value))

/** What series hold, in an order of its own: how their maps are built does not matter. */
function held(found: Iterable<[string, Series]>) {
  const sorted = <T extends readonly [string | number, unknown]>(entries: Iterable<T>) =>
    [...entries].sort(([a], [b]) => (a < b ? -1 : 1))
  return sorted(
    [...found].map(([id, { detection, key, panes }]) => {
      const contents = [...panes].map(([index, { tallies, records }]) => {
        const named = [...tallies].map(([name, tally]) => [name, sorted(tally)] as const)
        return [index, [sorted(named), sorted(records)]] as const
      })
      return [id, [detection, key, sorted(contents)]] as const
    }),
  )
}

describe('rows', () => {
  it('hold what was counted, exactly, whatever it is called', () => {
    fc.assert(
      fc.property(series, one => {
        const rows = [...encodeRows([one]).values()].flat()
        expect(held(decodeRows(stored(rows), seriesId))).toEqual(
          held([[seriesId(one.detection, one.key), one]]),
        )
        expect(new Set(encodeRows([one]).keys())).toEqual(daysOf([one]))
      }),
      { numRuns: 300, seed: 1 },
    )
  })

  it('weigh the same before they are decoded as after, also where parts come twice', () => {
    const limit = fc.record(
      {
        measures: fc.subarray(['read', '__proto__', 'constructor'], { minLength: 1 }),
        atLeast: fc.integer({ min: 1, max: 40 }),
        withinMinutes: fc.integer({ min: 1, max: 60 }),
      },
      { requiredKeys: ['measures', 'atLeast'] },
    )
    fc.assert(
      fc.property(series, fc.integer({ min: 1, max: 2 }), limit, (one, times, limit) => {
        const rows = stored([...encodeRows([one]).values()].flat())
        const all = Array.from({ length: times }, () => rows).flat()
        const said: boolean[] = []
        const found = decodeRows(all, seriesId, (id, detection, counted) => {
          expect([id, detection]).toEqual([seriesId(one.detection, one.key), one.detection])
          said.push(makeMayReach(counted)(limit))
          return true
        })
        for (const { panes } of found.values()) said.push(makeMayReach(entriesOf(panes))(limit))
        expect(said).toEqual([said[0], said[0]])
        expect(decodeRows(all, seriesId, () => false)).toEqual(new Map())
      }),
      { numRuns: 300, seed: 1 },
    )
  })

  it('are the same for the same input, in whatever order its panes come', () => {
    fc.assert(
      fc.property(series, ({ panes, ...rest }) => {
        const turned: Series = { ...rest, panes: new Map([...panes].reverse()) }
        expect(encodeRows([turned])).toEqual(encodeRows([{ ...rest, panes }]))
      }),
      { numRuns: 50, seed: 1 },
    )
  })

  it('each fit into storage, however much one person does in ten minutes, and together hold all of it', () => {
    const index = 20_777 * DAY_PANES
    const one: Series = {
      detection: 'probe',
      key: ['ada'],
      panes: new Map([[index, fullPane(index * PANE)]]),
    }
    const rows = [...encodeRows([one]).values()].flat()
    expect(rows.length).toBeGreaterThan(1)
    for (const row of rows) expect(Buffer.byteLength(JSON.stringify(row))).toBeLessThan(VALUE_LIMIT)
    expect(held(decodeRows(stored(rows), seriesId))).toEqual(held([[seriesId('probe', ['ada']), one]]))
  })
})

/** As full as a pane gets: every record of a session of its own, from a client with a long name. */
function fullPane(from: number): Pane {
  const full = emptyPane()
  full.tallies.set('read', new Map())
  for (let n = 0; n < TALLY_CAP; n++) {
    const seen = { first: from + (n % PANE), last: from + (n % PANE), weight: 1 }
    full.tallies.get('read')?.set(2 ** 52 + n, seen)
    full.tallies.set(`read\u0000session ${n}`, new Map([[2 ** 52 + n, seen]]))
    const long = { client: `${'é'.repeat(150)}${n}`, session: `session ${n}`, note: 'n'.repeat(200) }
    full.records.set(`record ${n}`, { at: from + (n % PANE), context: { actor: 'ada', ...long } })
  }
  return full
}
