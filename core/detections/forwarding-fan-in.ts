import { defineDetection } from '../model/detection.ts'
import { fanInSignals } from './kit/fan-in.ts'
import { FORWARDING } from './kit/forwardings.ts'
import { technique } from './kit/technique.ts'
import { names, span, when } from './kit/words.ts'

const OUTSIDE = ['outside', 'provider']
const ANYWHERE = [...OUTSIDE, 'unknown', 'inside']

/** A limit over a week. */
function week<S>(id: string, counts: string, measures: readonly string[], atLeast: number, severity: S) {
  return { id, counts, measures, atLeast, withinMinutes: 10_080, severity }
}

export default defineDetection({
  id: 'forwarding-fan-in',
  title: 'Several mailboxes forward to one address',
  attack: ['T1114.003'],
  reads: FORWARDING,
  usesDomains: true,
  terms: [
    week(
      'provider',
      'mailboxes that forward to one address of a public provider',
      ['provider'],
      2,
      'critical',
    ),
    week('many-outside', 'mailboxes that forward to one outside address', OUTSIDE, 5, 'critical'),
    week('outside', 'mailboxes that forward to one outside address', OUTSIDE, 2, 'high'),
    week('many', 'mailboxes that forward to one address or name', ANYWHERE, 5, 'medium'),
    week(
      'unknown',
      'mailboxes that forward to one name nobody resolved',
      [...OUTSIDE, 'unknown'],
      2,
      'medium',
    ),
    week('inside', 'mailboxes that forward to one colleague', ANYWHERE, 2, 'low'),
  ],

  signals: fanInSignals,

  headline: ({ count, term }) =>
    `${count.toLocaleString('en-US')} mailboxes forward to one ${/outside|provider/.test(term) ? 'outside address' : 'address'}`,

  sentence: finding => {
    const { key, count, mailboxes, limit, withinMinutes, actors, notes } = finding
    const owners = actors.length > 1 && actors.every(actor => mailboxes.includes(actor))
    const byWhom = owners ? 'their owners' : names(actors)
    return (
      `${when(finding.start, finding.end)}, ${count.toLocaleString('en-US')} mailboxes (${names(mailboxes) || 'all that a mail flow rule takes'})` +
      ` were set to send mail to ${key[0]}, by ${byWhom} (${names(notes)}). The limit is ${limit}` +
      ` within ${span(withinMinutes)}.`
    )
  },

  triage: [
    'Phone the owners: does anybody know the address? Tell the firm to trust no change of bank details.',
    'If nobody knows it: block the address in your outbound policy, then switch the forwards off one by one.',
    'Treat every mailbox of the list as taken over: revoke sessions, reset passwords, check MFA methods.',
    'Search the audit log for the address: mailboxes not in this list may forward to it too.',
  ],
  notKnown: 'Who reads the address, and what has gone there.',
  falsePositives: [
    'A ticket system, scanner or archive several people feed',
    'Cover for a colleague on leave',
  ],
  notCovered: [
    'A different address for every mailbox, even of one domain',
    'One person under two names, such as alias and address, counts as two mailboxes',
  ],
  references: [technique('T1114.003')],
  covers: [
    'Sentinel: Multiple users email forwarded to same destination',
    'Splunk: O365 Suspicious Admin Email Forwarding, O365 Suspicious User Email Forwarding',
  ],
})
