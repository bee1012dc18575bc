import { defineDetection } from '../model/detection.ts'
import { forwardSignals } from './kit/mailbox-forward.ts'
import { isSystemActor } from './kit/system-actors.ts'
import { technique } from './kit/technique.ts'
import { single } from './kit/terms.ts'
import { fromAddresses, names, when } from './kit/words.ts'

const CONTACTS = ['New-MailContact', 'Set-MailContact', 'Enable-MailContact'] as const
const USERS = ['New-MailUser', 'Set-MailUser', 'Enable-MailUser'] as const

export default defineDetection({
  id: 'mailbox-forwarding',
  title: 'Mailbox forwards its mail outside',
  attack: ['T1114.003'],
  reads: ['Set-Mailbox', ...CONTACTS, ...USERS],
  usesDomains: true,
  terms: [
    single(
      'outside-and-hidden',
      'mailboxes that forward outside and keep no copy, or to a look-alike domain',
      'critical',
    ),
    single('outside', 'mailboxes that forward outside', 'high'),
    {
      id: 'contact-outside',
      counts: 'mailboxes that forward to a directory entry pointed outside the same day',
      measures: ['unknown-destination', 'colleague'],
      atLeast: 1,
      withinMinutes: 1_440,
      also: { measures: ['contact'], atLeast: 1 },
      severity: 'high',
    },
    single('unknown-destination', 'mailboxes that forward to a name the record does not resolve', 'medium'),
  ],

  *signals(record, tenant) {
    if (record.succeeded && !isSystemActor(record)) yield* forwardSignals(record, tenant)
  },

  headline: ({ term }) =>
    term === 'unknown-destination'
      ? 'Mailbox forwards its mail, nobody knows where'
      : 'Mailbox forwards its mail outside',

  sentence: finding => {
    const [first, address] = finding.key
    const remarks = finding.notes.filter(note => note !== '')
    return (
      `${when(finding.start, finding.end)} the mailbox ${names(finding.mailboxes) || first} was set to forward all mail to` +
      ` ${address ?? `the directory entry "${first}"`}${remarks.length > 0 ? ` (${names(remarks)})` : ''},` +
      ` by ${names(finding.actors)}${fromAddresses(finding)}.` +
      `${finding.term === 'unknown-destination' ? ' Where that leads is not in the record.' : ' It goes on after a new password.'}`
    )
  },

  triage: [
    'Phone the owner of the mailbox and whoever made the change. Trust no bank-detail change by mail.',
    'If nobody asked: note the address, take the forward out, reset passwords and revoke sessions.',
    'Look for inbox rules and mail flow rules to the same address, in other mailboxes too.',
  ],
  notKnown: 'Which messages went out, and whether your outbound policy stopped them.',
  falsePositives: ['Somebody who leaves and asks for their mail', 'Ticket systems fed by a forward'],
  notCovered: [
    'A directory entry pointed outside on another day: the forward counts as unknown',
    'Forwards older than the audit log, and a copy switched off by a change of its own',
  ],
  references: [technique('T1114.003')],
  covers: [
    'Splunk: O365 Mailbox Email Forwarding Enabled',
    'Elastic: M365 Exchange Inbox Forwarding Rule Created (Set-Mailbox)',
    'SigmaHQ: Mail Forwarding/Redirecting Activity in O365 (Set-Mailbox)',
    'Panther: Exchange External Forwarding (Set-Mailbox)',
  ],
})
