import type { Tables } from './port.ts'
import { readTogether, writeTogether } from './together.ts'

export const STATE = 'state'

/** Small documents about the run itself: checkpoints, cool-downs, what was last seen of each feed. */
export interface State {
  read<T>(name: string): Promise<T | undefined>
  write(name: string, value: unknown): Promise<void>
}

/** Feeds are polled side by side, and ask for and tell much the same at the same time. */
export function makeState(tables: Tables, tenant: string): State {
  const table = tables.table(STATE)
  return { read: readTogether(table, tenant), write: writeTogether(table, tenant) }
}
