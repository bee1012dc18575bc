import type { AuditRecord } from '../../model/audit-record.ts'
import { flag, isObject, json, list, text } from '../../model/values.ts'
import { first, type NameValues, nameValues } from './name-values.ts'
import { type Recipient, recipients } from './recipients.ts'
import { type Condition, cmdletConditions, outlookConditions } from './rule-conditions.ts'
import { isFolderId } from './rule-folders.ts'

/** Operations in which a rule is made, changed, switched on, or found by reading the mailbox. */
export const RULE_CHANGES = [
  'New-InboxRule',
  'Set-InboxRule',
  'Enable-InboxRule',
  'UpdateInboxRules',
  'InboxRuleFound',
] as const

/** What a record says an inbox rule does, whichever of the record shapes it came in. */
export interface RuleChange {
  readonly mailbox: string
  readonly name: string
  /** The record tells the name, even where that is blank. */
  readonly named: boolean
  readonly recipients: readonly Recipient[]
  /** What it does besides, in words: `deletes the original`. */
  readonly hides: readonly string[]
  /** Where it moves or copies to, by name or path. */
  readonly folders: readonly string[]
  /** The same by id: desktop Outlook tells no more. */
  readonly folderIds: readonly string[]
  readonly conditions: readonly Condition[]
  /** The rule is new and has no condition: it takes every message. */
  readonly catchAll: boolean
}

/** `undefined` where the record forwards nothing: other rules, removals, and changes with blank contents. */
export function ruleChange(record: AuditRecord): RuleChange | undefined {
  const change = inboxRule(record)
  return change === undefined || change.recipients.length === 0 ? undefined : change
}

/** Any rule that was made, changed or switched on; `undefined` for one that is taken away. */
export function inboxRule(record: AuditRecord): RuleChange | undefined {
  return record.operation === 'UpdateInboxRules' ? fromMailboxAudit(record) : fromCmdlet(record)
}

const FORWARDS = [
  'ForwardTo',
  'ForwardAsAttachmentTo',
  'RedirectTo',
  'RedirectToRecipients',
  'SendTextMessageNotificationTo',
]

/** Records that hold the whole rule, so that a condition that is not there is none. */
const WHOLE: ReadonlySet<string> = new Set(['New-InboxRule', 'InboxRuleFound', 'InboxRulesAtStart'])

/** New-, Set- and Enable-InboxRule, and rules as found, in the parameters of New-. Set- carries only what changed, so a missing condition there means nothing. */
function fromCmdlet(record: AuditRecord): RuleChange {
  const { body } = record
  const parameters = nameValues(body.Parameters)
  const object = text(body.ObjectId)
  const name = first(parameters, 'Name') ?? lastPart(object) ?? first(parameters, 'Identity')
  const conditions = cmdletConditions(parameters)
  const targets = ['movetofolder', 'copytofolder'].flatMap(to => parameters.get(to) ?? [])
  return {
    mailbox: first(parameters, 'Mailbox')?.toLowerCase() ?? ownerOf(object, record.appOnly) ?? record.actor,
    name: name ?? '',
    named: name !== undefined || parameters.has('name'),
    recipients: FORWARDS.flatMap(to => recipients(parameters.get(to.toLowerCase()))),
    hides: HIDING.filter(([act]) => flag(first(parameters, act))).map(([, words]) => words),
    folders: targets.filter(target => !isFolderId(target)),
    folderIds: targets.filter(isFolderId),
    conditions,
    catchAll: WHOLE.has(record.operation) && conditions.length === 0,
  }
}

const HIDING = [
  ['DeleteMessage', 'deletes the original'],
  ['SoftDeleteMessage', 'deletes the original'],
  ['PermanentDelete', 'deletes the original for good'],
  ['MarkAsRead', 'marks it as read'],
  ['StopProcessingRules', 'stops other rules'],
] as const

