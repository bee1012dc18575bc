import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeCollector, type Subjects, seriesId } from '../core/engine/collect.ts'
import { evaluate } from '../core/engine/evaluate.ts'
import { makeParser } from '../core/feeds/normalise/parse.ts'
import type { AuditRecord } from '../core/model/audit-record.ts'
import { boundPane } from '../core/model/pane.ts'
import { dayOf } from '../core/model/time.ts'
import { crossings, type Limit } from '../core/model/window.ts'
import { tenantFacts } from '../core/pipeline/tenant-domains.ts'
import { decodeRows, encodeRows } from '../core/stores/tally-rows.ts'
import { delivery, history, MIDNIGHT, probe, type RawRecord } from './support/histories.ts'
import { byIdentity, type Expected, oracle } from './support/oracle.ts'

const facts = tenantFacts('t', new Set(), true)

function parsed(raw: readonly RawRecord[]): AuditRecord[] {
  const parse = makeParser('t')
  return raw.flatMap(one => parse(one).record ?? [])
}

function collected(records: readonly AuditRecord[]): Subjects {
  const collector = makeCollector([probe], facts)
  for (const record of records) collector.add(record)
  return collector.subjects
}

function judged(subjects: Subjects): Expected[] {
  return [...subjects.values()]
    .flatMap(all => [...all.values()])
    .flatMap(series => evaluate(series, probe, 't'))
    .map(({ detection, key, term, count, start, end, records }) => ({
      detection,
      key,
      day: dayOf(end),
      term,
      count,
      start,
      end,
      records,
    }))
    .sort(byIdentity)
}

/** Every blob collected by itself, written as rows, and the rows of all blobs read back as one. */
function throughRows(blobs: readonly (readonly AuditRecord[])[]): Subjects {
  const rows = blobs.flatMap(blob =>
    [...collected(blob)].flatMap(([subject, all]) =>
      [...encodeRows(all.values()).values()]
        .flat()
        .map(row => ({ subject, row: JSON.parse(JSON.stringify(row)) })),
    ),
  )
  const subjects = new Set(rows.map(({ subject }) => subject))
  return new Map(
    [...subjects].map(subject => [
      subject,
      decodeRows(
        rows.filter(one => one.subject === subject).map(({ row }) => row),
        seriesId,
      ),
    ]),
  )
}

describe('sliding windows', () => {
  it('find exactly what brute force over all records finds', () => {
    fc.assert(
      fc.property(history, raw => {
        const records = parsed(raw)
        expect(judged(collected(records))).toEqual(oracle(records, [probe], facts))
      }),
      { numRuns: 1_500 },
    )
  })

  it('find the same however records are cut into blobs, repeated and shuffled', () => {
    fc.assert(
      fc.property(delivery, ({ records, blobs }) => {
        const expected = oracle(parsed(records), [probe], facts)
        expect(judged(throughRows(blobs.map(parsed)))).toEqual(expected)
      }),
      { numRuns: 800 },
    )
  })

  it('find the same when every blob is read twice', () => {
    fc.assert(
      fc.property(delivery, ({ records, blobs }) => {
        const twice = [...blobs, ...[...blobs].reverse()]
        expect(judged(throughRows(twice.map(parsed)))).toEqual(oracle(parsed(records), [probe], facts))
      }),
      { numRuns: 300 },
    )
  })
})

describe('the bound of a tally', () => {
  const limit: Limit = { measures: ['read'], atLeast: 5, withinMinutes: 30 }

  /** Members of one key at their times. */
  const sightings = fc.array(
    fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: -3_600, max: 3_600 })),
    { minLength: 1, maxLength: 80 },
  )

  function subjectsOf(seen: readonly (readonly [member: number, at: number])[]) {
    return collected(
      parsed(
        seen.map(([member, at], index) => ({
          Id: `00000000-0000-4000-8000-${index.toString().padStart(12, '0')}`,
          CreationTime: new Date((MIDNIGHT + at) * 1000).toISOString().slice(0, 19),
          Operation: 'Read',
          UserId: 'ada@birchwood.example',
          SessionId: 's1',
          Folders: [`m${member}`],
        })),
      ),
    )
  }

  const panesOf = (subjects: Subjects) =>
    [...subjects.values()].flatMap(all => [...all.values()])[0]?.panes ?? new Map()
  const eventsOf = (panes: ReturnType<typeof panesOf>) =>
    [...new Set([...panes.values()].flatMap(pane => [...pane.records.values()].map(({ at }) => at)))].sort(
      (a, b) => a - b,
    )

  it('never hides a limit that was reached: a cut pane reaches it by itself, on the same day', () => {
    fc.assert(
      fc.property(sightings, fc.integer({ min: 5, max: 8 }), (seen, cap) => {
        const whole = panesOf(subjectsOf(seen))
        const cut = panesOf(subjectsOf(seen))
        const events = eventsOf(whole)
        for (const [index, pane] of cut) {
          const before = [...(whole.get(index)?.tallies.values() ?? [])].some(tally => tally.size > cap)
          boundPane(pane, cap)
          if (!before) continue
          const alone = crossings(new Map([[index, pane]]), events, limit)
          expect(alone.length).toBeGreaterThan(0)
        }
        const verdict = crossings(whole, events, limit).length > 0
        expect(crossings(cut, events, limit).length > 0).toBe(verdict)
      }),
      { numRuns: 500 },
    )
  })

  it('keeps the same members whether it is applied before or after merging', () => {
    fc.assert(
      fc.property(sightings, sightings, (one, two) => {
        const bound = (subjects: Subjects) => {
          for (const pane of panesOf(subjects).values()) boundPane(pane, 5)
          return subjects
        }
        const members = (panes: ReturnType<typeof panesOf>) =>
          [...panes].map(([index, pane]) => [
            index,
            [...pane.tallies].map(([name, tally]) => [name, [...tally.keys()].sort()]),
          ])
        const merged = (list: readonly Subjects[]) => {
          const rows = list.flatMap(subjects =>
            [...subjects.values()].flatMap(all => [...encodeRows(all.values()).values()].flat()),
          )
          const panes = [...decodeRows(rows, seriesId).values()][0]?.panes ?? new Map()
          for (const pane of panes.values()) boundPane(pane, 5)
          return new Map([...panes].sort(([a], [b]) => a - b))
        }
        const early = merged([bound(subjectsOf(one)), bound(subjectsOf(two))])
        const late = merged([subjectsOf(one), subjectsOf(two)])
        expect(members(early)).toEqual(members(late))
      }),
      { numRuns: 200 },
    )
  })
})
