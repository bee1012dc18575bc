import { describe, expect, test } from 'vitest'
import { makeParser } from '../core/feeds/normalise/parse.ts'
import type { AuditRecord } from '../core/model/audit-record.ts'
import { HOUR } from '../core/model/time.ts'
import { breakIn, counts } from '../test/cli/break-in.ts'
import { makeRunStats } from './run-stats.ts'

const START = Date.UTC(2026, 2, 3, 9)
const blobs = breakIn(START)
const records = blobs.flatMap(([, all]) => all.flatMap(raw => makeParser('unknown')(raw).record ?? []))

function statsOf(some: readonly AuditRecord[]) {
  const stats = makeRunStats()
  for (const record of some) stats.add(record)
  return stats
}

describe('what a run has seen', () => {
  test('is counted once a record, however often it comes', () => {
    const { records: distinct, duplicates } = counts(blobs)
    expect(statsOf(records).totals()).toMatchObject({ records: distinct, duplicates })
    expect(statsOf([...records, ...records]).totals()).toMatchObject({
      records: distinct,
      duplicates: 2 * duplicates + distinct,
    })
  })

  test('does not depend on the order', () => {
    expect(statsOf(records.toReversed()).totals()).toEqual(statsOf(records).totals())
  })

  test('tells mailboxes, those with reads, and from when to when', () => {
    const [first] = records
    if (first === undefined) throw new Error('nothing happened')
    const sent: AuditRecord = { ...first, id: 'sent', operation: 'Send', mailbox: 'zoe@birchwood.example' }
    expect(statsOf([...records, sent]).totals()).toMatchObject({
      mailboxes: 14,
      mailboxesWithReads: 13,
      from: START / 1000,
      to: START / 1000 + 44 * 60,
    })
    expect(makeRunStats().totals()).toMatchObject({ records: 0, from: undefined, to: undefined })
  })

  test('adds up what was rejected by reason', () => {
    const stats = makeRunStats()
    stats.reject('too-deep')
    stats.reject('malformed', 2)
    stats.reject('too-deep')
    expect(stats.totals().rejected).toEqual({ 'too-deep': 2, malformed: 2 })
  })

  test('stands in bars, every record in one', () => {
    const stats = statsOf(records)
    expect(makeRunStats().bars(HOUR)).toBeUndefined()
    const { from, bars } = stats.bars(HOUR / 4) ?? { from: 0, bars: [] }
    expect(from).toBe(START / 1000)
    expect(bars).toHaveLength(3)
    expect(bars.reduce((sum, bar) => sum + bar, 0)).toBe(stats.totals().records)
  })
})
