import { defineDetection } from '../model/detection.ts'
import { READS } from '../model/mailbox-operations.ts'
import { isPhone, providerOf } from './kit/phones.ts'
import { technique } from './kit/technique.ts'
import { many, names, span, when, withClient } from './kit/words.ts'

/** Four of something in half an hour is more than one person on the move. */
function from(what: string, measure: string) {
  return { counts: `${what} one person read mail from`, measures: [measure], atLeast: 4, withinMinutes: 30 }
}

export default defineDetection({
  id: 'many-networks',
  title: 'One user on many networks',
  attack: ['T1114.002', 'T1078.004'],
  reads: READS,
  terms: [
    {
      ...{ id: 'session-networks', counts: 'providers (/16, /32) one session was used from, phones apart' },
      ...{ measures: ['providers'], perSession: true, atLeast: 3, withinMinutes: 30, severity: 'high' },
    },
    { id: 'networks', ...from('networks (/24, /64)', 'networks'), severity: 'medium' },
    { id: 'providers', ...from('providers (/16, /32)', 'providers'), severity: 'medium' },
    { id: 'addresses', ...from('addresses', 'addresses'), severity: 'low' },
  ],

  signals(record, tenant) {
    const { actor, appOnly, address, session, succeeded } = record
    if (appOnly || !succeeded || address === undefined || !actor.includes('@')) return []
    if (address.owner === 'microsoft' || address.owner === 'private') return []
    if (tenant.isTrustedNetwork(address)) return []
    const key = [actor] as const
    const members = [providerOf(address)]
    if (isPhone(record)) return [{ key, measure: 'providers', members }]
    return [
      { key, measure: 'providers', members, session },
      { key, measure: 'networks', members: [address.network] },
      { key, measure: 'addresses', members: [address.text] },
    ]
  },

  headline: finding =>
    finding.term === 'session-networks'
      ? 'One mail session used from several networks at once'
      : `Mail read from ${many(finding.addresses.length, 'address', 'addresses')} at once`,

  sentence: finding => {
    const what =
      finding.term === 'addresses'
        ? many(finding.count, 'address', 'addresses')
        : many(finding.count, finding.term === 'providers' ? 'provider' : 'network')
    const session = finding.term === 'session-networks' ? ' in one session' : ''
    return (
      `${when(finding.start, finding.end)} ${finding.actor} read mail from ${what}${session}` +
      ` (${names(finding.addresses)})${withClient(finding)}. The limit is ${finding.limit} within ${span(finding.withinMinutes)};` +
      ` Microsoft’s own networks are not counted.`
    )
  },

  triage: [
    'Phone the user: travelling, a new phone, a VPN, or a second person with the password?',
    'If it cannot be explained: revoke sessions, reset the password, check MFA methods.',
    'Look for new inbox rules and app consents of this user.',
  ],
  notKnown: 'Whether it is one person on the move or two people.',
  falsePositives: ['A laptop on the phone’s network in a train', 'VPN services that rotate addresses'],
  notCovered: [
    'Access over Graph shows Microsoft’s address instead of the caller’s',
    'An attacker who stays on one network',
    'Networks of one provider, and of one session, where a phone reads: they change on every way to work',
  ],
  references: [technique('T1078.004')],
  covers: ['df00tech T1114: RemoteEmailCollection, MultiIPAccess'],
})
