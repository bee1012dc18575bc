import { mailboxChange } from '../../detections/kit/graph-requests.ts'
import { inboxRule } from '../../detections/kit/rule-change.ts'
import type { AuditRecord } from '../../model/audit-record.ts'
import { GRAPH_REQUESTS } from '../../model/graph-operations.ts'
import { MINUTE, type Seconds } from '../../model/time.ts'
import { isGuid } from '../../model/values.ts'

/** A change of rules that somebody made, as far as its record tells. */
export interface Wish {
  /** By UPN, or by the id of its user as Graph's own log has it. */
  readonly mailbox: string
  /** The end of the minute of the change: Outlook stamps its rules anew in bursts of hundreds, and what is read comes after. */
  readonly at: Seconds
  readonly actor: string
  readonly address?: string
}

const CHANGES: ReadonlySet<string> = new Set([
  'New-InboxRule',
  'Set-InboxRule',
  'Enable-InboxRule',
  'UpdateInboxRules',
])

/**
 * Asks for the rules of a mailbox because of a change in it, as one text. A change whose record can be read in full asks as well:
 * what is known of the mailbox stays true, so that the next sweep has no old news, and what is found is dated as its record
 * is. A rule taken away asks for nothing.
 */
export function wishFor(record: AuditRecord): string | undefined {
  const mailbox = record.succeeded ? changedMailbox(record) : undefined
  if (mailbox === undefined || !(isAddress(mailbox) || isGuid(mailbox))) return undefined
  const { actor, address, at } = record
  return JSON.stringify([mailbox, Math.floor(at / MINUTE), actor, ...(address ? [address.text] : [])])
}

function isGraphRequest(operation: string): boolean {
  return GRAPH_REQUESTS.some(name => name === operation)
}

/** Of a request at Graph the log tells the method and the address alone: whatever it did to rules is read. */
function changedMailbox(record: AuditRecord): string | undefined {
  if (CHANGES.has(record.operation)) return inboxRule(record)?.mailbox
  if (!isGraphRequest(record.operation) || mailboxChange(record) !== 'rules') return undefined
  return record.mailbox ?? record.actor
}

/** What `wishFor` wrote. Throws for any other text: nobody else writes them. */
export function readWish(subject: string): Wish {
  const [mailbox, minute, actor, address] = JSON.parse(subject) as [string, number, string, string?]
  return { mailbox, at: minute * MINUTE + MINUTE - 1, actor, ...(address !== undefined && { address }) }
}

/** An alias or the id of a mailbox is not what Graph calls its user by. */
function isAddress(name: string): boolean {
  return /^[^\s@/\\]+@[^\s@/\\]+$/.test(name)
}
