import { defineDetection } from '../model/detection.ts'
import { READS } from '../model/mailbox-operations.ts'
import { READ_LIMITS } from './kit/read-limits.ts'
import { readSignals } from './kit/read-signals.ts'
import { technique } from './kit/technique.ts'
import { fromAddresses, many, names, span, visitor, when, withClient } from './kit/words.ts'

export default defineDetection({
  id: 'bulk-mail-read',
  title: 'Bulk mail read',
  attack: ['T1114.002'],
  reads: READS,
  terms: READ_LIMITS,
  signals: readSignals,

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
