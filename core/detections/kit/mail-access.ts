import type { MailboxBody } from '../../model/bodies.ts'
import { isObject, json, list, lower, number, text } from '../../model/values.ts'

/**
 * Was a whole folder copied, rather than single messages opened? Asked of nearly every record: the properties are
 * looked through in place, and the usual spelling is tried first.
 */
export function isSync({ OperationProperties }: MailboxBody): boolean {
  for (const property of list(OperationProperties)) {
    if (!isObject(property)) continue
    const { Name, Value } = property
    if (Name === 'MailAccessType' || lower(Name) === 'mailaccesstype')
      return Value === 'Sync' || (Value !== 'Bind' && lower(Value) === 'sync')
  }
  return false
}

/** What real records of Sync write for a path they do not know; the folder's `Name` is there all the same. */
const NO_PATH = 'not available'

/** The folders a record touched, by path as far as it tells: `Inbox`, `Projects\Oak`. Ids stand in for lost names. */
export function foldersOf(body: MailboxBody): readonly string[] {
  const found = new Set<string>()
  const note = (folder: unknown) => {
    const name = isObject(folder) ? folderName(folder) : undefined
    if (name !== undefined) found.add(name)
  }
  for (const folder of list(body.Folders)) note(folder)
  for (const message of list(body.Messages)) note(message)
  const item = json(body.Item)
  if (isObject(item)) note(item.ParentFolder)
  return [...found]
}

function folderName({ Path, Name, Id }: Record<string, unknown>): string | undefined {
  const path = text(Path)
  const known = path === undefined || path.toLowerCase() === NO_PATH ? (text(Name) ?? text(Id)) : path
  return known?.replace(/^\\/, '').slice(0, 100)
}

/** The largest message Exchange Online takes, in bytes; no record can make one item weigh more. */
const LARGEST = 157_286_400

export interface Volume {
  readonly messages: number
  /** 0 where the record gives no sizes, as older ones do. */
  readonly bytes: number
}

/** How much a record read. A message opened twice in it counts twice: what is usual for a reader holds that too. */
export function volumeOf(body: MailboxBody): Volume {
  let messages = 0
  let bytes = 0
  for (const listed of [body.Folders, body.Messages])
    for (const group of list(listed)) {
      if (!isObject(group)) continue
      for (const item of list(group.FolderItems ?? group.MessageItems)) {
        if (!isObject(item)) continue
        messages++
        const size = number(item.SizeInBytes) ?? 0
        if (size > 0) bytes += Math.min(size, LARGEST)
      }
    }
  return { messages: messages || Math.max(0, Math.floor(number(body.OperationCount) ?? 0)), bytes }
}
