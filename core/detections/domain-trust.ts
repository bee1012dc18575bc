import { defineDetection } from '../model/detection.ts'
import { actorName } from './kit/directory-apps.ts'
import { DOMAIN_CHANGES, domainChange } from './kit/domain-changes.ts'
import { technique } from './kit/technique.ts'
import { fromAddresses, names, when } from './kit/words.ts'

const change = (counts: string, measure: string) => ({ counts, measures: [measure], atLeast: 1 })

export default defineDetection({
  id: 'domain-trust',
  title: 'Domains or sign-in trust of the tenant changed',
  attack: ['T1484.002', 'T1606.002'],
  reads: DOMAIN_CHANGES,
  terms: [
    { id: 'federation', ...change('changes of who signs users in', 'federation'), severity: 'high' },
    { id: 'domain', ...change('new or newly managed domains', 'domain'), severity: 'medium' },
  ],

  *signals(record) {
    const changed = record.succeeded ? domainChange(record) : undefined
    if (changed === undefined) return
    yield { key: [changed.domain], measure: changed.federation ? 'federation' : 'domain', note: changed.what }
  },

  headline: ({ term }) =>
    term === 'federation'
      ? 'Another service may now sign your users in'
      : 'A domain of your tenant was changed',

  sentence: finding =>
    `${when(finding.start, finding.end)} ${actorName(finding.actor)}${fromAddresses(finding)} changed the domain` +
    ` ${finding.key[0]} of your tenant: ${names(finding.notes)}.` +
    (finding.term === 'federation'
      ? ' Whoever runs that sign-in service can be any user of the domain.'
      : ' Mail from it will pass for your own.'),

  triage: [
    'Ask the administrator named here, by phone, whether this was planned.',
    'If not: block their sign-in and revoke their sessions before anything else.',
    'Set the domain back (Entra, Custom domain names; federation: convert it to managed) with a second administrator.',
    'Look at sign-ins through that domain since, and at roles granted by the same account.',
  ],
  notKnown: 'Whether anybody has signed in through it.',
  falsePositives: ['A domain you bought; moves to your own sign-in service, and its renewed certificates'],
  notCovered: [
    'Accepted domains and connectors set in Exchange alone: see auto-forward-guardrail',
    'Certificates exchanged on the sign-in server itself',
  ],
  references: [technique('T1484.002')],
  covers: [
    'SigmaHQ: New Federated Domain; Elastic: Federated Domain Created or Modified (Entra records)',
    'Panther: Domain Settings Modified; Sentinel: federation settings on domain',
    'Splunk: O365 New Federated Domain Added',
  ],
})
