import type { AuditRecord } from '../../model/audit-record.ts'
import type { Signal, TenantFacts } from '../../model/detection.ts'
import { flag, lower } from '../../model/values.ts'
import { folderArea } from './folder-areas.ts'
import { cmdletFolder, type FolderShare, folderShare } from './folder-shares.ts'
import { type GranteeKind, grantee } from './grantees.ts'
import { first, nameValues } from './name-values.ts'

/** What counts about a shared folder; nothing for what opens no mail and for a mailbox’s own people. */
export function* shareSignals(record: AuditRecord, tenant: TenantFacts): Iterable<Signal> {
  const share = folderShare(record)
  const { mailbox, folder, rights, member } = share
  const { name, kind } = grantee(member ?? '', record, tenant)
  if (kind === 'nobody' && (member !== undefined || share.delegate === undefined)) return
  if (kind === 'self' && grantee(mailbox, record, tenant).kind === 'self') return
  const measure = gradeOf(share, kind)
  if (measure === undefined) return
  yield { key: [mailbox, folder.slice(0, 120), name || 'somebody'], measure, mailbox, note: rights }
}

function gradeOf({ folder, reads, delegate }: FolderShare, kind: GranteeKind): string | undefined {
  const area = folderArea(folder)
  if (reads && area === 'mail') return kind === 'self' ? 'self' : kind === 'inside' ? 'colleague' : 'open'
  if (delegate !== undefined) return delegate === 'informed' ? 'delegate' : 'delegation'
  return reads && area === 'other' && kind !== 'self' && kind !== 'inside' ? 'other-folder' : undefined
}

/**
 * A calendar put on the internet. Publishing shows free and busy unless `DetailLevel` says more; the two settings can
 * be made one after the other, so details alone count as well.
 */
export function* publishedCalendar(record: AuditRecord): Iterable<Signal> {
  const parameters = nameValues(record.body.Parameters)
  const detail = lower(first(parameters, 'DetailLevel'))
  if (flag(first(parameters, 'PublishEnabled')) === false) return
  if (detail !== 'fulldetails' && detail !== 'limiteddetails') return
  const { mailbox, folder } = cmdletFolder(record, parameters)
  yield {
    key: [mailbox, folder, 'the internet'],
    measure: 'published',
    mailbox,
    note: first(parameters, 'DetailLevel'),
  }
}
