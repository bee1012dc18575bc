import { defineDetection } from '../model/detection.ts'
import { discovery } from './kit/ediscovery.ts'
import { technique } from './kit/technique.ts'
import { single } from './kit/terms.ts'
import { names, opening } from './kit/words.ts'

export default defineDetection({
  id: 'content-search',
  title: 'Content search over mailboxes',
  attack: ['T1114.002'],
  reads: 'any',
  terms: [
    single('everywhere', 'searches over every mailbox', 'high'),
    { ...single('search', 'searches made, started or previewed', 'medium'), measures: ['search', 'preview'] },
    single('case', 'eDiscovery cases opened', 'low'),
  ],

  signals(record) {
    const found = discovery(record)
    if (found === undefined) return []
    const { step, name, everywhere } = found
    if (step !== 'search' && step !== 'preview' && step !== 'case') return []
    const key = [record.actor] as const
    const members = [name?.toLowerCase() ?? step]
    const searched = { key, measure: step, members, note: name === undefined ? undefined : `"${name}"` }
    return everywhere && step === 'search' ? [searched, { key, measure: 'everywhere', members }] : [searched]
  },

  headline: ({ term }) => {
    if (term === 'case') return 'An eDiscovery case was opened'
    return term === 'everywhere' ? 'Content search over every mailbox' : 'Content search over mailboxes'
  },

  sentence: finding => {
    const { term, notes } = finding
    const named = notes.length > 0 ? ` (${names(notes, 2)})` : ''
    const did = term === 'case' ? 'opened an eDiscovery case' : 'used content search'
    const where =
      { everywhere: ' over every mailbox of the organisation', search: ' over mailboxes' }[term] ?? ''
    return (
      `${opening(finding)} ${did}${named}${where}.` +
      ' Mail read this way leaves no trace in the mailboxes themselves.'
    )
  },

  triage: [
    'Ask this person, by phone, who asked for the search; legal or personnel matters have a reason on paper.',
    'Open the search in Purview (eDiscovery) and see what it looks for and where.',
    'If nobody asked: delete the search, take the account out of the eDiscovery roles, block its sign-in.',
    'Look for an export by the same account, and for who gave it the role.',
  ],
  notKnown: 'What was found and read; what it looked for is in Purview.',
  falsePositives: [
    'Legal, personnel and data-protection requests',
    'Administrators deleting phishing mail everywhere',
  ],
  notCovered: [
    'Searches older than this product; searches over Graph by their own names',
    'Cmdlet records come up to a day late',
  ],
  references: [technique('T1114.002')],
  covers: [
    'df00tech T1114.002: Exchange Admin Cmdlet',
    'Splunk: O365 Compliance Content Search Started',
    'SigmaHQ: PST export alerts (search started)',
  ],
})
