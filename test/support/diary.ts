import { expect } from 'vitest'
import type { AuditRecord } from '../../core/model/audit-record.ts'
import type { Detection } from '../../core/model/detection.ts'
import { termName } from '../../core/model/history.ts'
import { obtain } from '../../core/model/maps.ts'
import { operationKey } from '../../core/model/operations.ts'
import { dayOf } from '../../core/model/time.ts'
import { HISTORIES, makeHistories } from '../../core/stores/histories.ts'
import type { Tables } from '../../core/stores/port.ts'
import { type Chain, everything, facts, TENANT } from '../chain/kit.ts'
import { storedOf } from '../chain/promises.ts'
import { census } from './census.ts'
import { oracle } from './oracle.ts'

/** Learns of everybody what he does, and how much of it. */
export const diary: Detection = {
  ...census,
  id: 'diary',
  parts: ['operation'],
  terms: [
    { id: 'new', counts: 'records', measures: ['n'], atLeast: 1, fresh: ['operation'], severity: 'high' },
    {
      id: 'much',
      counts: 'records',
      measures: ['n'],
      atLeast: 1,
      above: { by: 'p95', times: 2, days: 28, minDays: 3 },
      severity: 'medium',
    },
  ],
  *signals({ actor, operation }) {
    yield { key: [actor, operationKey(operation)], measure: 'n' }
  },
}

/**
 * Whatever is known of people is what brute force learns from the records, on days that were no alarm of the census; and
 * nobody was told of any of it.
 */
export async function expectTaught(
  chain: Pick<Chain, 'findings' | 'outbox' | 'sinks' | 'tables'>,
  records: readonly AuditRecord[],
): Promise<void> {
  const alarms = oracle(records, [census], facts).filter(({ term }) => term === 'hour')
  const tainted = new Set(alarms.flatMap(alarm => alarm.records))
  expect(tainted.size).toBeGreaterThan(0)

  const byDay = new Map<string, { actor: string; operation: string; day: number; ids: Set<string> }>()
  for (const { actor, at, id, operation: given } of records) {
    const operation = operationKey(given)
    const day = dayOf(at)
    obtain(byDay, JSON.stringify([actor, operation, day]), () => ({
      actor,
      operation,
      day,
      ids: new Set<string>(),
    })).ids.add(id)
  }
  const clean = [...byDay.values()].filter(({ ids }) => ![...ids].some(id => tainted.has(id)))
  expect(clean.length).toBeGreaterThan(3)
  const histories = makeHistories(chain.tables, TENANT)
  for (const actor of new Set(records.map(one => one.actor))) {
    const { open, terms, totals } = await histories.read(actor, 0)
    expect(open).toBeUndefined()
    const own = clean.filter(one => one.actor === actor).sort((a, b) => a.day - b.day)
    const learned = [...totals].map(([name, days]) => [name.split('\u0000')[1], [...days]] as const)
    for (const operation of new Set(own.map(one => one.operation))) {
      const days = own.filter(one => one.operation === operation)
      expect(terms.get(termName('operation', operation))).toEqual(days.map(({ day }) => day))
      expect(new Map(learned).get(operation)).toEqual(days.map(({ day, ids }) => [day, ids.size]))
    }
    expect(terms.size).toBe(new Set(own.map(one => one.operation)).size)
  }
  expect([...(await histories.taughtDays())]).toEqual([...new Set(records.map(({ at }) => dayOf(at)))].sort())
  expect(await rowsOf(chain.tables)).toBe(new Set(clean.map(({ actor }) => actor)).size + 1)

  expect(await storedOf(chain)).toEqual([])
  for (const sink of chain.sinks) expect(await chain.outbox.all(sink)).toEqual([])
}

async function rowsOf(tables: Tables): Promise<number> {
  return (await everything(tables.table(HISTORIES).range(TENANT, '', '~'))).length
}
