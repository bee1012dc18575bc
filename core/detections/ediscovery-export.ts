import { defineDetection } from '../model/detection.ts'
import { discovery } from './kit/ediscovery.ts'
import { technique } from './kit/technique.ts'
import { single } from './kit/terms.ts'
import { names, opening } from './kit/words.ts'

const DID: Readonly<Record<string, string>> = {
  export: 'exported or downloaded the results of a search over mailboxes',
  purge: 'deleted from mailboxes what a search had found',
  report: 'exported a report of what a search had found',
}

export default defineDetection({
  id: 'ediscovery-export',
  title: 'Mail exported through eDiscovery',
  attack: ['T1114.002'],
  reads: 'any',
  terms: [
    single('export', 'exports of mail started or downloaded', 'high'),
    single('purge', 'deletions of mail across mailboxes', 'high'),
    single('report', 'reports of searches exported', 'medium'),
    single('exports-seen', 'looks at the list of exports', 'low'),
  ],

  signals(record) {
    const found = discovery(record)
    if (found === undefined) return []
    const { step, name } = found
    if (step !== 'export' && step !== 'purge' && step !== 'report' && step !== 'exports-seen') return []
    // The export of a search is called after it, `<search>_Export`, and means the same.
    const members = [name?.toLowerCase().replace(/_(?:export|purge|exportreport|report)$/, '') ?? step]
    const note = name === undefined ? undefined : `"${name}"`
    return [{ key: [record.actor], measure: step, members, note }]
  },

  headline: ({ term }) =>
    ({
      export: 'Mail was exported through eDiscovery',
      purge: 'Mail was deleted across mailboxes through eDiscovery',
      report: 'A report of searched mail was exported',
    })[term] ?? 'Somebody looked at exports of mail',

  sentence: finding => {
    const named = finding.notes.length > 0 ? ` (${names(finding.notes, 2)})` : ''
    const did = DID[finding.term] ?? 'looked at exports of mail, where the results can be fetched'
    return (
      `${opening(finding)} ${did}${named}.` +
      ' What leaves this way leaves no trace in the mailboxes themselves.'
    )
  },

  triage: [
    'Ask this person, by phone, who asked for it; legal and personnel matters have a reason on paper.',
    'If nobody asked: block the account’s sign-in, take it out of the eDiscovery roles.',
    'See in Purview (eDiscovery, the case, Exports) what it holds, and keep that list; then delete the export.',
    'Find out who gave the account the role, and when.',
  ],
  notKnown: 'Where the export was saved and who has it now.',
  falsePositives: [
    'Legal, personnel and data-protection requests',
    'Administrators removing phishing mail everywhere',
  ],
  notCovered: ['Exports fetched again later from storage', 'Cmdlet records come up to a day late'],
  references: [technique('T1114.002')],
  covers: [
    'df00tech T1114.002: Exchange Admin Cmdlet',
    'Splunk: O365 Compliance Content Search Exported',
    'SigmaHQ: PST Export Using New-ComplianceSearchAction',
  ],
})
