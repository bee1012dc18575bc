import { defineDetection } from '../model/detection.ts'
import { isSystemActor } from './kit/system-actors.ts'
import { technique } from './kit/technique.ts'
import { single } from './kit/terms.ts'
import { transportRuleSignals } from './kit/transport-rule.ts'
import { names, opening } from './kit/words.ts'

const VERBS = ['New', 'Set', 'Enable', 'Disable', 'Remove'] as const
const HEADLINES: Readonly<Record<string, string>> = {
  outside: 'Mail flow rule sends mail to an outside address',
  unknown: 'Mail flow rule sends mail nobody knows where',
  inside: 'Mail flow rule copies mail to a colleague',
  weakens: 'Mail flow rule weakens your mail protection',
  switched: 'Mail flow rule switched on, off or removed',
}

export default defineDetection({
  id: 'transport-rule',
  title: 'Mail flow rule copies or diverts mail',
  attack: ['T1114.003', 'T1564.008'],
  reads: VERBS.map(verb => `${verb}-TransportRule` as const),
  usesDomains: true,
  terms: [
    single('outside', 'mail flow rules that copy or send mail outside', 'critical'),
    single(
      'unknown',
      'mail flow rules that send mail to a name or connector the record does not resolve',
      'high',
    ),
    single('inside', 'mail flow rules that copy or send mail to a colleague', 'medium'),
    single('weakens', 'mail flow rules that pass filters, strip headers or delete', 'medium'),
    single('switched', 'mail flow rules switched on, off or removed', 'medium'),
    single('other', 'other mail flow rules made or changed', 'low'),
  ],

  *signals(record, tenant) {
    if (record.succeeded && !isSystemActor(record)) yield* transportRuleSignals(record, tenant)
  },

  headline: ({ term }) => HEADLINES[term] ?? 'Mail flow rule made or changed',

  sentence: finding => {
    const [, rule, destinations] = finding.key
    const remarks = finding.notes.filter(note => note !== '')
    return (
      `${opening(finding)} made or changed the mail flow rule "${rule}".` +
      `${destinations ? ` It sends whatever mail it matches to ${destinations}.` : ''}` +
      `${remarks.length > 0 ? ` In the record: ${names(remarks)}.` : ''} Mail flow rules see the mail of everybody.`
    )
  },

  triage: [
    'Ask whoever made the change, by phone. Few people in a firm may; each of them should know.',
    'If nobody knows: keep a screenshot of the rule, switch it off, block the account, revoke its sessions.',
    'See the other changes of the same account, and who else has administrator roles.',
  ],
  notKnown: 'Which messages the rule has taken.',
  falsePositives: ['Signature, archive and encryption services', 'Administrators at work on mail flow'],
  notCovered: [
    'What a rule that is switched on does: the record holds its name only',
    'Whether a connector named in a rule leads outside',
  ],
  references: [technique('T1114.003')],
  covers: [
    'Splunk: O365 New Forwarding Mailflow Rule Created, O365 Email Transport Rule Changed',
    'Elastic: M365 Exchange Mail Flow Transport Rule Created, … Modified',
    'Sentinel: Mail redirect via ExO transport rule',
    'Datadog: transport rule with BlindCopyTo or RedirectMessageTo',
  ],
})
