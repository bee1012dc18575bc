import type { Blind } from '../model/detection.ts'
import { type Finding, supersedes } from '../model/finding.ts'
import type { Seconds } from '../model/time.ts'
import { makeChange } from './change.ts'
import type { Tables } from './port.ts'

export const BLINDS = 'blinds'

/** Times in which records are known to be missing, by the finding that told so. There are few. */
export interface Blinds {
  /** Of two states of a finding, the later one is kept, whichever instance writes last. */
  note(finding: Finding, blind: Blind): Promise<void>
  all(): Promise<Blind[]>
  /** Removes those that ended before `before` (UTC seconds), and those without an end that began before. */
  purge(before: Seconds): Promise<number>
}

/** What the finding rested on: see `supersedes`. */
type FindingState = Pick<Finding, 'severity' | 'basis' | 'count' | 'start' | 'end'>

interface StoredBlind {
  readonly blind: Blind
  readonly told: FindingState
}

export function makeBlinds(tables: Tables, tenant: string): Blinds {
  const table = tables.table(BLINDS)
  const change = makeChange(table, tenant)
  const rows = () => table.range<StoredBlind>(tenant, '', '~')
  return {
    async note({ id, severity, basis, count, start, end }, blind) {
      const told = { severity, basis, count, start, end }
      await change<StoredBlind>(id, known =>
        known === undefined || supersedes(told, known.told) ? { blind, told } : known,
      )
    },
    async all() {
      const found: Blind[] = []
      for await (const { value } of rows()) found.push(value.blind)
      return found
    },
    async purge(before) {
      const old: string[] = []
      for await (const { row, value } of rows())
        if ((value.blind.to ?? value.blind.from) < before) old.push(row)
      await table.remove(tenant, old)
      return old.length
    },
  }
}
