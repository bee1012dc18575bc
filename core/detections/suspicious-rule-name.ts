import { defineDetection } from '../model/detection.ts'
import { inboxRule, RULE_CHANGES } from './kit/rule-change.ts'
import { noteOf, remarksOf, ruleWasSet } from './kit/rule-found.ts'
import { shownName, suspiciousName } from './kit/rule-name.ts'
import { technique } from './kit/technique.ts'
import { single } from './kit/terms.ts'
import { names } from './kit/words.ts'

export default defineDetection({
  id: 'suspicious-rule-name',
  title: 'Inbox rule with a name not meant to be read',
  attack: ['T1564.008'],
  reads: RULE_CHANGES,
  terms: [single('odd-name', 'rules named with blanks, dots, one character or a run of keys', 'medium')],

  *signals(record) {
    const change = record.succeeded ? inboxRule(record) : undefined
    const why = change?.named ? suspiciousName(change.name) : undefined
    if (change === undefined || why === undefined) return
    const { mailbox, name } = change
    yield {
      key: [mailbox, shownName(name)],
      measure: 'odd-name',
      members: [name],
      mailbox,
      note: noteOf(record, [why]),
    }
  },

  headline: () => 'New inbox rule with a name not meant to be read',

  sentence: finding =>
    `${ruleWasSet(finding)} Its name ${names(remarksOf(finding))}: people call rules by what they do, thieves so` +
    ` that nobody looks twice.`,

  triage: [
    'Phone the owner of the mailbox: did they make this rule, and what is it for?',
    'See in Outlook what the rule does. If nobody made it: revoke sessions, reset the password.',
  ],
  notKnown: 'What the rule does, where the record holds no more than its name.',
  falsePositives: ['People in a hurry', 'Languages in which one character is a word'],
  notCovered: [
    'Names that sound like something: a rule called "Holiday schedule" is as easily made',
    'Rules hidden from every client, which leave no name in the record of a change',
  ],
  references: [technique('T1564.008')],
  covers: [
    'Elastic: M365 Exchange Inbox Rule with Obfuscated Name',
    'Datadog: inbox rule name tied to business e-mail compromise',
    'Red Canary: email hiding rules (names)',
  ],
})
