import type { TablesContract } from './tables.kit.ts'
import { tablesModel } from './tables.model.ts'
import { tablesReads } from './tables.reads.ts'
import { tablesWrites } from './tables.writes.ts'

/** What every implementation of the port's `Tables` does. */
export function tablesContract(contract: TablesContract): void {
  tablesWrites(contract)
  tablesReads(contract)
  tablesModel(contract)
}
