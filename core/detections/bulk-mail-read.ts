import { defineDetection, type Signal } from '../model/detection.ts'
import { countedApplication, isServiceItself, isTrusted } from './kit/applications.ts'
import { messagesRead } from './kit/mail-items.ts'
import { technique } from './kit/technique.ts'
import { fromAddresses, many, names, span, visitor, when, withClient } from './kit/words.ts'

const DAY = { atLeast: 1000, withinMinutes: 1440, severity: 'high' } as const
const HOUR = { atLeast: 500, withinMinutes: 60, severity: 'medium' } as const

const READER = { counts: 'messages one reader opened', measures: ['own', 'others'] }
const SESSION = { counts: 'messages one reader opened in one session', perSession: true } as const
const APPLICATION = {
  counts: 'messages one application opened, in two mailboxes or more',
  measures: ['application'],
  also: { measures: ['mailboxes'], atLeast: 2 },
}
const MAILBOX = {
  counts: 'messages opened in one mailbox by two readers or more',
  measures: ['own', 'visitors'],
  also: { measures: ['readers'], atLeast: 2 },
}

/**
 * Measures, under the person or application they are about: `own` messages a person read in his own mailbox,
 * `others` in other people's, `visitors` messages others read in his mailbox, `readers` who read in it, `accesses`
 * records of access (what the public rule counts), `application` messages an application read, `mailboxes` where.
 */
export default defineDetection({
  id: 'bulk-mail-read',
  title: 'Bulk mail read',
  attack: ['T1114.002'],
  reads: ['MailItemsAccessed', 'AttachmentAccess', 'MessageBind', 'FolderBind'],
  terms: [
    { id: 'reader-day', ...READER, ...DAY },
    { id: 'application-day', ...APPLICATION, ...DAY },
    { id: 'mailbox-day', ...MAILBOX, ...DAY },
    { id: 'session-hour', ...READER, ...HOUR, ...SESSION },
    { id: 'reader-hour', ...READER, ...HOUR },
    { id: 'application-hour', ...APPLICATION, ...HOUR },
    { id: 'mailbox-hour', ...MAILBOX, ...HOUR },
    {
      id: 'accesses',
      counts: 'records of access by one reader',
      measures: ['accesses'],
      atLeast: 201,
      withinMinutes: 30,
      severity: 'medium',
    },
  ],

  signals(record, tenant) {
    const { mailbox, actor, session } = record
    if (mailbox === undefined || !record.succeeded || isServiceItself(record)) return []
    if (isTrusted(record, tenant)) return []
    const signals: Signal[] = [{ key: [actor], measure: 'accesses' }]
    const members = messagesRead(record.id, record.body)
    if (members.length === 0) return signals
    const visitor = record.nonOwner
    signals.push({ key: [actor], measure: visitor ? 'others' : 'own', members, session })
    signals.push({ key: [mailbox], measure: 'readers', members: [actor] })
    if (visitor) signals.push({ key: [mailbox], measure: 'visitors', members })
    const application = record.appOnly ? undefined : countedApplication(record)
    if (application !== undefined) signals.push(...byApplication(application, mailbox, members))
    return signals
  },

  headline: ({ count, term, mailboxes }) => {
    const what =
      term === 'accesses' ? many(count, 'read access', 'read accesses') : `${many(count, 'message')} read`
    return `${what} in ${mailboxes.length === 1 ? 'one mailbox' : `${mailboxes.length} mailboxes`}`
  },

  sentence: finding => {
    const what = finding.term === 'accesses' ? 'read accesses were recorded' : 'messages were opened'
    const who = finding.term.startsWith('mailbox-') ? `${finding.actors.length} readers` : visitor(finding)
    return (
      `${when(finding.start, finding.end)}, ${finding.count.toLocaleString('en-US')} ${what} in ${names(finding.mailboxes)}` +
      ` by ${who}${fromAddresses(finding)}${withClient(finding)}.` +
      ` The limit is ${finding.limit.toLocaleString('en-US')} within ${span(finding.withinMinutes)}.`
    )
  },

  triage: [
    'Phone the owner of the mailbox (do not mail): are they, or anyone for them, running a script or moving mail?',
    'If not: block sign-in, then revoke sessions (Entra, the user’s page).',
    'Reset the password; check MFA methods, inbox rules and app consents.',
    'Keep this message: it names the records for an insurer or lawyer.',
  ],
  notKnown: 'Whether attachments were saved, and who stands behind the addresses.',
  falsePositives: [
    'Backup, archiving and migration tools',
    'A person searching or exporting their own mail in one go',
  ],
  notCovered: [
    'What applications you trust read: see cross-mailbox-access for what of theirs is news',
    'Repeat reads of one message inside an hour are not recorded by Exchange',
    'Sync by desktop Outlook names folders, not messages',
    'After 1,000 read records in a day Exchange stops recording reads of that mailbox for 24 hours',
  ],
  references: [technique('T1114.002')],
  covers: [
    'df00tech T1114: RemoteEmailCollection, HighVolumeAccess',
    'Elastic: M365 Exchange Mailbox Items Accessed Excessively',
    'Splunk: O365 OAuth App Mailbox Access via Graph API',
    'Sentinel: MailItemsAccessed operation anomaly',
  ],
})

function byApplication(key: string, mailbox: string, members: Signal['members'] & object): Signal[] {
  return [
    { key: [key], measure: 'application', members },
    { key: [key], measure: 'mailboxes', members: [mailbox] },
  ]
}
