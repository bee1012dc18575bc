import type { AuditRecord } from '../model/audit-record.ts'
import { dayOf, type Seconds } from '../model/time.ts'
import { makeChange } from './change.ts'
import type { Tables } from './port.ts'

export const MAILBOXES = 'mailboxes'

/** A mailbox as the log shows it. Days are UTC, numbered since 1970-01-01. */
export interface MailboxReads {
  readonly mailbox: string
  /** When we first knew of it, and the last day it did anything. */
  readonly first: number
  readonly seen: number
  /** The last day of which a read was recorded; absent: never. */
  readonly read?: number
}

/** Which mailboxes there are, and which of them report who reads their mail: a licence or a setting can keep that off. */
export interface Mailboxes {
  /** Writes at most one row a mailbox and day. */
  note(records: readonly Pick<AuditRecord, 'at' | 'mailbox' | 'operation'>[]): Promise<void>
  all(): Promise<MailboxReads[]>
  /** Forgets mailboxes that did nothing since `before` (UTC seconds). Returns how many. */
  purge(before: Seconds): Promise<number>
}

/** Records that exist only where reads are audited. */
export const READ_OPERATIONS: ReadonlySet<string> = new Set(['MailItemsAccessed', 'AttachmentAccess'])

type Days = Omit<MailboxReads, 'mailbox'>

export function makeMailboxes(tables: Tables, tenant: string): Mailboxes {
  const table = tables.table(MAILBOXES)
  const change = makeChange(table, tenant)
  const known = new Map<string, Days>()

  async function learn(mailbox: string, news: Days): Promise<void> {
    const days = await change<Days>(mailbox, stored => {
      const days = union(stored, news)
      return stored !== undefined && isSame(stored, days) ? stored : days
    })
    known.set(mailbox, days)
  }

  return {
    async note(records) {
      const news = new Map<string, Days>()
      for (const { at, mailbox, operation } of records) {
        // A GUID stands for a mailbox of the system, or for one whose name a later record brings.
        if (mailbox?.includes('@') !== true) continue
        const day = dayOf(at)
        const days = { first: day, seen: day, ...(READ_OPERATIONS.has(operation) && { read: day }) }
        news.set(mailbox, union(news.get(mailbox), days))
      }
      for (const [mailbox, days] of news) {
        const before = known.get(mailbox)
        if (before === undefined || !isSame(before, union(before, days))) await learn(mailbox, days)
      }
    },
    async all() {
      const found: MailboxReads[] = []
      for await (const { row, value } of table.range<Days>(tenant, '', '~'))
        found.push({ mailbox: row, ...value })
      return found
    },
    async purge(before) {
      const old = (await this.all()).filter(({ seen }) => seen < dayOf(before)).map(({ mailbox }) => mailbox)
      await table.remove(tenant, old)
      for (const mailbox of old) known.delete(mailbox)
      return old.length
    },
  }
}

function union(a: Days | undefined, b: Days): Days {
  if (a === undefined) return b
  const read = Math.max(a.read ?? 0, b.read ?? 0)
  return { first: Math.min(a.first, b.first), seen: Math.max(a.seen, b.seen), ...(read > 0 && { read }) }
}

function isSame(a: Days, b: Days): boolean {
  return a.first === b.first && a.seen === b.seen && a.read === b.read
}
