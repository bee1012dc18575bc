import type { TableClient, TransactionAction } from '@azure/data-tables'
import { StoreError } from '../../model/errors.ts'
import type { Row, Table } from '../port.ts'
import { decodeKey, rowFilter, tableKey } from './keys.ts'
import { type PlannedRow, planPut, planRemove, planRow } from './plan.ts'
import { asking, isLostRace, isMissing, isNoTable } from './service.ts'
import { decodeValue, fromProperties, toProperties } from './values.ts'

export interface TableParts {
  /** As the caller knows it, for messages. */
  readonly name: string
  readonly client: TableClient
  create(): Promise<void>
  sentAgain(error: unknown): boolean
}

export function makeTable({ name, client, create, sentAgain }: TableParts): Table {
  const where = `Table ${name}`
  const entityOf = (partitionKey: string, { rowKey, bytes }: PlannedRow) => ({
    partitionKey,
    rowKey,
    ...toProperties(bytes),
  })

  /** Tables are made by the first write that misses them; nothing is asked beforehand. */
  const writing = <T>(request: () => Promise<T>) =>
    asking(where, 'writing', async () => {
      try {
        return await request()
      } catch (error) {
        if (!isNoTable(error)) throw error
        await create()
        return await request()
      }
    })

  /** The new version; `undefined` for a lost race, unless the winner may have been an earlier attempt of this very request. */
  async function unlessLost(
    request: () => Promise<{ readonly etag?: string }>,
    isLost: (error: unknown) => boolean,
  ): Promise<string | undefined> {
    try {
      return (await request()).etag ?? ''
    } catch (error) {
      if (!isLost(error)) throw error
      if (!sentAgain(error)) return undefined
      throw new StoreError(
        'unavailable',
        `${where}: the answer to a write was lost, and whether it or another write got through is not known. Read the row again.`,
      )
    }
  }

  return {
    async get<T>(partition: string, row: string) {
      const partitionKey = tableKey(name, 'partition', partition)
      const rowKey = tableKey(name, 'row', row)
      const entity = await asking(where, 'reading', () =>
        client.getEntity(partitionKey, rowKey).catch((error: unknown) => {
          if (isMissing(error) || isNoTable(error)) return undefined
          throw error
        }),
      )
      return entity && rowOf<T>(name, partition, row, entity)
    },

    async *range<T>(partition: string, from: string, to: string) {
      if (from >= to) return
      const filter = rowFilter(tableKey(name, 'partition', partition), from, to)
      const pages = client.listEntities({ queryOptions: { filter } }).byPage()
      for (;;) {
        const page = await asking(where, 'reading', () =>
          pages.next().catch((error: unknown) => {
            if (isNoTable(error)) return undefined
            throw error
          }),
        )
        if (page === undefined || page.done === true) return
        for (const entity of page.value) {
          yield rowOf<T>(name, partition, decodeKey(entity.rowKey ?? ''), entity)
        }
      }
    },

    async put(partition, entries) {
      const partitionKey = tableKey(name, 'partition', partition)
      for (const rows of planPut(name, partition, entries)) {
        const [first, ...others] = rows.map(row => entityOf(partitionKey, row))
        if (first === undefined) continue
        await writing<unknown>(() =>
          others.length === 0
            ? client.upsertEntity(first, 'Replace')
            : client.submitTransaction(
                [first, ...others].map((entity): TransactionAction => ['upsert', entity, 'Replace']),
              ),
        )
      }
    },

    async insert(partition, entry) {
      const entity = entityOf(tableKey(name, 'partition', partition), planRow(name, entry))
      return writing(() => unlessLost(() => client.createEntity(entity), isLostRace))
    },

    async replace(partition, entry, version) {
      const entity = entityOf(tableKey(name, 'partition', partition), planRow(name, entry))
      const isLost = (error: unknown) => isLostRace(error) || isMissing(error)
      return asking(where, 'writing', () =>
        unlessLost(() => client.updateEntity(entity, 'Replace', { etag: version }), isLost),
      )
    },

    async remove(partition, rows) {
      const partitionKey = tableKey(name, 'partition', partition)
      const removeOne = (rowKey: string) =>
        client.deleteEntity(partitionKey, rowKey).catch((error: unknown) => {
          if (!isMissing(error) && !isNoTable(error)) throw error
        })
      for (const keys of planRemove(name, partition, rows)) {
        await asking(where, 'removing', async () => {
          const [first, ...others] = keys
          if (first === undefined) return
          if (others.length === 0) return void (await removeOne(first.rowKey))
          try {
            await client.submitTransaction(keys.map(({ rowKey }) => ['delete', { partitionKey, rowKey }]))
          } catch (error) {
            if (isNoTable(error)) return
            if (!isMissing(error)) throw error
            // One row that is not there fails the whole transaction. Rare, since callers remove what they have read.
            await Promise.all(keys.map(({ rowKey }) => removeOne(rowKey)))
          }
        })
      }
    },
  }
}

function rowOf<T>(
  table: string,
  partition: string,
  row: string,
  entity: Readonly<Record<string, unknown>> & { readonly etag?: string; readonly timestamp?: string },
): Row<T> {
  return {
    partition,
    row,
    value: decodeValue<T>(table, fromProperties(table, entity)),
    version: entity.etag ?? '',
    writtenAt: Date.parse(entity.timestamp ?? '') / 1000,
  }
}
