import { createHash } from 'node:crypto'
import { obtain } from '../model/maps.ts'
import type { Seconds } from '../model/time.ts'
import type { Tables } from './port.ts'

export const WANTED = 'wanted'

/** What is to be looked at before its turn. Asked for any number of times, it is looked at once. */
export interface Wanted {
  ask(observer: string, subjects: readonly string[], now: Seconds): Promise<void>
  /** Observer → what it was asked for. One request tells that there is nothing, as there mostly is. */
  open(): Promise<ReadonlyMap<string, readonly Wish[]>>
  /** Strikes out what was open. What was asked for again meanwhile stays. */
  done(wishes: readonly Wish[]): Promise<void>
}

export interface Wish {
  readonly subject: string
  readonly row: string
}

export function makeWanted(tables: Tables, tenant: string): Wanted {
  const table = tables.table(WANTED)
  return {
    ask: (observer, subjects, now) =>
      table.put(
        tenant,
        subjects.map(subject => ({
          row: `${observer}.${keyOf(subject)}.${now}`,
          value: { observer, subject },
        })),
      ),
    async open() {
      const wishes = new Map<string, Wish[]>()
      for await (const { row, value } of table.range<{ observer: string; subject: string }>(
        tenant,
        '',
        '\uffff',
      ))
        obtain(wishes, value.observer, () => []).push({ subject: value.subject, row })
      return wishes
    },
    done: wishes =>
      table.remove(
        tenant,
        wishes.map(({ row }) => row),
      ),
  }
}

/** Subjects come out of records and may be longer than a key can hold. */
function keyOf(subject: string): string {
  return subject.length <= 80 ? subject : createHash('sha256').update(subject).digest('hex')
}
