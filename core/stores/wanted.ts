import { createHash } from 'node:crypto'
import type { Seconds } from '../model/time.ts'
import type { Tables } from './port.ts'

export const WANTED = 'wanted'

/** What is to be looked at before its turn. Asked for any number of times, it is looked at once. */
export interface Wanted {
  ask(observer: string, subjects: readonly string[], now: Seconds): Promise<void>
  open(observer: string): Promise<readonly Wish[]>
  /** Strikes out what was open. What was asked for again meanwhile stays. */
  done(observer: string, wishes: readonly Wish[]): Promise<void>
}

export interface Wish {
  readonly subject: string
  readonly row: string
}

export function makeWanted(tables: Tables, tenant: string): Wanted {
  const table = tables.table(WANTED)
  const partition = (observer: string) => `${tenant}.${observer}`
  return {
    ask: (observer, subjects, now) =>
      table.put(
        partition(observer),
        subjects.map(subject => ({ row: `${keyOf(subject)}.${now}`, value: subject })),
      ),
    async open(observer) {
      const wishes: Wish[] = []
      for await (const { row, value } of table.range<string>(partition(observer), '', '\uffff'))
        wishes.push({ subject: value, row })
      return wishes
    },
    done: (observer, wishes) =>
      table.remove(
        partition(observer),
        wishes.map(({ row }) => row),
      ),
  }
}

/** Subjects come out of records and may be longer than a key can hold. */
function keyOf(subject: string): string {
  return subject.length <= 80 ? subject : createHash('sha256').update(subject).digest('hex')
}
