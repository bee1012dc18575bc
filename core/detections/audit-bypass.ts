import { defineDetection } from '../model/detection.ts'
import { switched } from './kit/audit-config.ts'
import { gap, ON_AGAIN, wasOff } from './kit/audit-gap.ts'
import { cmdletTarget } from './kit/cmdlet.ts'
import { nameValues } from './kit/name-values.ts'
import { isSystemActor } from './kit/system-actors.ts'
import { technique } from './kit/technique.ts'
import { single } from './kit/terms.ts'
import { doer, fromAddresses, when } from './kit/words.ts'

const UNNAMED = 'an account not named'

export default defineDetection({
  id: 'audit-bypass',
  title: 'Account exempt from mailbox auditing',
  attack: ['T1562.008'],
  reads: ['Set-MailboxAuditBypassAssociation'],
  terms: [
    {
      id: 'bypass-and-back',
      counts: 'times an account was audited again',
      ...ON_AGAIN,
      severity: 'critical',
    },
    single('bypass', 'times an account was taken out of mailbox auditing', 'critical'),
  ],
  about: 'first',

  *signals(record) {
    if (!record.succeeded || isSystemActor(record)) return
    const parameters = nameValues(record.body.Parameters)
    const bypassed = switched(parameters, 'AuditBypassEnabled')
    const account = cmdletTarget(record, parameters) ?? UNNAMED
    if (bypassed) yield { key: [record.actor, account], measure: 'bypass', mailbox: account }
    if (bypassed !== undefined && account !== UNNAMED)
      yield { key: [account], measure: bypassed ? 'stopped' : 'on', mailbox: account }
  },

  blind: finding =>
    gap(finding, finding.term === 'bypass-and-back', [finding.key.at(-1) ?? UNNAMED], 'mailbox access'),

  headline: ({ term }) =>
    term === 'bypass-and-back'
      ? 'An account went unrecorded for a while'
      : 'An account was exempted from mailbox auditing',

  sentence: finding => {
    const account = finding.key.at(-1)
    if (finding.term === 'bypass-and-back')
      return (
        wasOff(finding, `${account} was exempt from mailbox auditing`, 'exempted it', 'took that back') +
        ' What the account did in mailboxes in between is not on record.'
      )
    return (
      `${when(finding.start, finding.end)} ${doer(finding)}${fromAddresses(finding)} exempted ${account} from mailbox auditing:` +
      ' whatever that account does in any mailbox is no longer on record.'
    )
  },

  triage: [
    'Phone this administrator: was it them? Backup or archive software may have asked for it.',
    'If not wanted: Set-MailboxAuditBypassAssociation -Identity <account> -AuditBypassEnabled $false.',
    'If nobody knows: block both accounts’ sign-in, revoke sessions, reset passwords.',
    'Look at what the exempted account may open: permissions, roles, app consents.',
  ],
  notKnown: 'What the account has done in mailboxes since.',
  falsePositives: ['Service accounts of backup, archive and migration software'],
  notCovered: [
    'Exemptions made before this product was set up',
    'When one of more than 7 days ended: cards go on saying "since"',
  ],
  references: [technique('T1562.008')],
  covers: [
    'Elastic: M365 Exchange Mailbox Audit Logging Bypass Added',
    'Datadog: Microsoft 365 mailbox audit bypass',
  ],
})
