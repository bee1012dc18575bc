import { type Lease, type SharedPause, type TurnRow, type TurnTerms, takeTurns } from '../model/turns.ts'
import { makeChange } from './change.ts'
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
  const change = makeChange(tables.table(TURNS), tenant, { remember: 1 })
  return {
    async take(now, want, terms) {
      let lease: Lease = { from: now, to: now, turns: 0 }
      await change<TurnRow>(quota, row => {
        const taken = takeTurns(row, now, want, terms)
        lease = taken.lease
        return taken.row
      })
      return lease
    },
    async pause(pause) {
      await change<TurnRow>(quota, (row = { window: 0, taken: 0 }) =>
        row.pause !== undefined && row.pause.until >= pause.until ? row : { ...row, pause },
      )
    },
  }
}
