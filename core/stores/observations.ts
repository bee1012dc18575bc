import { createHash } from 'node:crypto'
import type { Slice } from '../model/checkpoint.ts'
import { dayOf, iso, type Seconds } from '../model/time.ts'
import { periodTable, periodTables } from './periods.ts'
import type { Tables } from './port.ts'

export const OBSERVATIONS = 'observations'

/** A batch of observations as it was written down. */
export interface Batch {
  /** Names it among all batches of the tenant. */
  readonly id: string
  readonly writtenAt: Seconds
}

/** What observers saw, until it is read as any feed's content is. */
export interface Observations {
  /** Writes record bodies down as seen at `now`. */
  add(bodies: readonly object[], now: Seconds): Promise<void>
  /** What was written within the slice, oldest first. */
  list(slice: Slice): AsyncIterable<Batch>
  read(id: string): Promise<readonly object[] | undefined>
}

/** Far below what a row holds, with room for a few long texts. */
const IN_ONE = 50

export function makeObservations(tables: Tables, tenant: string): Observations {
  const row = (writtenAt: Seconds, bodies: readonly object[]) => {
    const digest = createHash('sha256').update(JSON.stringify(bodies)).digest('hex')
    return `${iso(writtenAt)}.${digest.slice(0, 16)}`
  }
  return {
    async add(bodies, now) {
      const table = tables.table(periodTable(OBSERVATIONS, now))
      for (let at = 0; at < bodies.length; at += IN_ONE) {
        const some = bodies.slice(at, at + IN_ONE)
        await table.put(tenant, [{ row: row(now, some), value: some }])
      }
    },
    async *list({ from, to }) {
      for (const name of periodTables(OBSERVATIONS, dayOf(from), dayOf(to)))
        for await (const { row: id } of tables.table(name).range(tenant, iso(from), iso(to)))
          yield { id, writtenAt: writtenAt(id) }
    },
    async read(id) {
      const table = tables.table(periodTable(OBSERVATIONS, writtenAt(id)))
      return (await table.get<readonly object[]>(tenant, id))?.value
    },
  }
}

function writtenAt(id: string): Seconds {
  return Date.parse(id.slice(0, id.indexOf('.'))) / 1000
}
