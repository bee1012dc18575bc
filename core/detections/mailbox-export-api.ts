import { defineDetection } from '../model/detection.ts'
import { exportedMailbox, isExpected } from './kit/graph-requests.ts'
import { callerWords, fromWith, ofMailboxes } from './kit/graph-words.ts'
import { technique } from './kit/technique.ts'
import { single } from './kit/terms.ts'
import { many, some, when } from './kit/words.ts'

export default defineDetection({
  id: 'mailbox-export-api',
  title: 'Mailbox items exported through Graph',
  attack: ['T1114.002'],
  reads: ['Microsoft Graph Activity'],
  terms: [
    single('export', 'requests to Graph to export mailbox items', 'critical'),
    single('refused', 'such requests that Graph refused', 'medium'),
  ],

  signals(record, tenant) {
    const mailbox = exportedMailbox(record)
    if (mailbox === undefined || isExpected(record, tenant)) return []
    const key = [record.actor, record.app ?? 'unknown'] as const
    return [{ key, measure: record.succeeded ? 'export' : 'refused', mailbox }]
  },

  headline: ({ mailboxes, term }) =>
    term === 'export'
      ? `Items of ${many(mailboxes.length, 'mailbox', 'mailboxes')} exported through Graph`
      : 'Somebody tried to export mail through Graph',

  sentence: finding => {
    const { count, end, key, start, term } = finding
    const did = term === 'export' ? 'exported items' : 'was refused the export of items'
    return (
      `${when(start, end)} ${callerWords(key[1] ?? '', finding)} ${did}${ofMailboxes(finding)}${fromWith(finding)}, in` +
      ` ${some(count, 'request')} of up to 20 items each. This is how whole mailboxes are copied today; one request is` +
      ' enough for this message.'
    )
  },

  triage: [
    'Ask whoever runs backups and migrations whether this application is theirs. Look its id up under Enterprise applications.',
    'If nobody knows it: its Properties there, "Enabled for users to sign-in: No".',
    'Remove its permission MailboxItem.Export and rotate its secrets; revoke the sessions of the user it used.',
    'For an insurer or lawyer: treat everything in these mailboxes as copied.',
  ],
  notKnown: 'Which items were exported, and the mailboxes’ addresses: the log has ids of its own for them.',
  falsePositives: ['A migration or backup that uses this interface, until you mark it as trusted'],
  notCovered: [
    'Applications you trust, from where you trust them',
    'Tenants that do not archive the log of Graph requests (GRAPH_ACTIVITY_URL)',
  ],
  references: [
    technique('T1114.002'),
    {
      title: 'Microsoft Graph: mailbox import and export',
      url: 'https://learn.microsoft.com/graph/api/resources/mailbox-import-export-api-overview',
    },
  ],
  covers: ['No public rule is known: exportItems of the mailbox export API'],
})
