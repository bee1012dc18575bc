import { makeClients } from './client.ts'
import type { StorageConnection } from './connection.ts'
import { tableName } from './plan.ts'
import { asking } from './service.ts'
import { type CountedTables, makeCounter } from './stats.ts'
import { makeTable } from './table.ts'

/**
 * Tables on Azure Table Storage or Azurite. `prefix` (letters and digits, a letter first) is put before every name,
 * so that several installations can share an account; callers never see it.
 *
 * Names that differ only in case are one table to the service and two to Azurite: spell each name one way.
 */
export function makeTables(connection: StorageConnection, prefix = ''): CountedTables {
  const counter = makeCounter()
  const { service, table, sentAgain } = makeClients(connection, counter)

  return {
    table(name) {
      const fullName = tableName(name, prefix)
      const client = table(fullName)
      return makeTable({ name, client, create: () => service.createTable(fullName), sentAgain })
    },

    async names(start) {
      const wanted = (prefix + start).toLowerCase()
      return asking('Tables', 'listing', async () => {
        const names: string[] = []
        // All are listed and sorted out here: Azurite's filtered table lists have been wrong (its issue 675).
        for await (const { name } of service.listTables()) {
          if (name?.toLowerCase().startsWith(wanted)) names.push(name.slice(prefix.length))
        }
        return names.sort()
      })
    },

    drop(name) {
      const fullName = tableName(name, prefix)
      // The SDK takes a table that is not there for success.
      return asking(`Table ${name}`, 'deleting', () => service.deleteTable(fullName))
    },

    stats: counter.stats,
  }
}
