import { defineDetection } from '../model/detection.ts'
import { olderRule } from './kit/older-rules.ts'
import { technique } from './kit/technique.ts'
import { many, when } from './kit/words.ts'

/** Rules that a card has room for. */
const LISTED = 10

export default defineDetection({
  id: 'rule-read-back',
  title: 'Inbox rules from before the watch',
  attack: ['T1114.003', 'T1564.008'],
  reads: ['InboxRulesAtStart'],
  usesDomains: true,
  terms: [
    {
      id: 'older',
      counts: 'rules that send mail outside or hide it and were there at the first look',
      measures: ['forwards', 'hides'],
      atLeast: 1,
      severity: 'medium',
    },
  ],
  signals: olderRule,

  headline: ({ count }) => `${many(count, 'inbox rule')} to look through, made before the watch`,

  sentence: ({ count, end, mailboxes, notes, start }) =>
    `${when(start, end)} the inbox rules of these mailboxes were read for the first time. ${many(count, 'rule')} in` +
    ` ${many(mailboxes.length, 'mailbox', 'mailboxes')} would have been told of, had anybody watched when` +
    ` they were made: ${notes.slice(0, LISTED).join('; ')}${notes.length > LISTED ? ` and ${notes.length - LISTED} more` : ''}.` +
    ' This is a list and no alarm; it comes once.',

  triage: [
    'Go through the list with the owners, by phone: who made the rule, and what is it for?',
    'Nobody knows a rule, or it hides mail: treat the mailbox as taken over, sessions and password first.',
    'Switch off what is not wanted. Of a longer list, the webhook’s JSON names every mailbox.',
  ],
  notKnown: 'When these rules were made, by whom, and what has gone out since.',
  falsePositives: [
    'People who forward to a private address on purpose',
    'Ticket systems and scanners fed by a rule',
  ],
  notCovered: [
    'Rules hidden from every client, mailbox forwarding, mail flow rules: Graph does not show them',
    'Mailboxes that Graph cannot open, and all of them where `MailboxSettings.Read` is not granted',
    'Rules found later are told by `inbox-rule-forwarding`, `hiding-rule` and `suspicious-rule-name`',
  ],
  references: [technique('T1114.003'), technique('T1564.008')],
  covers: ['CIPP: inbox rules in the check of a compromised mailbox'],
})
