import { type Lease, type SharedPause, type TurnRow, type TurnTerms, takeTurns } from '../model/turns.ts'
import type { Tables } from './port.ts'

export const TURNS = 'turns'

/** Where the processes that share a quota take their turns, and hear that they are to be quiet. */
export interface Turns {
  take(now: number, want: number, terms: TurnTerms): Promise<Lease>
  /** A shorter pause never shortens a longer one. */
  pause(pause: SharedPause): Promise<void>
}

/** `quota` names what is shared. One row a quota, changed only as it was read. */
export function makeTurns(tables: Tables, tenant: string, quota: string): Turns {
  const table = tables.table(TURNS)
  const change = async (next: (row: TurnRow | undefined) => TurnRow) => {
    for (;;) {
      const known = await table.get<TurnRow>(tenant, quota)
      const value = next(known?.value)
      if (value === known?.value) return
      const entry = { row: quota, value }
      const written =
        known === undefined
          ? await table.insert(tenant, entry)
          : await table.replace(tenant, entry, known.version)
      if (written) return
    }
  }
  return {
    async take(now, want, terms) {
      let lease: Lease = { from: now, to: now, turns: 0 }
      await change(row => {
        const taken = takeTurns(row, now, want, terms)
        lease = taken.lease
        return taken.row
      })
      return lease
    },
    pause: pause =>
      change((row = { window: 0, taken: 0 }) =>
        row.pause !== undefined && row.pause.until >= pause.until ? row : { ...row, pause },
      ),
  }
}
