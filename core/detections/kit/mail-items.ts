import type { MailboxBody } from '../../model/bodies.ts'
import type { Member } from '../../model/detection.ts'
import { isObject, list, number, text } from '../../model/values.ts'

/**
 * The messages a read record names, by `InternetMessageId` (the item id where it has none). A record that lists
 * nothing but counts operations weighs as many, under its own id. Where items are listed they decide: a message
 * opened twice is listed twice, here too: members are a set.
 */
export function messagesRead(id: string, body: MailboxBody): Member[] {
  const found: string[] = []
  for (const folder of list(body.Folders)) if (isObject(folder)) collect(found, list(folder.FolderItems))
  for (const group of list(body.Messages)) if (isObject(group)) collect(found, list(group.MessageItems))
  // MessageBind names its one message here; the item of a Sync is a folder and has no such id.
  if (isObject(body.Item) && text(body.Item.InternetMessageId) !== undefined) collect(found, [body.Item])
  if (found.length > 0) return found
  const count = Math.floor(number(body.OperationCount) ?? 0)
  return count > 0 ? [{ member: id, weight: count }] : []
}

function collect(found: string[], items: readonly unknown[]): void {
  for (const item of items) {
    if (!isObject(item)) continue
    const id = text(item.InternetMessageId) ?? text(item.ImmutableId) ?? text(item.Id)
    if (id !== undefined) found.push(id)
  }
}
