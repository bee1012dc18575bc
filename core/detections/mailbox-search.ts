import { defineDetection } from '../model/detection.ts'
import { text } from '../model/values.ts'
import { foldQuery, sensitiveWords } from './kit/sensitive-words.ts'
import { technique } from './kit/technique.ts'
import { many, names, opening, span, withClient } from './kit/words.ts'

/** What was searched for is never shown: only of what kind it was. */
export default defineDetection({
  id: 'mailbox-search',
  title: 'Mail searched for secrets',
  attack: ['T1114.002'],
  reads: ['SearchQueryInitiatedExchange'],
  terms: [
    {
      id: 'sensitive',
      counts: 'sensitive words one person searched mail for, of two kinds or more',
      measures: ['words'],
      atLeast: 3,
      withinMinutes: 60,
      also: { measures: ['kinds'], atLeast: 2 },
      severity: 'medium',
    },
    {
      id: 'many',
      counts: 'different searches of one person',
      measures: ['searches'],
      atLeast: 21,
      withinMinutes: 60,
      severity: 'low',
    },
  ],

  *signals({ actor, body, mailbox, succeeded }) {
    const query = foldQuery(text(body.QueryText) ?? '')
    if (!succeeded || query === '') return
    const found = sensitiveWords(query)
    const kinds = [...new Set(found.map(({ of }) => of))]
    const note = kinds.join(', ')
    yield { key: [actor], measure: 'searches', members: [query], mailbox: mailbox ?? actor, note }
    if (found.length === 0) return
    yield { key: [actor], measure: 'words', members: found.map(({ word }) => word) }
    yield { key: [actor], measure: 'kinds', members: kinds }
  },

  headline: ({ term, count }) =>
    term === 'sensitive'
      ? 'Mail searched for passwords, money or secrets'
      : `${many(count, 'search', 'searches')} of mail within an hour`,

  sentence: finding => {
    const begin = `${opening(finding)} searched mail for`
    const end = `${withClient(finding)}. The limit is ${finding.limit} within ${span(finding.withinMinutes)}.`
    if (finding.term === 'many') return `${begin} ${finding.count} different things${end}`
    const kinds = [...new Set(finding.notes.flatMap(note => note.split(', ')))].sort()
    return `${begin} ${finding.count} sensitive words (${names(kinds, 4)})${end}`
  },

  triage: [
    'Phone the person: were these searches theirs, and what for?',
    'If not: block sign-in, revoke sessions, reset the password, check MFA methods.',
    'Change the passwords and warn about the payments that lie in that mail.',
  ],
  notKnown: 'Which messages the searches brought up, and which were opened.',
  falsePositives: ['Accounts, payroll and legal staff looking for their own work', 'Audits and handovers'],
  notCovered: [
    'Mailboxes where SearchQueryInitiated is not recorded, which it is not by default',
    'Searches over Graph or EWS, and words of languages not in our list',
  ],
  references: [technique('T1114.002')],
  covers: [
    'Splunk: O365 Email Suspicious Search Behavior',
    'Elastic: M365 search for sensitive content (intent)',
  ],
})
