import type { MailboxBody } from '../../model/bodies.ts'
import { isObject, list, text } from '../../model/values.ts'
import { isSentFolder } from './folder-areas.ts'
import { isSecurityNotice } from './notice-words.ts'
import { folderClass } from './rule-folders.ts'

/** Ways to make a message disappear. */
export const REMOVALS = ['Move', 'MoveToDeletedItems', 'SoftDelete', 'HardDelete'] as const

/** Items of a record that moves or deletes: several in `AffectedItems`, one in `Item`. */
function items(body: MailboxBody): readonly Record<string, unknown>[] {
  return [...list(body.AffectedItems), body.Item].filter(isObject)
}

function pathOf(folder: unknown): string | undefined {
  return isObject(folder) ? text(folder.Path) : undefined
}

/** Are sent messages taken out of sight: deleted, or moved to a folder nobody looks into? */
export function removesSent(operation: string, body: MailboxBody): boolean {
  if (operation === 'Move' && folderClass(pathOf(body.DestFolder) ?? 'Inbox') === 'ordinary') return false
  return [body.Folder, ...items(body).map(({ ParentFolder }) => ParentFolder)].some(folder =>
    isSentFolder(pathOf(folder) ?? ''),
  )
}

/** Is one of the messages a notice about the account? Subjects are read here, and told to nobody. */
export function removesNotice(operation: string, body: MailboxBody): boolean {
  if (operation === 'Move' && folderClass(pathOf(body.DestFolder) ?? 'Inbox') === 'ordinary') return false
  return items(body).some(({ Subject }) => isSecurityNotice(text(Subject) ?? ''))
}
