import { defineDetection } from '../model/detection.ts'
import { number } from '../model/values.ts'
import { isServiceItself, isTrusted } from './kit/applications.ts'
import { technique } from './kit/technique.ts'
import { single } from './kit/terms.ts'
import { doer, fromAddresses, many, names, when, whose, withClient } from './kit/words.ts'

/** Messages in one record of two minutes. People do not open that many; programs do. */
const MANY = 100

export default defineDetection({
  id: 'large-access-record',
  title: 'A hundred messages read in two minutes',
  attack: ['T1114.002'],
  reads: ['MailItemsAccessed', 'AttachmentAccess'],
  terms: [single('large', `records of ${MANY} messages or more, read within two minutes`, 'low')],

  signals(record, tenant) {
    const messages = Math.floor(number(record.body.OperationCount) ?? 0)
    if (messages < MANY || !record.succeeded || isServiceItself(record) || isTrusted(record, tenant))
      return []
    return [{ key: [record.actor], measure: 'large', note: `${messages} messages` }]
  },

  headline: ({ mailboxes }) =>
    `${MANY} messages or more read at once in ${mailboxes.length < 2 ? 'a mailbox' : many(mailboxes.length, 'mailbox', 'mailboxes')}`,

  sentence: finding =>
    `${when(finding.start, finding.end)} ${doer(finding)} opened ${names(finding.notes, 2)} in ${whose(finding) || 'a mailbox'}` +
    ` within two minutes${fromAddresses(finding)}${withClient(finding)}. One record of ${MANY} or more is enough for this message.`,

  triage: [
    'Look whether other findings name the same person, program or address; alone this is little.',
    'If a program reads mail for this person (archive, CRM, phone), note it and be done.',
    'If nobody knows the program: ask the owner by phone, revoke sessions, check app consents.',
  ],
  notKnown: 'Whether a person or a program opened them.',
  falsePositives: ['A mail program that fetches a folder anew', 'Archive, CRM and migration products'],
  notCovered: ['Reading at a pace that keeps every record small: see bulk-mail-read'],
  references: [technique('T1114.002')],
  covers: ['Elastic: M365 Exchange Mailbox Items Accessed Excessively'],
})
