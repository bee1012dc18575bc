import type { AuditRecord } from '../../model/audit-record.ts'
import type { Client } from '../../model/client.ts'
import { GRAPH_REQUESTS } from '../../model/graph-operations.ts'
import { mailOwner, readGraphUri } from '../../model/graph-uri.ts'
import { isGuid, lower, text } from '../../model/values.ts'

/** What reads the texts of a request; each remembers what it has read. */
interface Readers {
  name(given: string): string | undefined
  signInClient(given: string): Client
}

export function isGraphRequest(operation: string): boolean {
  return operation === GRAPH_REQUESTS[0]
}

const LONGEST_AGENT = 1_000

/**
 * People are named by object id here, which elsewhere stands for an application; the kind of token decides. The mailbox
 * is in the address: an id or a UPN as the caller wrote it, and `me` is the user himself.
 */
export function asGraphRequest(record: AuditRecord, read: Readers): AuditRecord {
  const { app, body } = record
  const user = read.name(text(body.UserId) ?? '')
  const appOnly = lower(body.C_Idtyp) === 'app' || user === undefined
  const actor = appOnly ? `app:${app ?? 'unknown'}` : user
  const owner = mailOwner(readGraphUri(body.requestUri))
  const mailbox = owner === 'me' ? (appOnly ? undefined : actor) : owner && read.name(owner)
  const agent = text(body.UserAgent)?.slice(0, LONGEST_AGENT).replace(/\s+/g, ' ')
  return {
    ...record,
    actor,
    appOnly,
    mailbox,
    // A UPN in the address may be the user's own.
    nonOwner: mailbox !== undefined && (appOnly || (isGuid(mailbox) && mailbox !== actor)),
    client: agent === undefined ? undefined : read.signInClient(`${agent}\n\n`),
  }
}
