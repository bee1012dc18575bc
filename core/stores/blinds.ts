import type { Blind } from '../model/detection.ts'
import type { Seconds } from '../model/time.ts'
import type { Tables } from './port.ts'

export const BLINDS = 'blinds'

/** Times in which records are known to be missing, by the finding that told so. There are few. */
export interface Blinds {
  note(finding: string, blind: Blind): Promise<void>
  all(): Promise<Blind[]>
  /** Removes those that ended before `before` (UTC seconds), and those without an end that began before. */
  purge(before: Seconds): Promise<number>
}

export function makeBlinds(tables: Tables, tenant: string): Blinds {
  const table = tables.table(BLINDS)
  const rows = () => table.range<Blind>(tenant, '', '~')
  return {
    note: (finding, blind) => table.put(tenant, [{ row: finding, value: blind }]),
    async all() {
      const found: Blind[] = []
      for await (const { value } of rows()) found.push(value)
      return found
    },
    async purge(before) {
      const old: string[] = []
      for await (const { row, value } of rows()) if ((value.to ?? value.from) < before) old.push(row)
      await table.remove(tenant, old)
      return old.length
    },
  }
}
