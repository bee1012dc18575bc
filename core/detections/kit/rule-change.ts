import type { AuditRecord } from '../../model/audit-record.ts'
import { flag, isObject, json, list, text } from '../../model/values.ts'
import { first, type NameValues, nameValues } from './name-values.ts'
import { type Recipient, recipients } from './recipients.ts'

type RuleOperation = 'New-InboxRule' | 'Set-InboxRule' | 'Enable-InboxRule' | 'UpdateInboxRules'

/** What a record says an inbox rule does, whichever of the three record shapes it came in. */
export interface RuleChange {
  readonly mailbox: string
  readonly name: string
  readonly recipients: readonly Recipient[]
  /** What it does besides, in words: `deletes the original`. */
  readonly hides: readonly string[]
  /** The rule is new and has no condition: it takes every message. */
  readonly catchAll: boolean
}

/** `undefined` where the record forwards nothing: other rules, removals, and changes with blank contents. */
export function ruleChange(record: AuditRecord<RuleOperation>): RuleChange | undefined {
  const change = record.operation === 'UpdateInboxRules' ? fromMailboxAudit(record) : fromCmdlet(record)
  return change.recipients.length === 0 ? undefined : change
}

const FORWARDS = [
  'ForwardTo',
  'ForwardAsAttachmentTo',
  'RedirectTo',
  'RedirectToRecipients',
  'SendTextMessageNotificationTo',
]

/** Parameters of New-InboxRule that are not conditions; any other one narrows the rule. */
const NOT_CONDITIONS = new Set(
  [...FORWARDS, 'Name', 'Mailbox', 'Identity', 'Force', 'AlwaysDeleteOutlookRulesBlob', 'StopProcessingRules']
    .concat(
      'DeleteMessage',
      'SoftDeleteMessage',
      'PermanentDelete',
      'MarkAsRead',
      'MoveToFolder',
      'CopyToFolder',
    )
    .concat(
      'MarkImportance',
      'ApplyCategory',
      'DeleteSystemCategory',
      'Priority',
      'Confirm',
      'DomainController',
    )
    .concat('DeliverToMailboxAndForward', 'Enabled', 'RuleState', 'ValidateOnly', 'WhatIf', 'Organization')
    .map(name => name.toLowerCase()),
)

/** New-, Set- and Enable-InboxRule. Set- carries only what changed, so a missing condition there means nothing. */
function fromCmdlet(record: AuditRecord<RuleOperation>): RuleChange {
  const { body } = record
  const parameters = nameValues('Parameters' in body ? body.Parameters : undefined)
  const object = text(body.ObjectId)
  const hides = HIDING.filter(([name]) => flag(first(parameters, name))).map(([, words]) => words)
  return {
    mailbox: first(parameters, 'Mailbox')?.toLowerCase() ?? ownerOf(object) ?? record.actor,
    name: first(parameters, 'Name') ?? lastPart(object) ?? first(parameters, 'Identity') ?? '',
    recipients: FORWARDS.flatMap(name => recipients(parameters.get(name.toLowerCase()))),
    hides,
    catchAll:
      record.operation === 'New-InboxRule' &&
      ![...parameters].some(([name, values]) => values.length > 0 && !NOT_CONDITIONS.has(name)),
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
function fromMailboxAudit(record: AuditRecord<RuleOperation>): RuleChange {
  const { body } = record
  const properties = nameValues('OperationProperties' in body ? body.OperationProperties : undefined)
  const removed = /^(?:remove|delete)/i.test(first(properties, 'RuleOperation') ?? '')
  const actions = removed ? [] : [...list(first(properties, 'RuleActions')), ...serverActions(properties)]
  const types = actions.map(actionType).join(' ')
  const added = /^(?:add|create)/i.test(first(properties, 'RuleOperation') ?? '')
  const condition = (first(properties, 'RuleCondition') ?? first(properties, 'Conditions') ?? '').replace(
    /[[\]{}\s]/g,
    '',
  )
  return {
    mailbox: record.mailbox ?? record.actor,
    name: first(properties, 'RuleName') ?? first(properties, 'Name') ?? '',
    recipients: actions
      .filter(action => /forward|redirect|delegate/i.test(actionType(action)))
      .flatMap(recipientsIn),
    hides: [
      ...(/permanentdelete/i.test(types) ? ['deletes the original for good'] : []),
      ...(/(?<!permanent)delete/i.test(types) ? ['deletes the original'] : []),
      ...(/markasread/i.test(types) ? ['marks it as read'] : []),
      ...(/ExitAfterExecution/i.test(first(properties, 'RuleState') ?? '') ? ['stops other rules'] : []),
    ],
    catchAll: added && condition === '',
  }
}

function serverActions(properties: NameValues): readonly unknown[] {
  const rule = json(first(properties, 'ServerRule'))
  const inRule = isObject(rule) ? list(rule.Actions) : []
  return inRule.length > 0 ? inRule : list(first(properties, 'Actions'))
}

function actionType(action: unknown): string {
  if (!isObject(action)) return typeof action === 'string' ? action : ''
  return text(action.ActionType) ?? text(action.$type) ?? text(action.Type) ?? text(action.Name) ?? ''
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

/** `ObjectId` is `<server path>/<tenant>/<user>\<rule>` or `<user>\<rule>`; only a UPN is taken for the mailbox. */
function ownerOf(object: string | undefined): string | undefined {
  const owner = object?.split('\\')[0]?.split('/').at(-1)?.toLowerCase()
  return owner?.includes('@') ? owner : undefined
}

function lastPart(object: string | undefined): string | undefined {
  return object?.includes('\\') ? object.split('\\').at(-1) : undefined
}
