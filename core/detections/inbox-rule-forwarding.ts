import { defineDetection } from '../model/detection.ts'
import { ruleForwards } from './kit/rule-forward.ts'
import { technique } from './kit/technique.ts'
import { single } from './kit/terms.ts'
import { fromAddresses, names, when } from './kit/words.ts'

export default defineDetection({
  id: 'inbox-rule-forwarding',
  title: 'Inbox rule sends mail outside',
  attack: ['T1114.003', 'T1564.008'],
  reads: ['New-InboxRule', 'Set-InboxRule', 'Enable-InboxRule', 'UpdateInboxRules'],
  usesDomains: true,
  terms: [
    single(
      'outside-and-hidden',
      'rules that send mail outside and hide it, take every message or use a look-alike domain',
      'critical',
    ),
    single('outside', 'rules that send mail outside', 'high'),
    single('unknown-destination', 'rules that forward to a name the record does not resolve', 'medium'),
  ],
  signals: ruleForwards,

  headline: finding =>
    finding.term === 'unknown-destination'
      ? 'New rule forwards mail, destination unknown'
      : 'New rule sends mail to an outside address',

  sentence: finding => {
    const [mailbox, rule, destinations] = finding.key
    const remarks = finding.notes.filter(note => note !== '')
    return (
      `${when(finding.start, finding.end)} an inbox rule named "${rule}" was set in the mailbox ${mailbox}` +
      `${fromAddresses(finding)}. It sends mail to ${destinations}` +
      `${remarks.length > 0 ? ` (${names(remarks, 2)})` : ''}.` +
      `${finding.term === 'unknown-destination' ? ' Where that leads is not in the record.' : ''}`
    )
  },

  triage: [
    'Phone the owner of the mailbox. Until it is explained, no bank-detail change by mail counts.',
    'If they did not make it: block sign-in, revoke sessions, reset the password (not by mail).',
    'Keep a screenshot of the rule, then switch it off. Check mailbox forwarding too.',
    'See what was sent to the outside address since the rule was made.',
  ],
  notKnown: 'Whether your outbound policy stopped the copies.',
  falsePositives: [
    'People who forward to a private address on purpose',
    'Ticket systems and scanners fed by a rule',
  ],
  notCovered: [
    'Changes made in desktop Outlook can be recorded without their contents',
    'Hidden rules and rules older than the audit log',
  ],
  references: [technique('T1114.003'), { title: 'Microsoft: responding to a compromised email account' }],
  covers: [
    'df00tech T1114: test 4, inbox forwarding rule over PowerShell',
    'Elastic: M365 Exchange Inbox Forwarding Rule Created',
    'SigmaHQ: Mail Forwarding/Redirecting Activity in O365',
    'Panther: Exchange External Forwarding (inbox rules)',
    'Splunk: O365 New Email Forwarding Rule Created, O365 New Email Forwarding Rule Enabled',
    'CIPP: forwarding rule alerts',
  ],
})
