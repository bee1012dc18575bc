import type { AuditRecord } from '../../model/audit-record.ts'
import { text } from '../../model/values.ts'
import { first, type NameValues } from './name-values.ts'

/** Names go into keys and sentences. */
const LONGEST = 100

/**
 * What a cmdlet was run on, in lower case. `Identity` may be an alias, a GUID or a path, `ObjectId` a bare name or
 * `<server path>/<tenant>/<object>`: whichever of the two is a UPN names the mailbox, else `Identity` does.
 */
export function cmdletTarget(
  record: Pick<AuditRecord, 'body'>,
  parameters: NameValues,
  name = 'Identity',
): string | undefined {
  const given = [first(parameters, name), text(record.body.ObjectId)].flatMap(value => lastPart(value) ?? [])
  return (given.find(isUpn) ?? given[0])?.slice(0, LONGEST).toLowerCase()
}

/**
 * The mailbox of an export, import or search: named by itself, or in front of its request as in `anna\MailboxExport`.
 * The identity of `Search-Mailbox` is the mailbox.
 */
export function requestMailbox(
  record: Pick<AuditRecord, 'body'>,
  parameters: NameValues,
): string | undefined {
  const request = first(parameters, 'Identity') ?? text(record.body.ObjectId)
  const named = first(parameters, 'Mailbox') ?? first(parameters, 'SourceMailboxes')
  return lastPart(named ?? request?.replace(/\\[^\\]*$/, ''))
    ?.slice(0, LONGEST)
    .toLowerCase()
}

function isUpn(value: string): boolean {
  return /^[^@\s]+@[^@\s]+$/.test(value)
}

function lastPart(path: string | undefined): string | undefined {
  return text(path?.split(/[\\/]/).at(-1))
}
