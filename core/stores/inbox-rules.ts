import { createHash } from 'node:crypto'
import type { Observation } from '../model/observation.ts'
import type { Seconds } from '../model/time.ts'
import type { Tables } from './port.ts'

export const INBOX_RULES = 'inboxrules'

/** What was last seen of the inbox rules of one mailbox. */
export interface KnownRules {
  /** Lower-case UPN, as audit records name the mailbox. */
  readonly mailbox: string
  /** What Graph was asked with: the id of the user, where the list of users told it. */
  readonly user: string
  /** Absent where the rules could never be read. */
  readonly readAt?: Seconds
  /** Digests of the rules that were switched on. */
  readonly rules: readonly string[]
  /** Names of the folders that these rules move or copy to, by id. */
  readonly folders?: Readonly<Record<string, string>>
  /** Rules that were there at the first look and wait to be told as one list. */
  readonly unlisted?: readonly Observation[]
}

/** Last known inbox rules, a small row a mailbox: no rule is kept but those that wait to be told. */
export interface InboxRules {
  of(mailbox: string): Promise<KnownRules | undefined>
  all(): Promise<readonly KnownRules[]>
  keep(known: KnownRules): Promise<void>
  forget(mailboxes: readonly string[]): Promise<void>
}

export function makeInboxRules(tables: Tables, tenant: string): InboxRules {
  const table = tables.table(INBOX_RULES)
  return {
    of: async mailbox => (await table.get<KnownRules>(tenant, rowOf(mailbox)))?.value,
    async all() {
      const known: KnownRules[] = []
      for await (const { value } of table.range<KnownRules>(tenant, '', '\uffff')) known.push(value)
      return known
    },
    keep: known => table.put(tenant, [{ row: rowOf(known.mailbox), value: known }]),
    forget: mailboxes => table.remove(tenant, mailboxes.map(rowOf)),
  }
}

/** Names come from outside and may be longer than a key. */
function rowOf(mailbox: string): string {
  return createHash('sha256').update(mailbox).digest('hex').slice(0, 32)
}
