import { defineDetection } from '../model/detection.ts'
import { isInternal, isPublicProvider, looksLike } from './kit/domains.ts'
import type { Recipient } from './kit/recipients.ts'
import { ruleChange } from './kit/rule-change.ts'
import { technique } from './kit/technique.ts'
import { fromAddresses, names, when } from './kit/words.ts'

export default defineDetection({
  id: 'inbox-rule-forwarding',
  title: 'Inbox rule sends mail outside',
  attack: ['T1114.003', 'T1564.008'],
  reads: ['New-InboxRule', 'Set-InboxRule', 'Enable-InboxRule', 'UpdateInboxRules'],
  usesDomains: true,
  terms: [
    {
      id: 'outside-and-hidden',
      counts: 'rules that send mail outside and hide it, take every message or use a look-alike domain',
      measures: ['outside-and-hidden'],
      atLeast: 1,
      severity: 'critical',
    },
    {
      id: 'outside',
      counts: 'rules that send mail outside',
      measures: ['outside'],
      atLeast: 1,
      severity: 'high',
    },
    {
      id: 'unknown-destination',
      counts: 'rules that forward to a name the record does not resolve',
      measures: ['unknown-destination'],
      atLeast: 1,
      severity: 'medium',
    },
  ],

  *signals(record, tenant) {
    if (!record.succeeded) return
    const change = ruleChange(record)
    if (change === undefined) return
    const outside = change.recipients.filter(
      to => to.kind === 'address' && !isInternal(to.domain, record, tenant),
    )
    const unresolved = change.recipients.filter(to => to.kind === 'unresolved')
    const named = outside.length > 0 ? outside : unresolved
    if (named.length === 0) return
    const domains = named.flatMap(to => (to.kind === 'address' ? [to.domain] : []))
    const alike = domains.some(domain => looksLike(domain, tenant.domains))
    const remarks = [
      ...change.hides,
      ...(change.catchAll ? ['takes every message'] : []),
      ...(alike ? ['to a look-alike of your own domain'] : []),
      ...(domains.some(isPublicProvider) ? ['to a public mail provider'] : []),
    ]
    const hidden = change.hides.length > 0 || change.catchAll || alike
    const grade = outside.length === 0 ? 'unknown-destination' : hidden ? 'outside-and-hidden' : 'outside'
    yield {
      key: [change.mailbox, change.name, named.map(destination).sort().join(', ')],
      measure: grade,
      mailbox: change.mailbox,
      note: remarks.join(', '),
    }
  },

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
      `${remarks.length > 0 ? ` and also: ${names(remarks, 2)}` : ''}.` +
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
  references: [
    technique('T1114.003', 'Email Forwarding Rule'),
    { title: 'Microsoft: responding to a compromised email account' },
  ],
  covers: [
    'seed 000 test 4 (forwarding rule over PowerShell)',
    'Elastic: M365 Exchange Inbox Forwarding Rule Created',
    'SigmaHQ: Mail Forwarding/Redirecting Activity in O365',
    'Panther: Exchange External Forwarding (inbox rules)',
    'Splunk: O365 New Email Forwarding Rule Created, O365 New Email Forwarding Rule Enabled',
    'CIPP: forwarding rule alerts',
  ],
})

function destination(to: Recipient): string {
  return to.kind === 'address' ? to.address : to.name
}
