import type { AuditRecord } from '../../model/audit-record.ts'
import type { Signal, TenantFacts } from '../../model/detection.ts'
import { flag, text } from '../../model/values.ts'
import { type Reach, reachOf, remarksOn, writtenList } from './destinations.ts'
import { additions } from './multi-value.ts'
import { first, type NameValues, nameValues } from './name-values.ts'
import { type Recipient, recipients } from './recipients.ts'

/** What a record says a mail flow rule does. */
export interface TransportRule {
  readonly name: string
  /** Who gets mail that was not addressed to them. */
  readonly recipients: readonly Recipient[]
  /** A connector all matching mail is sent through: where that leads is in the connector. */
  readonly connector: string | undefined
  /** In words: `removes the header X-Spam`. */
  readonly weakens: readonly string[]
  /** In words, where the rule was switched on, off or removed. */
  readonly switched: string | undefined
  readonly isNew: boolean
  /** Something else than its name and place was set. */
  readonly changes: boolean
}

const COPIES = ['BlindCopyTo', 'CopyTo', 'AddToRecipients', 'RedirectMessageTo', 'ModerateMessageByUser']

/** Parameters that do not change what a rule does. */
const NEUTRAL = new Set(
  ['Identity', 'Name', 'Comments', 'Priority', 'Confirm', 'WhatIf', 'DomainController', 'Mode', 'Enabled']
    .concat('SetAuditSeverity', 'RuleErrorAction', 'SenderAddressLocation', 'RuleSubType', 'UseLegacyRegex')
    .map(name => name.toLowerCase()),
)

const SWITCHED: Readonly<Record<string, string>> = {
  'Enable-TransportRule': 'switched on',
  'Disable-TransportRule': 'switched off',
  'Remove-TransportRule': 'removed',
}

export function transportRule(record: AuditRecord): TransportRule {
  const parameters = nameValues(record.body.Parameters)
  const enforced =
    record.operation === 'Set-TransportRule' && first(parameters, 'Mode')?.toLowerCase() === 'enforce'
  return {
    name: nameOf(record, parameters),
    recipients: [
      ...COPIES.flatMap(name => recipientsOf(parameters, name)),
      ...reported(parameters),
      ...managers(parameters),
    ],
    connector: first(parameters, 'RouteMessageOutboundConnector'),
    weakens: weakened(parameters),
    switched: SWITCHED[record.operation] ?? (enforced ? 'put into force' : undefined),
    isNew: record.operation === 'New-TransportRule',
    changes: [...parameters].some(([name, values]) => values.length > 0 && !NEUTRAL.has(name)),
  }
}

/** New rules come without an `ObjectId`; in changes it is a path or the bare name. */
function nameOf({ body }: AuditRecord, parameters: NameValues): string {
  const name = first(parameters, 'Name') ?? first(parameters, 'Identity') ?? text(body.ObjectId)
  return (name?.split('\\').at(-1) ?? '').slice(0, 100).toWellFormed()
}

/** A change may add to a list: `@{Add="a@b"}`. */
function recipientsOf(parameters: NameValues, name: string): Recipient[] {
  const given = parameters.get(name.toLowerCase()) ?? []
  return recipients(given.flatMap(value => (/^\s*@\{/.test(value) ? additions([value]) : [value])))
}

/** An incident report is a copy where it carries the message. */
function reported(parameters: NameValues): Recipient[] {
  const carries = ['IncidentReportOriginalMail', 'IncidentReportContent'].some(name =>
    parameters
      .get(name.toLowerCase())
      ?.some(value => /(?<!donot)(?:include|attach)originalmail/i.test(value)),
  )
  return carries ? recipientsOf(parameters, 'GenerateIncidentReport') : []
}

function managers(parameters: NameValues): Recipient[] {
  const asked =
    first(parameters, 'AddManagerAsRecipientType') !== undefined ||
    flag(first(parameters, 'ModerateMessageByManager'))
  return asked ? [{ kind: 'directory', name: 'the manager of the sender' }] : []
}

function weakened(parameters: NameValues): string[] {
  const [removed, set] = [first(parameters, 'RemoveHeader'), first(parameters, 'SetHeaderName')]
  return [
    ...(first(parameters, 'SetSCL') === '-1' ? ['lets mail past the spam filter'] : []),
    ...(removed === undefined ? [] : [`removes the header ${removed.slice(0, 60)}`]),
    ...(set !== undefined && /^x-ms-exchange-organization-skip/i.test(set)
      ? [`sets ${set.slice(0, 80)}`]
      : []),
    ...(flag(first(parameters, 'DeleteMessage')) ? ['deletes mail without a word'] : []),
    ...(flag(first(parameters, 'Quarantine')) ? ['puts mail into quarantine'] : []),
  ]
}

/** One signal a record: the worst it says of the rule. */
export function* transportRuleSignals(record: AuditRecord, tenant: TenantFacts): Iterable<Signal> {
  const rule = transportRule(record)
  const reaches = new Set(rule.recipients.map(to => reachOf(to, record, tenant)))
  const measure = worst(rule, reaches)
  if (measure === undefined) return
  const outside = rule.recipients.filter(to => reachOf(to, record, tenant) === 'outside')
  const to = [
    writtenList(outside.length > 0 ? outside : rule.recipients),
    rule.connector === undefined ? '' : `the connector "${rule.connector.slice(0, 100).toWellFormed()}"`,
  ]
  yield {
    key: [record.actor, rule.name, to.filter(part => part !== '').join(', ')],
    measure,
    note: [rule.switched ?? '', ...rule.weakens, ...remarksOn(outside, tenant).words]
      .filter(Boolean)
      .join(', '),
  }
}

function worst(rule: TransportRule, reaches: ReadonlySet<Reach>): string | undefined {
  if (reaches.has('outside')) return 'outside'
  if (reaches.has('unknown') || rule.connector !== undefined) return 'unknown'
  if (reaches.has('inside')) return 'inside'
  if (rule.weakens.length > 0) return 'weakens'
  if (rule.switched !== undefined) return 'switched'
  return rule.changes || rule.isNew ? 'other' : undefined
}
