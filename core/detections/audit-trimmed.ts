import { defineDetection } from '../model/detection.ts'
import { auditTrim } from './kit/audit-trim.ts'
import { isSystemActor } from './kit/system-actors.ts'
import { technique } from './kit/technique.ts'
import { single } from './kit/terms.ts'
import { doer, fromAddresses, names, when } from './kit/words.ts'

export default defineDetection({
  id: 'audit-trimmed',
  title: 'Mailbox records less than before',
  attack: ['T1562.008'],
  reads: ['Set-Mailbox', 'Change user license', 'Update user'],
  terms: [
    single('actions', 'mailboxes that no longer record reading, sending or rules', 'high'),
    single('licence', 'mailboxes whose licence lost advanced auditing', 'high'),
    single('idle', 'mailboxes whose audit switch or age limit was lowered', 'medium'),
  ],

  *signals(record) {
    const trim = record.succeeded && !isSystemActor(record) ? auditTrim(record) : undefined
    if (trim === undefined) return
    const { kind, mailbox, what } = trim
    yield { key: [record.actor], measure: kind, members: [mailbox], mailbox, note: what }
  },

  headline: ({ count, term }) => {
    const what = { actions: 'cut down', licence: 'lost the plan for it' }[term] ?? 'switched off or shortened'
    return `Auditing of ${count === 1 ? 'a mailbox' : `${count} mailboxes`} ${what}`
  },

  sentence: finding =>
    `${when(finding.start, finding.end)} ${doer(finding)}${fromAddresses(finding)} cut down what is recorded of` +
    ` ${names(finding.mailboxes)} (${names(finding.notes, 2)}).` +
    (finding.term === 'idle'
      ? ' Exchange Online goes by other settings by now: little may be lost, but somebody meant to lose it.'
      : ' From then on the records no longer tell who collects that mail.'),

  triage: [
    'Phone this administrator: was it them, and was it meant?',
    'If not: Set-Mailbox <user> -DefaultAuditSet Admin,Delegate,Owner; or put the plan back into the licence.',
    'If nobody knows: block the administrator’s sign-in, revoke sessions, reset the password.',
    'Look at the mailbox’s rules, permissions and forwarding.',
  ],
  notKnown: 'What was done in the mailbox since; the record does not show the former setting.',
  falsePositives: [
    'Old scripts that list the actions to record and leave out newer ones',
    'Changes of licence packages, where plans are ticked by hand',
  ],
  notCovered: [
    'A licence taken away whole, as for people who leave',
    'Plans switched off for a group: the users’ own records do not always show it',
  ],
  references: [technique('T1562.008')],
  covers: [
    'Splunk: O365 Advanced Audit Disabled',
    'reprise99 and Mandiant: advanced auditing taken out of a licence',
  ],
})
