import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyPane, PANE, type Pane, paneOf, tallyIn, tallyName } from '../model/pane.ts'
import { addMember, TALLY_CAP } from '../model/tally.ts'
import { eachRecord, makeJournal, type Series } from './journal.ts'

const START = 20_777 * 86_400

type Line = readonly [measure: string, session: string | undefined, member: number, at: number]

const line: fc.Arbitrary<Line> = fc.tuple(
  fc.constantFrom('read', 'heavy', '__proto__'),
  fc.constantFrom(undefined, 's1', 's2'),
  fc.integer({ min: 0, max: 9 }),
  fc.integer({ min: -2 * PANE, max: 2 * PANE }),
)

function counted(lines: readonly Line[], times = 1) {
  const journal = makeJournal('probe', ['ada'])
  for (let time = 0; time < times; time++)
    for (const [n, [measure, session, member, at]] of lines.entries()) {
      journal.count(journal.tally(measure, session), member, START + at, measure === 'heavy' ? 4 : 1)
      journal.see(`record ${n}`, START + at, { actor: 'ada', note: `${n}` })
    }
  return journal
}

/** Into panes at once, line by line. */
function byHand(lines: readonly Line[]): Series {
  const panes = new Map<number, Pane>()
  for (const [n, [measure, session, member, offset]] of lines.entries()) {
    const at = START + offset
    const pane = panes.get(paneOf(at)) ?? emptyPane()
    panes.set(paneOf(at), pane)
    const span = { first: at, last: at, weight: measure === 'heavy' ? 4 : 1 }
    addMember(tallyIn(pane, tallyName(measure, session)), member, span)
    pane.records.set(`record ${n}`, { at, context: { actor: 'ada', note: `${n}` } })
  }
  return { detection: 'probe', key: ['ada'], panes }
}

/** What a series holds, whatever the order in which its maps were made. */
function held({ panes }: Series) {
  const sorted = <T extends readonly [string | number, unknown]>(entries: Iterable<T>) =>
    [...entries].sort(([a], [b]) => (a < b ? -1 : 1))
  return sorted(
    [...panes].map(([index, { tallies, records }]) => {
      const members = [...tallies].map(([name, tally]) => [name, sorted(tally)] as const)
      return [index, [sorted(members), sorted(records)]] as const
    }),
  )
}

describe('a journal', () => {
  it('holds in its panes what was counted, and tells of every record', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), lines => {
        const [journal, expected] = [counted(lines), byHand(lines)]
        expect(held(journal)).toEqual(held(expected))
        const recordsOf = (series: Series) => {
          const found = new Map<string, number>()
          eachRecord(series, (id, at) => found.set(id, at))
          return [...found].sort()
        }
        expect(recordsOf(journal)).toEqual(recordsOf(expected))
      }),
    )
  })

  it('knows the totals of a day without panes, also after more was counted', () => {
    const journal = counted([
      ['read', undefined, 1, 0],
      ['read', 's1', 1, PANE],
      ['heavy', undefined, 2, 2],
    ])
    const day = START / 86_400
    expect(journal.totals(['read', 'heavy'])).toEqual(new Map([[day, 5]]))
    expect(journal.totals(['read'])).toEqual(new Map([[day, 1]]))
    journal.count(journal.tally('read', undefined), 3, START, 1)
    journal.see('another', START, { actor: 'ben' })
    expect(journal.totals(['read'])).toEqual(new Map([[day, 2]]))
  })

  it('holds the same after it was rewritten, however often all of it is repeated', () => {
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 40 }), lines => {
        const enough = Math.ceil((5 * TALLY_CAP) / lines.length)
        expect(held(counted(lines, enough))).toEqual(held(counted(lines)))
      }),
      { numRuns: 20, seed: 1 },
    )
  })

  it('shows in its panes what was counted after they were first asked for', () => {
    const journal = counted([['read', undefined, 1, 0]])
    expect(held(journal)).toEqual(held(counted([['read', undefined, 1, 0]])))
    journal.count(journal.tally('read', 's1'), 2, START, 1)
    journal.see('another', START, { actor: 'ben' })
    expect([...(journal.panes.get(START / PANE)?.tallies.keys() ?? [])]).toEqual(['read', 'read\u0000s1'])
  })

  it('keeps the smallest members of a pane that holds too many, and no more', () => {
    const journal = makeJournal('probe', ['ada'])
    const most = 6 * TALLY_CAP
    for (let n = 0; n < most; n++) {
      journal.count(journal.tally('read', undefined), (n * 7919) % most, START, 1)
      journal.see(`record ${n}`, START, { actor: 'ada' })
    }
    const pane = journal.panes.get(START / PANE)
    const members = [...(pane?.tallies.get('read')?.keys() ?? [])]
    expect(members.sort((a, b) => a - b)).toEqual(Array.from({ length: TALLY_CAP }, (_, n) => n))
    expect(pane?.records.size).toBe(TALLY_CAP)
  })
})