/**
 * UpdateInboxRules in both shapes: `RuleActions` from desktop Outlook, `ServerRule` and `Actions` from Outlook on
 * the web and EWS. ModifyMailboxRule bodies have been seen blank throughout: they say nothing here.
 */
function fromMailboxAudit(record: AuditRecord): RuleChange | undefined {
  const { body } = record
  const properties = nameValues(body.OperationProperties)
  const operation = first(properties, 'RuleOperation') ?? ''
  if (/^(?:remove|delete)/i.test(operation)) return undefined
  const actions = [...list(first(properties, 'RuleActions')), ...serverActions(properties)]
  const types = actions.map(actionType).join(' ')
  const added = /^(?:add|create)/i.test(operation)
  const name = first(properties, 'RuleName') ?? first(properties, 'Name')
  const conditions = outlookConditions(properties)
  return {
    mailbox: record.mailbox ?? record.actor,
    name: name ?? '',
    // A rule that is added without a name has none; one that is stamped anew only does not tell it.
    named: name !== undefined || added,
    recipients: actions
      .filter(action => /forward|redirect|delegate/i.test(actionType(action)))
      .flatMap(recipientsIn),
    hides: [
      ...(/permanentdelete/i.test(types) ? ['deletes the original for good'] : []),
      ...(/(?<!permanent)delete/i.test(types) ? ['deletes the original'] : []),
      ...(/markasread/i.test(types) ? ['marks it as read'] : []),
      ...(/ExitAfterExecution/i.test(first(properties, 'RuleState') ?? '') ? ['stops other rules'] : []),
    ],
    folders: actions.flatMap(action => foldersIn(action, /folder(?:name|path)?$/i)),
    folderIds: actions.flatMap(action => foldersIn(action, /folderid$/i)),
    conditions,
    catchAll: added && conditions.length === 0,
  }
}

function serverActions(properties: NameValues): readonly unknown[] {
  const rule = json(first(properties, 'ServerRule'))
  const inRule = isObject(rule) ? list(rule.Actions) : []
  const named = first(properties, 'Actions') ?? ''
  // The actions are told by name alone, as a list in a JSON text or between separators.
  const loose = list(named).length > 0 ? list(named) : (named.match(/\w+/g) ?? [])
  return inRule.length > 0 ? inRule : loose
}

function actionType(action: unknown): string {
  if (!isObject(action)) return typeof action === 'string' ? action : ''
  return text(action.ActionType) ?? text(action.$type) ?? text(action.Type) ?? text(action.Name) ?? ''
}

/** `DestinationFolderId` of desktop Outlook, and whatever else may name a folder. */
function foldersIn(action: unknown, field: RegExp): string[] {
  if (!isObject(action)) return []
  return Object.entries(action).flatMap(([name, value]) => (field.test(name) ? (text(value) ?? []) : []))
}

/**
 * Recipients as texts, as objects, or one level down under `Values[].Value`, where the display name and the kind of
 * address may stand beside the address itself.
 */
function recipientsIn(action: unknown): Recipient[] {
  if (!isObject(action)) return []
  return list(action.Recipients).flatMap(entry => {
    const values = isObject(entry) ? list(entry.Values) : []
    if (values.length === 0) return recipients(entry)
    const read = recipients(values)
    const addresses = read.filter(({ kind }) => kind === 'address')
    return addresses.length > 0 ? addresses : read
  })
}

/**
 * `ObjectId` is `<server path>/<tenant>/<user>\<rule>` or `<user>\<rule>`. Of a person’s own rule only a UPN is taken
 * for the mailbox, as his name is better than his alias; an application has no mailbox, so the alias has to do.
 */
function ownerOf(object: string | undefined, byApplication: boolean): string | undefined {
  const owner = object?.split('\\')[0]?.split('/').at(-1)?.toLowerCase()
  const told = owner?.includes('@') || (byApplication && object?.includes('\\') && owner !== '')
  return told ? owner : undefined
}

function lastPart(object: string | undefined): string | undefined {
  return object?.includes('\\') ? object.split('\\').at(-1) : undefined
}
