import { defineDetection } from '../model/detection.ts'
import { gap, ON_AGAIN, wasOff } from './kit/audit-gap.ts'
import { trimSignals } from './kit/audit-trim.ts'
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
    { id: 'restored', counts: 'times a mailbox recorded as before again', ...ON_AGAIN, severity: 'high' },
    single('actions', 'mailboxes that no longer record reading, sending or rules', 'high'),
    single('licence', 'mailboxes whose licence lost advanced auditing', 'high'),
    single('idle', 'mailboxes whose audit switch or age limit was lowered', 'medium'),
  ],
  about: 'first',

  *signals(record) {
    if (record.succeeded && !isSystemActor(record)) yield* trimSignals(record)
  },

  blind(finding) {
    const [subject, kind] = finding.key
    if (kind === 'idle') return undefined
    const restored = finding.term === 'restored'
    const what = kind === 'licence' ? 'reads or searches' : 'reads, sends or rules'
    return gap(finding, restored, restored ? [subject] : finding.mailboxes, what)
  },

  headline: ({ count, term }) => {
    if (term === 'restored') return 'A mailbox recorded less for a while'
    const what = { actions: 'cut down', licence: 'lost the plan for it' }[term] ?? 'switched off or shortened'
    return `Auditing of ${count === 1 ? 'a mailbox' : `${count} mailboxes`} ${what}`
  },

  sentence: finding => {
    const { term, key, start, end, mailboxes, notes } = finding
    const less = `recorded less than before (${names(notes, 2)})`
    const lost = ' Who collected that mail in between is not on record.'
    if (term === 'restored')
      return `${wasOff(finding, `${key[0]} ${less}`, 'set that', 'took it back')}${lost}`
    const idle =
      ' Exchange Online goes by other settings by now: little may be lost, but somebody meant to lose it.'
    return (
      `${when(start, end)} ${doer(finding)}${fromAddresses(finding)} cut down what is recorded of ${names(mailboxes)} (${names(notes, 2)}).` +
      (term === 'idle' ? idle : ' From then on the records no longer tell who collects that mail.')
    )
  },

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
    'When a mailbox went back after more than 7 days, or without its reads: cards go on saying "since"',
    'Plans switched off for a group: the users’ own records do not always show it',
  ],
  references: [technique('T1562.008')],
  covers: [
    'Splunk: O365 Advanced Audit Disabled',
    'reprise99 and Mandiant: advanced auditing taken out of a licence',
  ],
})
