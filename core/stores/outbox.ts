import type { Alert } from '../model/alert.ts'
import type { Seconds } from '../model/time.ts'
import type { Tables } from './port.ts'

export const OUTBOX = 'outbox'

/** One alert on its way to one sink. */
export interface Delivery {
  readonly alert: Alert
  readonly state: 'pending' | 'done' | 'parked' | 'superseded'
  readonly attempts: number
  /** Not before this, UTC seconds. */
  readonly nextTry: Seconds
  /** The receiver asked for quiet until then, which holds for all its alerts. UTC seconds. */
  readonly heldUntil?: Seconds
  /** A sender is at it, from when the row was written. */
  readonly claimed?: boolean
  readonly createdAt: Seconds
  readonly endedAt?: Seconds
  /** The last answer that was no. */
  readonly problem?: string
}

export interface StoredDelivery {
  readonly sink: string
  readonly delivery: Delivery
  readonly version: string
  /** By the clock of storage. */
  readonly writtenAt: Seconds
}

export interface Outbox {
  /** Adds the alert for a sink unless it is there already, in whatever state. */
  add(sink: string, alert: Alert, now: Seconds): Promise<boolean>
  /** Everything kept for a sink, oldest alert first. Alerts are few. */
  all(sink: string): Promise<StoredDelivery[]>
  get(sink: string, alert: string): Promise<StoredDelivery | undefined>
  /** `false`: somebody else changed it meanwhile. */
  update(stored: StoredDelivery, change: Partial<Delivery>): Promise<boolean>
  remove(sink: string, alerts: readonly string[]): Promise<void>
  /** What time it is by the clock of storage. */
  clock(): Promise<Seconds>
}

export function makeOutbox(tables: Tables, tenant: string): Outbox {
  const table = tables.table(OUTBOX)
  const partition = (sink: string) => `${tenant}.${sink}`
  return {
    async add(sink, alert, now) {
      const value: Delivery = { alert, state: 'pending', attempts: 0, nextTry: now, createdAt: now }
      return (await table.insert(partition(sink), { row: alert.id, value })) !== undefined
    },
    async all(sink) {
      const found: StoredDelivery[] = []
      for await (const { value, version, writtenAt } of table.range<Delivery>(partition(sink), '', '~'))
        found.push({ sink, delivery: value, version, writtenAt })
      return found
    },
    async get(sink, alert) {
      const row = await table.get<Delivery>(partition(sink), alert)
      return row && { sink, delivery: row.value, version: row.version, writtenAt: row.writtenAt }
    },
    async update({ sink, delivery, version }, change) {
      const entry = { row: delivery.alert.id, value: { ...delivery, ...change } }
      return (await table.replace(partition(sink), entry, version)) !== undefined
    },
    remove: (sink, alerts) => table.remove(partition(sink), alerts),
    async clock() {
      const own = `${tenant}.clock`
      await table.put(own, [{ row: 'clock', value: null }])
      return (await table.get(own, 'clock'))?.writtenAt ?? 0
    },
  }
}
