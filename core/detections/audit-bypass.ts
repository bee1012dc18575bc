import { defineDetection } from '../model/detection.ts'
import { switched } from './kit/audit-config.ts'
import { cmdletTarget } from './kit/cmdlet.ts'
import { nameValues } from './kit/name-values.ts'
import { isSystemActor } from './kit/system-actors.ts'
import { technique } from './kit/technique.ts'
import { doer, fromAddresses, when } from './kit/words.ts'

const BYPASS = {
  counts: 'times an account was taken out of mailbox auditing',
  measures: ['bypass'],
  atLeast: 1,
} as const

export default defineDetection({
  id: 'audit-bypass',
  title: 'Account exempt from mailbox auditing',
  attack: ['T1562.008'],
  reads: ['Set-MailboxAuditBypassAssociation'],
  terms: [
    {
      id: 'bypass-and-back',
      ...BYPASS,
      withinMinutes: 1440,
      also: { measures: ['back'], atLeast: 1 },
      severity: 'critical',
    },
    { id: 'bypass', ...BYPASS, severity: 'critical' },
  ],

  *signals(record) {
    if (!record.succeeded || isSystemActor(record)) return
    const parameters = nameValues(record.body.Parameters)
    const bypassed = switched(parameters, 'AuditBypassEnabled')
    const account = cmdletTarget(record, parameters) ?? 'an account not named'
    if (bypassed !== undefined)
      yield { key: [record.actor, account], measure: bypassed ? 'bypass' : 'back', mailbox: account }
  },

  headline: ({ term }) =>
    term === 'bypass-and-back'
      ? 'An account went unrecorded for a while'
      : 'An account was exempted from mailbox auditing',

  sentence: finding => {
    const [, account = ''] = finding.key
    const begin = `${when(finding.start, finding.end)} ${doer(finding)}${fromAddresses(finding)} exempted ${account} from mailbox auditing`
    return finding.term === 'bypass-and-back'
      ? `${begin} and took it back: what the account did in mailboxes in between is not on record.`
      : `${begin}: whatever that account does in any mailbox is no longer on record.`
  },

  triage: [
    'Phone this administrator: was it them? Backup or archive software may have asked for it.',
    'If not wanted: Set-MailboxAuditBypassAssociation -Identity <account> -AuditBypassEnabled $false.',
    'If nobody knows: block both accounts’ sign-in, revoke sessions, reset passwords.',
    'Look at what the exempted account may open: permissions, roles, app consents.',
  ],
  notKnown: 'What the account has done in mailboxes since.',
  falsePositives: ['Service accounts of backup, archive and migration software'],
  notCovered: ['Exemptions made before this product was set up'],
  references: [technique('T1562.008')],
  covers: [
    'Elastic: M365 Exchange Mailbox Audit Logging Bypass Added',
    'Datadog: Microsoft 365 mailbox audit bypass',
  ],
})
