import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeCollector } from '../core/engine/collect.ts'
import { judged } from '../core/engine/judged.ts'
import { makeParser } from '../core/feeds/normalise/parse.ts'
import type { AuditRecord } from '../core/model/audit-record.ts'
import type { Finding } from '../core/model/finding.ts'
import { dayOf } from '../core/model/time.ts'
import { MIDNIGHT, type RawRecord } from './support/histories.ts'
import { byIdentity } from './support/oracle.ts'
import { pastOracle } from './support/past-oracle.ts'
import { historyOver, probes } from './support/past-probes.ts'
import { facts, TENANT } from './support/tenant.ts'

const TODAY = dayOf(MIDNIGHT)

function parsed(raw: readonly RawRecord[]): AuditRecord[] {
  const parse = makeParser(TENANT)
  return raw.flatMap(one => parse(one).record ?? [])
}

function found(records: readonly AuditRecord[], learnedFrom: number): Finding[] {
  const collector = makeCollector(probes, facts)
  for (const record of records) collector.add(record)
  expect(collector.failures.size).toBe(0)
  return judged([collector.subjects], probes, TENANT, learnedFrom)
}

const named = ({ detection, key, term, count, start, end, records }: Finding) => ({
  detection,
  key,
  day: dayOf(end),
  term,
  count,
  start,
  end,
  records,
})

/** Around a week, a month, and what lies between; most of them close together. */
const days = fc.oneof(
  fc.integer({ min: 0, max: 12 }),
  fc.integer({ min: 0, max: 45 }),
  fc.constantFrom(0, 6, 7, 8, 29, 30, 31, 37, 38),
)

describe('what is new and what is unusual', () => {
  it('is what brute force over all records says, alarms of other kinds teaching nothing', () => {
    const told: string[] = []
    fc.assert(
      fc.property(historyOver(days), raw => {
        const records = parsed(raw)
        const since = Math.min(...records.map(({ at }) => dayOf(at)))
        const findings = found(records, since + 14)
        expect(findings.map(named).sort(byIdentity)).toEqual(pastOracle(records, probes, facts, since))
        told.push(...findings.map(({ term }) => term))
      }),
      { numRuns: 150, seed: 1 },
    )
    for (const { id } of probes.flatMap(({ terms }) => terms))
      expect(told.filter(term => term === id).length, `findings of ${id}`).toBeGreaterThan(0)
  })

  it('is the same whatever order the records come in, and however often', () => {
    fc.assert(
      fc.property(
        historyOver(days).chain(raw =>
          fc.tuple(fc.constant(raw), fc.shuffledSubarray(raw, { minLength: raw.length })),
        ),
        ([raw, mixed]) => {
          const expected = found(parsed(raw), TODAY + 14)
          expect(found(parsed([...mixed, ...raw]), TODAY + 14).sort(byId)).toEqual(expected.sort(byId))
        },
      ),
      { numRuns: 100, seed: 1 },
    )
  })

  it('is of low severity until the tenant is learned, and says so', () => {
    fc.assert(
      fc.property(historyOver(days), fc.integer({ min: 0, max: 40 }), (raw, learnedDay) => {
        // The tenant's own first day is asked about too, so it has to stay where it is.
        const records = parsed(raw)
        for (const finding of found(records, TODAY + learnedDay)) {
          const term = probes
            .find(({ id }) => id === finding.detection)
            ?.terms.find(({ id }) => id === finding.term)
          const rests = term?.fresh !== undefined || term?.above !== undefined
          const learning = rests && dayOf(finding.end) < TODAY + learnedDay
          expect(finding.learning).toBe(learning || undefined)
          expect(finding.severity).toBe(learning ? 'low' : term?.severity)
        }
      }),
      { numRuns: 100, seed: 1 },
    )
  })
})

const byId = (a: Finding, b: Finding) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
