import { defineDetection } from '../model/detection.ts'
import type { Finding } from '../model/finding.ts'
import { appWords, readerAppSignals } from './kit/reader-apps.ts'
import { technique } from './kit/technique.ts'
import { firstSeen } from './kit/terms.ts'
import { fromAddresses, many, names, when, whileLearning } from './kit/words.ts'

const COUNTS = 'mailboxes one application read'

export default defineDetection({
  id: 'new-client-app',
  title: 'Mail read with a program new to it',
  attack: ['T1114.002', 'T1550.001'],
  reads: ['MailItemsAccessed', 'AttachmentAccess', 'MessageBind', 'FolderBind'],
  parts: ['app', 'network'],
  terms: [
    firstSeen('dual-use', COUNTS, 'high', ['app']),
    firstSeen('elsewhere', COUNTS, 'medium', ['app', 'network'], 'application'),
    firstSeen('tenant', COUNTS, 'medium', ['app']),
    firstSeen('mailbox', COUNTS, 'low', ['app'], 'application'),
    firstSeen('mail-program', COUNTS, 'low', ['app', 'network']),
  ],

  signals: readerAppSignals,

  headline: ({ count, term }) => {
    if (term === 'tenant') return `A new application reads mail in ${many(count, 'mailbox', 'mailboxes')}`
    return term === 'dual-use'
      ? 'An administrator’s or script’s tool read mail'
      : 'Mail read with a program new to the mailbox'
  },

  sentence: finding => {
    const { clients, end, key, mailboxes, start, term } = finding
    const [subject, id = ''] = key
    const readers = names(firstOf(finding), 3)
    const own = readers === (mailboxes.length === 1 ? mailboxes[0] : undefined)
    const where = own ? 'their own mailbox' : term === 'tenant' ? names(mailboxes) : `the mailbox ${subject}`
    const program = term === 'mail-program' ? names(clients, 2) : ''
    const network = term === 'elsewhere' || term === 'mail-program' ? ' and a network' : ''
    return (
      `${when(start, end)} ${readers}${fromAddresses(finding)} read mail in ${where} with ${program || appWords(id)}` +
      `${whileLearning(finding)}: a program${network} ${term === 'tenant' ? 'this tenant' : 'the mailbox'} had not seen in the` +
      ' 30 days before.'
    )
  },

  triage: [
    'Phone the user: did they install or connect this program, and why?',
    'Look the id up under Enterprise applications: who publishes it, who consented, since when?',
    'If nobody knows it: revoke its consents, disable it there, then revoke the user’s sessions.',
    'If it is wanted, mark it as trusted; it stays quiet from then on.',
  ],
  notKnown: 'What the program does with the mail.',
  falsePositives: ['A new phone app, add-in, signature or CRM tool', 'An administrator who tries out Graph'],
  notCovered: [
    'Microsoft’s mail programs in the hands of a thief, unless the network is new too',
    'What is new in a mailbox’s first week, or after a month of silence',
    'Applications without a user: see app-only-access',
  ],
  references: [technique('T1114.002')],
  covers: [
    'Elastic: M365 Exchange Mailbox Accessed by Unusual Client',
    'Splunk: O365 OAuth App Mailbox Access via EWS',
    'Splunk: O365 OAuth App Mailbox Access via Graph API',
    'Sentinel: application newly reading mail via Graph',
  ],
})

/** The people of a finding, the one it is put down to first. */
function firstOf({ actor, actors }: Finding): readonly string[] {
  return [actor, ...actors.filter(one => one !== actor)]
}
