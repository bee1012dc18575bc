import { defineDetection } from '../model/detection.ts'
import type { Severity } from '../model/severity.ts'
import { technique } from './kit/technique.ts'
import { firstSeen, single } from './kit/terms.ts'
import { grantsToVisit, VISITS_AND_GRANTS, visitSignals, whyWords } from './kit/visits.ts'
import { fromAddresses, many, names, when, whileLearning, withClient } from './kit/words.ts'

const WEEK = 7 * 1440
/** What comes first, by the term. */
const AFTER = {
  granted: { after: { measures: ['granted'] }, withinMinutes: WEEK },
  'as-admin': { after: { measures: ['role'] }, withinMinutes: WEEK },
}
const visits = (id: string, counts: string, severity: Severity, measure = id) =>
  firstSeen(id, counts, severity, ['visitor'], measure)

export default defineDetection({
  id: 'first-non-owner-access',
  title: 'Somebody new in another person’s mailbox',
  attack: ['T1114.002', 'T1098.002'],
  reads: VISITS_AND_GRANTS,
  parts: ['visitor'],
  unlearned: ['granted'],
  terms: [
    {
      ...visits('granted', 'visits after rights given to oneself or a stranger', 'high', 'visits'),
      ...AFTER.granted,
    },
    {
      ...single('as-admin', 'visits as administrator after a role was granted', 'high'),
      ...AFTER['as-admin'],
    },
    visits('sensitive', 'visits to a sensitive mailbox', 'medium'),
    visits('admin', 'visits as administrator', 'medium'),
    { ...visits('folders', 'folders visited', 'medium'), atLeast: 6 },
    visits('visits', 'visits', 'low'),
  ],

  signals(record, tenant) {
    if (!record.succeeded) return []
    if (record.mailbox === undefined) return grantsToVisit(record, tenant)
    return record.nonOwner ? visitSignals(record, tenant) : []
  },

  headline: ({ term }) => {
    if (term === 'granted') return 'New rights on a mailbox were used'
    return term === 'as-admin'
      ? 'A new administrator opened a mailbox'
      : 'Somebody new in another person’s mailbox'
  },

  sentence: finding => {
    const { count, end, key, mailboxes, start, term } = finding
    const visitor = key[1] ?? key[0]
    const mailbox = key[1] === undefined ? names(mailboxes) : key[0]
    const folders = term === 'folders' ? ` and ${many(count, 'folder')} in it` : ''
    const alone = !(term in AFTER) // else the addresses are of two people
    return (
      `${when(start, end)} ${visitor}${alone ? fromAddresses(finding) : ''} opened the mailbox ${mailbox}${folders}` +
      `${alone ? withClient(finding) : ''}${whileLearning(finding)}. This was ${whyWords(finding, visitor)}.`
    )
  },

  triage: [
    'Ask the owner of the mailbox, by phone, whether somebody was meant to look in.',
    'Ask whoever gave the rights why, and when they end; take back what nobody asked for.',
    'If nobody knows: block the visitor’s sign-in, revoke sessions, look at what else he opened.',
  ],
  notKnown: 'What was looked for, and whether the owner knows.',
  falsePositives: ['Cover during holidays, new members of a team mailbox, people who leave'],
  notCovered: [
    'Rights given to a group, or to a name that is no alias: the visit counts, the grant is not joined to it',
    'A mailbox nobody has opened for two months: it has to be known for a week before a visitor is new',
  ],
  references: [technique('T1114.002')],
  covers: [
    'Sentinel: anomalous access to other users’ mailboxes',
    'reprise99: administrators in other mailboxes',
  ],
})
