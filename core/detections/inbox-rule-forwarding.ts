import { defineDetection } from '../model/detection.ts'
import { RULE_CHANGES } from './kit/rule-change.ts'
import { ruleForwards } from './kit/rule-forward.ts'
import { remarksOf, ruleWasSet } from './kit/rule-found.ts'
import { technique } from './kit/technique.ts'
import { single } from './kit/terms.ts'
import { names } from './kit/words.ts'

export default defineDetection({
  id: 'inbox-rule-forwarding',
  title: 'Inbox rule sends mail outside',
  attack: ['T1114.003', 'T1564.008'],
  reads: RULE_CHANGES,
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
    const destinations = finding.key[2]
    const remarks = remarksOf(finding)
    return (
      `${ruleWasSet(finding)} It sends mail to ${destinations}` +
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
    'Changes that desktop Outlook records blank, where `MailboxSettings.Read` is not granted',
    'Rules hidden from every client, which reading the mailbox does not show either',
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
