import type { Tables } from './port.ts'

export const STATE = 'state'

/** Small documents about the run itself: checkpoints, cool-downs, what was last seen of each feed. */
export interface State {
  read<T>(name: string): Promise<T | undefined>
  write(name: string, value: unknown): Promise<void>
}

export function makeState(tables: Tables, tenant: string): State {
  const table = tables.table(STATE)
  return {
    read: async <T>(name: string) => (await table.get<T>(tenant, name))?.value,
    write: (name, value) => table.put(tenant, [{ row: name, value }]),
  }
}
