import { defineDetection } from '../model/detection.ts'
import { PURVIEW_CHANGES, purviewChange } from './kit/purview-roles.ts'
import { isSystemActor } from './kit/system-actors.ts'
import { technique } from './kit/technique.ts'
import { single } from './kit/terms.ts'
import { doer, fromAddresses, when } from './kit/words.ts'

const HEADLINES = new Map([
  ['administrator', 'Somebody may open every eDiscovery case'],
  ['group', 'Somebody may search and export mail in Purview'],
  ['filter', 'The limits of mail searches were changed'],
  ['member', 'Somebody joined an eDiscovery case'],
])

export default defineDetection({
  id: 'ediscovery-role',
  title: 'eDiscovery rights granted',
  attack: ['T1098.003', 'T1114.002'],
  reads: PURVIEW_CHANGES,
  terms: [
    single('administrator', 'new eDiscovery administrators', 'high'),
    single('group', 'new members of role groups that search or export mail', 'high'),
    single('filter', 'search permission filters changed or removed', 'high'),
    single('member', 'new members of a case', 'medium'),
    single('other', 'other role groups and new search permission filters', 'medium'),
  ],

  *signals(record) {
    if (!record.succeeded || isSystemActor(record)) return
    const change = purviewChange(record)
    if (change !== undefined) yield { key: [record.actor, change.to, change.what], measure: change.grade }
  },

  headline: ({ term }) => HEADLINES.get(term) ?? 'Rights in Purview were changed',

  sentence: finding => {
    const [, to, what] = finding.key
    const did = new Map([
      ['administrator', `made ${to} an ${what}`],
      ['member', `made ${to} a ${what}`],
    ])
    const set = what?.startsWith('role group') ? `added ${to} to the ${what}` : `set the ${what}: ${to}`
    return (
      `${when(finding.start, finding.end)} ${doer(finding)} ${did.get(finding.term) ?? set}${fromAddresses(finding)}.` +
      ' What is read through eDiscovery leaves no trace in the mailboxes themselves.'
    )
  },

  triage: [
    'Ask whoever made the change, by phone, and whoever is in charge of legal matters, whether it was planned.',
    'If nobody knows: take the right away in Purview and revoke the sessions of both accounts.',
    'Look for searches, previews and exports since then (audit log, eDiscovery activities).',
  ],
  notKnown: 'Which searches the right has been used for.',
  falsePositives: [
    'A legal or personnel matter that has just begun',
    'Set-up of Purview by your IT provider',
  ],
  notCovered: [
    'Entra roles that bring the same rights (see directory-role)',
    'What a search permission filter said before',
    'Which roles a group of your own holds, where it was made earlier',
  ],
  references: [technique('T1098.003'), technique('T1114.002')],
  covers: ['Microsoft: Elevation of Exchange admin privilege (Purview role groups)'],
})
