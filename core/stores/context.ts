import {
  CONTEXT_PARTS,
  type ContextItems,
  type ContextPart,
  type Held,
  type Snapshot,
} from '../model/tenant-context.ts'
import type { Seconds } from '../model/time.ts'
import type { Tables } from './port.ts'

export const CONTEXT = 'context'

/** When a part was looked at. */
interface Looked {
  readonly since: Seconds
  readonly at: Seconds
}

/** What was seen of the directory, with since when and until when: one small row an item, written when it changes. */
export interface Context {
  /** `undefined` before the first look. */
  read<P extends ContextPart>(part: P): Promise<Snapshot<ContextItems[P]> | undefined>
  /**
   * Writes what a look at `now` found different from `before`. Rows come first, so that a death in between leaves a first
   * look unfinished and not half a snapshot.
   */
  keep<P extends ContextPart>(
    part: P,
    before: Pick<Looked, 'since'> | undefined,
    changed: ReadonlyMap<string, Held<ContextItems[P]>>,
    now: Seconds,
  ): Promise<void>
  /** Changes with every look at any part. One read. */
  version(): Promise<string>
  /** Forgets what went before `before` (UTC seconds), and parts not looked at since. Returns how many rows. */
  purge(before: Seconds): Promise<number>
}

export function makeContext(tables: Tables, tenant: string): Context {
  const table = tables.table(CONTEXT)
  const partition = (part: ContextPart) => `${tenant}.${part}`
  const rows = <P extends ContextPart>(part: P) =>
    table.range<Held<ContextItems[P]>>(partition(part), '', '\uffff')

  return {
    async read<P extends ContextPart>(part: P) {
      const looked = await table.get<Looked>(tenant, part)
      if (looked === undefined) return undefined
      const items = new Map<string, Held<ContextItems[P]>>()
      for await (const { row, value } of rows(part)) items.set(row, value)
      return { ...looked.value, items }
    },

    async keep(part, before, changed, now) {
      await table.put(
        partition(part),
        Array.from(changed, ([row, value]) => ({ row, value })),
      )
      await table.put(tenant, [
        { row: part, value: { since: before?.since ?? now, at: now } satisfies Looked },
      ])
    },

    async version() {
      const versions: string[] = []
      for await (const { row, version } of table.range(tenant, '', '\uffff')) versions.push(row, version)
      return versions.join(' ')
    },

    async purge(before) {
      let gone = 0
      for (const part of CONTEXT_PARTS) {
        const looked = await table.get<Looked>(tenant, part)
        if (looked === undefined) continue
        const stale = looked.value.at < before
        const old: string[] = []
        for await (const { row, value } of rows(part))
          if (stale || (value.goneAt ?? Number.POSITIVE_INFINITY) < before) old.push(row)
        await table.remove(partition(part), old)
        if (stale) await table.remove(tenant, [part])
        gone += old.length + (stale ? 1 : 0)
      }
      return gone
    },
  }
}
