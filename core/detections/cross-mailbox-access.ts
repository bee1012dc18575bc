import { defineDetection } from '../model/detection.ts'
import { ACTIVITY } from '../model/mailbox-operations.ts'
import { activeMailboxes } from './kit/active-mailboxes.ts'
import { technique } from './kit/technique.ts'
import { doer, fromAddresses, many, names, span, when, withClient } from './kit/words.ts'

const ACTIVE = {
  counts: 'mailboxes one person or application was active in',
  measures: ['person', 'application'],
}
const APP_ONLY = {
  counts: 'mailboxes one application was active in with no user present',
  measures: ['app-only'],
}
const HOUR = { withinMinutes: 60 }

/** An application somebody vouched for reads its mailboxes every day; news are twice as many as on its fullest days. */
const TRUSTED = {
  counts: 'mailboxes a trusted application was active in, beyond its usual',
  measures: ['trusted'],
  above: { by: 'p95', times: 2, days: 30, minDays: 7 },
} as const

export default defineDetection({
  id: 'cross-mailbox-access',
  title: 'One reader in many mailboxes',
  attack: ['T1114.002'],
  reads: ACTIVITY,
  terms: [
    { id: 'many-in-hour', ...ACTIVE, ...HOUR, atLeast: 10, severity: 'high' },
    { id: 'many-in-day', ...ACTIVE, atLeast: 20, withinMinutes: 1440, severity: 'high' },
    { id: 'app-only-in-hour', ...APP_ONLY, ...HOUR, atLeast: 5, severity: 'high' },
    { id: 'trusted-many', ...TRUSTED, atLeast: 10, severity: 'high' },
    { id: 'trusted-some', ...TRUSTED, atLeast: 5, severity: 'medium' },
    { id: 'some-in-hour', ...ACTIVE, ...HOUR, atLeast: 5, severity: 'medium' },
  ],
  signals: activeMailboxes,

  headline: ({ key, mailboxes }) =>
    `${key[0].startsWith('app:') ? 'An application' : 'One person'} went through ${many(mailboxes.length, 'mailbox', 'mailboxes')}`,

  sentence: finding =>
    `${when(finding.start, finding.end)} ${doer(finding)} was active in ${many(finding.count, 'mailbox', 'mailboxes')}` +
    ` of other people (${names(finding.mailboxes)})${fromAddresses(finding)}${withClient(finding)}.` +
    (finding.usual === undefined ? '' : ` On other days it is in ${finding.usual}.`) +
    ` The limit is ${finding.limit} within ${span(finding.withinMinutes)}.`,

  triage: [
    'Ask whoever runs this account or application, by phone, whether access to these mailboxes was planned.',
    'If it was: limit it to the mailboxes it needs.',
    'If nobody knows: block its sign-in (for an application: Enterprise applications, Properties, "Enabled for users to sign-in: No").',
    'Then rotate its credential and look at what was granted shortly before.',
  ],
  notKnown: 'What the reader does with the mail.',
  falsePositives: [
    'Backup, archiving, CRM and migration applications',
    'A delegate who looks after many shared mailboxes',
  ],
  notCovered: [
    'Access through eDiscovery leaves no mailbox records',
    'Mailboxes whose licence or settings report no reads',
    'Applications you trust, in their first week and as far as they read no more mailboxes than usual',
  ],
  references: [technique('T1114.002')],
  covers: [
    'df00tech T1114.002: Bulk Cross-Mailbox Access',
    'Splunk: O365 Multiple Mailboxes Accessed via API',
    'Splunk: O365 OAuth App Mailbox Access via Graph API',
    'Sentinel: anomalous access to other users’ mailboxes',
  ],
})
