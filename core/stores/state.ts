import type { Tables } from './port.ts'
import { readTogether, writeTogether } from './together.ts'

export const STATE = 'state'

/** Small documents about the run itself: checkpoints, cool-downs, what was last seen of each feed. */
export interface State {
  read<T>(name: string): Promise<T | undefined>
  write(name: string, value: unknown): Promise<void>
  /** Writes what `next` makes of the value now. `false`: it makes nothing of it, or somebody else wrote meanwhile. */
  change<T>(name: string, next: (known?: T) => T | undefined): Promise<boolean>
}

/** Feeds are polled side by side, and ask for and tell much the same at the same time. */
export function makeState(tables: Tables, tenant: string): State {
  const table = tables.table(STATE)
  return {
    read: readTogether(table, tenant),
    write: writeTogether(table, tenant),
    async change<T>(name: string, next: (known?: T) => T | undefined) {
      const known = await table.get<T>(tenant, name)
      const value = next(known?.value)
      if (value === undefined) return false
      const entry = { row: name, value }
      const version =
        known === undefined
          ? await table.insert(tenant, entry)
          : await table.replace(tenant, entry, known.version)
      return version !== undefined
    },
  }
}
