import type { Slice } from '../model/checkpoint.ts'
import { type Search, spanName } from '../model/search.ts'
import { DAY, iso, parseWireTime, type Seconds } from '../model/time.ts'
import type { Row, Tables } from './port.ts'

export const SEARCHES = 'searches'

/** Submissions in any 24 hours. Microsoft grants a tenant 200, to be shared with all its other apps. */
const SUBMISSIONS = 150

/** Sorts behind all times. */
const HOLD = 'hold'

/** Searches of the audit log, one row a span, and when queries were submitted: the memory of the feed that makes them. */
export function makeSearches(tables: Tables, tenant: string) {
  const table = tables.table(SEARCHES)
  const submitted = `${tenant}.submitted`
  const everything = async <T>(partition: string) => {
    const rows: Row<T>[] = []
    for await (const row of table.range<T>(partition, '', '~')) rows.push(row)
    return rows
  }

  return {
    all: async (): Promise<readonly Search[]> => (await everything<Search>(tenant)).map(({ value }) => value),
    find: async (span: Slice) => (await table.get<Search>(tenant, spanName(span)))?.value,
    async add(search: Search): Promise<boolean> {
      return (await table.insert(tenant, { row: spanName(search), value: search })) !== undefined
    },

    async change(span: Slice, change: (search: Search) => Search | undefined): Promise<Search | undefined> {
      for (;;) {
        const row = await table.get<Search>(tenant, spanName(span))
        if (row === undefined) return undefined
        const value = change(row.value)
        if (value === undefined) return undefined
        if (await table.replace(tenant, { row: spanName(span), value }, row.version)) return value
      }
    },

    hold: (until: Seconds) => table.put(submitted, [{ row: HOLD, value: until }]),

    async submit(span: Slice, now: Seconds): Promise<Seconds> {
      const held = (await table.get<Seconds>(submitted, HOLD))?.value ?? now
      if (held > now) return held - now
      const own = `${iso(now)}.${spanName(span)}`
      // Written first and counted then: of those who do so at once, the last to write sees all the others.
      await table.put(submitted, [{ row: own, value: {} }])
      const rows = (await everything(submitted)).flatMap(({ row }) => (row === HOLD ? [] : row))
      const recent = rows.filter(row => row > iso(now - DAY))
      const over = recent.length > SUBMISSIONS
      const gone = rows.filter(row => !recent.includes(row))
      await table.remove(submitted, over ? [...gone, own] : gone)
      const [oldest = own] = recent
      return over ? (parseWireTime(oldest.slice(0, 20)) ?? now) + DAY - now : 0
    },
  }
}
