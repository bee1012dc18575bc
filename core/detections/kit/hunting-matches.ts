import type { AuditRecord } from '../../model/audit-record.ts'
import {
  COLLECTORS,
  COMMANDS,
  type CommandKind,
  INSTALLED,
  MAIL_FOLDERS,
  MAIL_KEEPERS,
  MAIL_STORES,
  MESSAGE_FILES,
} from '../../model/hunting-lists.ts'
import { isObject, list, lower, number, text } from '../../model/values.ts'

type Match = AuditRecord<'HuntingMatch'>

/** Mail files in the hands of a program. `copied`: a mailbox by a program that copies, packs, sends or scripts. */
export interface MailFiles {
  readonly machine: string
  readonly measure: 'copied' | 'messages' | 'touched'
  /** `"7z.exe" on "old mail.pst"`, in an attacker's own words. */
  readonly what: string
}

/** Messages of one hour from which on they are a collection; fewer are what somebody works on. */
const MANY = 20

/**
 * The same judgement as the query's, made anew: what comes back is not taken on trust. `undefined` for programs whose
 * work mail is, where those are installed.
 */
export function mailFiles({ body }: Match): MailFiles | undefined {
  const observed = observedIn(body, 'mail-files')
  if (observed === undefined) return undefined
  const ending = lower(observed.ending)
  const program = lower(observed.process) ?? ''
  if (has(MAIL_KEEPERS, program) && startsIn(INSTALLED, lower(observed.processPath))) return undefined
  const isStore = has(MAIL_STORES, ending)
  if (!isStore && !has(MESSAGE_FILES, ending)) return undefined
  const what = `${quoted(observed.process)} on ${quoted(observed.file)}`
  const machine = machineOf(body)
  if (!has(COLLECTORS, program))
    return isStore && isIn(MAIL_FOLDERS, lower(observed.path))
      ? { machine, measure: 'touched', what }
      : undefined
  if (isStore) return { machine, measure: 'copied', what }
  const files = number(observed.files) ?? 1
  if (files < MANY) return undefined
  return { machine, measure: 'messages', what: `${what} and ${files - 1} more like it` }
}

/** Words of our lists in a command or a script. */
export interface Commands {
  readonly machine: string
  readonly kinds: readonly CommandKind[]
  /** `Search-Mailbox ("powershell.exe")`. The rest of the command stays in the record. */
  readonly what: string
}

export function commands({ body }: Match): Commands | undefined {
  const observed = observedIn(body, 'commands') ?? observedIn(body, 'scripts')
  if (observed === undefined) return undefined
  const found = list(observed.matched).flatMap(word => KNOWN.get(lower(word) ?? '') ?? [])
  if (found.length === 0) return undefined
  const words = [...new Set(found.map(({ word }) => word))].slice(0, 4)
  return {
    machine: machineOf(body),
    kinds: [...new Set(found.map(({ kind }) => kind))],
    what: `${words.join(', ')} (${quoted(observed.process)})`,
  }
}

const KNOWN = new Map(
  Object.entries(COMMANDS).flatMap(([kind, words]) =>
    words.map(word => [word.toLowerCase(), { kind: kind as CommandKind, word }] as const),
  ),
)

function observedIn(body: Match['body'], query: string): Record<string, unknown> | undefined {
  const { Observed } = body
  return isObject(Observed) && Observed.query === query ? Observed : undefined
}

function machineOf({ ObjectId }: Match['body']): string {
  return lower(ObjectId)?.slice(0, 100) ?? 'a machine without a name'
}

function quoted(name: unknown): string {
  return `"${text(name)?.slice(0, 80) ?? 'without a name'}"`
}

function has(names: readonly string[], name: string | undefined): boolean {
  return name !== undefined && names.includes(name)
}

function startsIn(folders: readonly string[], path = ''): boolean {
  return folders.some(folder => path.startsWith(folder))
}

function isIn(folders: readonly string[], path = ''): boolean {
  return folders.some(folder => path.includes(folder.toLowerCase()))
}
