import { defineDetection } from '../model/detection.ts'
import { DAY } from '../model/time.ts'
import { flag } from '../model/values.ts'
import { valueNamed } from './kit/name-values.ts'
import { technique } from './kit/technique.ts'
import { single } from './kit/terms.ts'
import { fromAddresses, names, when, withClient } from './kit/words.ts'

export default defineDetection({
  id: 'audit-throttled',
  title: 'Reads of a mailbox no longer recorded',
  attack: ['T1114.002', 'T1562.008'],
  reads: ['MailItemsAccessed', 'AttachmentAccess'],
  terms: [single('throttled', 'records that say further reads are not recorded', 'high')],

  // Whoever it was, also Microsoft's own services: what follows is unseen either way.
  signals({ body, mailbox, actor }) {
    if (flag(valueNamed(body.OperationProperties, 'IsThrottled')) !== true) return []
    return [{ key: [mailbox ?? actor], measure: 'throttled' }]
  },

  blind: ({ key, start, end }) => ({ whose: [key[0]], from: start, to: end + DAY, what: 'reads of mail' }),

  headline: () => 'A mailbox was read so much that recording stopped',

  sentence: finding =>
    `${when(finding.start, finding.end)} more was read in the mailbox ${finding.key[0]} than Exchange records` +
    ` (over 1,000 records in a day), last by ${finding.actors[0] === finding.key[0] ? 'its owner' : names(finding.actors, 2)}${fromAddresses(finding)}${withClient(finding)}.` +
    ' Reads of it are not recorded for 24 hours from then: presume that everything was read.',

  triage: [
    'Phone the owner of the mailbox: is a backup, a migration or a new program running for them?',
    'If not: block sign-in, then revoke sessions; for an application, disable it under Enterprise applications.',
    'Reset the password; check MFA methods, inbox rules and app consents.',
    'For an insurer or lawyer: from the record’s time on, treat the whole mailbox as read.',
  ],
  notKnown: 'What is read in the 24 hours without records.',
  falsePositives: ['Backup, archiving and migration products', 'Sync problems of a mail program'],
  notCovered: [
    'Copies by desktop Outlook, which are never throttled',
    'Mailboxes that record no reads at all',
  ],
  references: [technique('T1114.002')],
  covers: [
    'Elastic: M365 Exchange Mailbox Items Accessed Excessively',
    'Sentinel: MailItemsAccessed throttling',
  ],
})
