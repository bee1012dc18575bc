import { createHash } from 'node:crypto'
import { isObject, text } from '../../model/values.ts'

export interface Parameter {
  readonly Name: string
  readonly Value: string
}

/** An inbox rule as `New-InboxRule` would have been called to make it. */
export interface RuleAsCmdlet {
  readonly name: string
  /** Of all it says, in full. Not of ids or folder names: Outlook gives its rules new ids, and names are found out later. */
  readonly digest: string
  /** Parameters that say what it does. */
  readonly acts: readonly string[]
  /** Ids of the folders it moves or copies to. */
  readonly folders: readonly string[]
  /** Short enough to be written down. `named`: folder id → name. */
  parameters(mailbox: string, named?: ReadonlyMap<string, string>): readonly Parameter[]
}

const RECIPIENTS = {
  forwardTo: 'ForwardTo',
  forwardAsAttachmentTo: 'ForwardAsAttachmentTo',
  redirectTo: 'RedirectTo',
}
const FOLDERS = { moveToFolder: 'MoveToFolder', copyToFolder: 'CopyToFolder' }
const ACTIONS = {
  delete: 'DeleteMessage',
  permanentDelete: 'PermanentDelete',
  markAsRead: 'MarkAsRead',
  stopProcessingRules: 'StopProcessingRules',
  markImportance: 'MarkImportance',
  assignCategories: 'ApplyCategory',
}

/** Predicates of Graph by the parameter that says the same; whatever is not in here narrows a rule under its own name. */
const CONDITIONS: Readonly<Record<string, string>> = {
  bodyContains: 'BodyContainsWords',
  bodyOrSubjectContains: 'SubjectOrBodyContainsWords',
  subjectContains: 'SubjectContainsWords',
  headerContains: 'HeaderContainsWords',
  senderContains: 'FromAddressContainsWords',
  recipientContains: 'RecipientAddressContainsWords',
  fromAddresses: 'From',
  sentToAddresses: 'SentTo',
  hasAttachments: 'HasAttachment',
  importance: 'WithImportance',
  sensitivity: 'WithSensitivity',
  messageActionFlag: 'FlaggedForAction',
  sentToMe: 'MyNameInToBox',
  sentCcMe: 'MyNameInCcBox',
  sentToOrCcMe: 'MyNameInToOrCcBox',
  notSentToMe: 'MyNameNotInToBox',
  sentOnlyToMe: 'SentOnlyToMe',
}

/** Characters of one value, and of all: a rule of Exchange can be a quarter of a megabyte. */
const [LONGEST, LONGEST_OF_ALL] = [2_000, 8_000]
/** An address has at most 320 characters. */
const LONGEST_ENTRY = 320

/** `undefined` for what is no rule, and for one that is switched off: switched on, it is new. */
export function ruleAsCmdlet(messageRule: unknown): RuleAsCmdlet | undefined {
  if (!isObject(messageRule) || messageRule.isEnabled === false || !isObject(messageRule.actions))
    return undefined
  const { actions } = messageRule
  const name = typeof messageRule.displayName === 'string' ? messageRule.displayName : ''
  const of = (table: Readonly<Record<string, string>>) =>
    Object.entries(table).flatMap(([key, Name]) => pair(Name, entries(actions[key])))
  const acts = [...of(RECIPIENTS), ...of(ACTIONS)]
  const told = [
    ...acts,
    ...conditions(messageRule.conditions, ''),
    ...conditions(messageRule.exceptions, 'ExceptIf'),
  ]
  const moves = of(FOLDERS)
  return {
    name,
    digest: digestOf([name, ...told, ...moves]),
    acts: acts.map(({ Name }) => Name),
    folders: [...new Set(moves.map(({ values }) => values[0] ?? ''))],
    parameters(mailbox, named = new Map()) {
      const folders = moves.map(({ Name, values }) => ({
        Name,
        values: values.map(id => named.get(id) ?? id),
      }))
      return bounded([
        { Name: 'Name', values: [name] },
        { Name: 'Mailbox', values: [mailbox] },
        ...folders,
        ...told,
      ])
    },
  }
}

interface Pair {
  readonly Name: string
  readonly values: readonly string[]
}

function pair(Name: string, values: readonly string[]): Pair[] {
  return values.length === 0 ? [] : [{ Name, values }]
}

/** Texts, flags that are set, recipients, or lists of them. `redirectTo` is documented as one recipient and comes as a list. */
function entries(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(entries)
  if (value === true) return ['True']
  if (isObject(value)) return recipient(value)
  return typeof value === 'string' && value !== '' ? [value] : []
}

/** The address; the name where there is none, as of somebody in the directory. */
function recipient({ emailAddress }: Readonly<Record<string, unknown>>): string[] {
  if (!isObject(emailAddress)) return []
  const named = text(emailAddress.address) ?? text(emailAddress.name)
  return named === undefined ? [] : [named]
}

function conditions(predicates: unknown, prefix: string): Pair[] {
  if (!isObject(predicates)) return []
  return Object.keys(predicates)
    .sort()
    .flatMap(key => {
      const value = predicates[key]
      if (key.startsWith('@')) return []
      if (key === 'withinSizeRange') return sizes(value, prefix)
      const kind = /^is([A-Z]\w*)$/.exec(key)?.[1]
      if (kind !== undefined)
        return value === true ? [{ Name: `${prefix}MessageTypeMatches`, values: [kind] }] : []
      const known = CONDITIONS[key]
      return pair(prefix + (known ?? key), known === undefined && isSet(value) ? ['True'] : entries(value))
    })
}

/** Of a predicate that Graph has got since: that it narrows the rule is enough to know. */
function isSet(value: unknown): boolean {
  return value !== null && value !== false && value !== '' && !(Array.isArray(value) && value.length === 0)
}

function sizes(range: unknown, prefix: string): Pair[] {
  if (!isObject(range)) return []
  const kilobytes = (value: unknown) => (typeof value === 'number' && value > 0 ? [`${value}KB`] : [])
  return [
    ...pair(`${prefix}WithinSizeRangeMinimum`, kilobytes(range.minimumSize)),
    ...pair(`${prefix}WithinSizeRangeMaximum`, kilobytes(range.maximumSize)),
  ]
}

function digestOf(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16)
}

function bounded(pairs: readonly Pair[]): Parameter[] {
  let left = LONGEST_OF_ALL
  return pairs.map(({ Name, values }) => {
    const Value = joined(values, Math.min(LONGEST, Math.max(left, 100)))
    left -= Value.length
    return { Name: Name.slice(0, 60), Value }
  })
}

/**
 * As cmdlets take lists, and cut at whole entries. One of each domain comes first then: a hundred colleagues must not
 * push the stranger behind them out of sight.
 */
function joined(values: readonly string[], most: number): string {
  const short = values.map(value => value.slice(0, LONGEST_ENTRY).toWellFormed())
  const all = short.join(';')
  if (all.length <= most) return all
  const byDomain = Map.groupBy(short, value => value.slice(value.lastIndexOf('@') + 1).toLowerCase())
  const firsts = new Set([...byDomain.values()].flatMap(([one]) => one ?? []))
  const ordered = [...firsts].join(';').slice(0, most + 1)
  return ordered.length <= most
    ? ordered
    : ordered.slice(0, Math.max(ordered.lastIndexOf(';', most), 0)) || ordered.slice(0, most)
}
