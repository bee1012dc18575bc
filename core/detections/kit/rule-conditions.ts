import { isObject, json, text } from '../../model/values.ts'
import { first, type NameValues } from './name-values.ts'

/** What a rule asks of a message. `name` is lower-case: a cmdlet’s parameter, or `outlook` for all Outlook says. */
export interface Condition {
  readonly name: string
  readonly values: readonly string[]
}

const OUTLOOK = 'outlook'

/** Parameters of New-InboxRule that are not conditions; any other one narrows the rule. */
const NOT_CONDITIONS = new Set(
  ['Name', 'Mailbox', 'Identity', 'Force', 'AlwaysDeleteOutlookRulesBlob', 'StopProcessingRules']
    .concat('ForwardTo', 'ForwardAsAttachmentTo', 'RedirectTo', 'RedirectToRecipients')
    .concat('SendTextMessageNotificationTo', 'DeleteMessage', 'SoftDeleteMessage', 'PermanentDelete')
    .concat('MarkAsRead', 'MoveToFolder', 'CopyToFolder', 'MarkImportance', 'PinMessage')
    .concat('ApplyCategory', 'ApplySystemCategory', 'DeleteSystemCategory', 'Priority', 'Confirm')
    .concat('DomainController', 'DeliverToMailboxAndForward', 'Enabled', 'RuleState', 'ValidateOnly')
    .concat('WhatIf', 'Organization')
    .map(name => name.toLowerCase()),
)

/** Exceptions (`ExceptIf…`) narrow a rule too, and are conditions here. */
export function cmdletConditions(parameters: NameValues): Condition[] {
  return [...parameters].flatMap(([name, values]) =>
    values.length === 0 || NOT_CONDITIONS.has(name) ? [] : [{ name, values }],
  )
}

/**
 * Desktop Outlook writes a restriction as text, `{}` where there is none; Outlook on the web names the kinds of
 * condition and may carry them whole in `ServerRule`.
 */
export function outlookConditions(properties: NameValues): Condition[] {
  const rule = json(first(properties, 'ServerRule'))
  const given = first(properties, 'RuleCondition') ?? first(properties, 'Conditions') ?? ''
  const blank = given.replace(/[[\]{}\s]/g, '') === ''
  const values = [...(blank ? [] : [given]), ...leaves(isObject(rule) ? rule.Conditions : undefined, 0)]
  return values.length === 0 ? [] : [{ name: OUTLOOK, values }]
}

/** Nothing real goes deeper. */
const DEEPEST = 8

/** Texts inside JSON, without its field names. */
function leaves(value: unknown, depth: number): string[] {
  if (depth > DEEPEST) return []
  if (typeof value === 'object' && value !== null)
    return Object.values(value).flatMap(inner => leaves(inner, depth + 1))
  return typeof value === 'string' ? [text(value) ?? ''].filter(given => given !== '') : []
}

/** Conditions that words are looked for in: exceptions say what a rule spares. */
export function wordsOf(conditions: readonly Condition[]): string[] {
  return conditions.flatMap(({ name, values }) =>
    name === OUTLOOK || (!name.startsWith('exceptif') && /words$|^from$|^sentto$/.test(name)) ? values : [],
  )
}
