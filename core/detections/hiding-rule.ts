import { defineDetection } from '../model/detection.ts'
import { hidingScore } from './kit/hiding-score.ts'
import { inboxRule, RULE_CHANGES } from './kit/rule-change.ts'
import { noteOf, remarksOf, ruleWasSet } from './kit/rule-found.ts'
import { shownName } from './kit/rule-name.ts'
import { technique } from './kit/technique.ts'
import { single } from './kit/terms.ts'
import { names } from './kit/words.ts'

/** Points from which on a rule is told; how they come together is in kit/hiding-score.ts. */
const [LIKELY, CLEAR] = [5, 8]

export default defineDetection({
  id: 'hiding-rule',
  title: 'Inbox rule hides mail from the owner',
  attack: ['T1564.008'],
  reads: RULE_CHANGES,
  usesDomains: true,
  terms: [
    single('clear', `rules with ${CLEAR} points or more for hiding mail`, 'high'),
    single('likely', `rules with ${LIKELY} to ${CLEAR - 1} points for hiding mail`, 'medium'),
  ],

  *signals(record, tenant) {
    const change = record.succeeded ? inboxRule(record) : undefined
    if (change === undefined) return
    const { points, reasons } = hidingScore(change, record, tenant)
    if (points < LIKELY) return
    const { mailbox } = change
    const measure = points >= CLEAR ? 'clear' : 'likely'
    yield {
      key: [mailbox, shownName(change.name)],
      measure,
      members: [change.name],
      mailbox,
      note: noteOf(record, reasons),
    }
  },

  headline: ({ term }) =>
    term === 'clear' ? 'New rule hides mail from the owner' : 'New rule looks made to hide mail',

  sentence: finding =>
    `${ruleWasSet(finding)} What speaks for hiding: ${names(remarksOf(finding), 2)}. Thieves use such rules so that` +
    ` the owner does not see answers and warnings.`,

  triage: [
    'Phone the owner of the mailbox: did they make this rule? Do not ask by mail, they may not see it.',
    'If they did not: block sign-in, revoke sessions, reset the password, check MFA methods.',
    'Keep a screenshot of the rule, switch it off, and read what it has put away.',
    'Look for forwards, consents and mail sent in the name of the owner since.',
  ],
  notKnown: 'Which messages the rule has put away.',
  falsePositives: [
    'People who delete newsletters unread, or keep invoices in a folder of their own',
    'A rule from desktop Outlook whose folder is told by id alone',
  ],
  notCovered: [
    'Changes that desktop Outlook records blank, where `MailboxSettings.Read` is not granted',
    'Folders of one’s own with an ordinary name; sweep rules; what a change leaves as it was',
  ],
  references: [technique('T1564.008')],
  covers: [
    'Splunk: O365 BEC Email Hiding Rule Created, O365 Email New Inbox Rule Created',
    'Elastic: M365 Exchange Inbox Phishing Evasion Rule Created',
    'Sentinel: Malicious Inbox Rule, Malicious BEC Inbox Rule',
    'SigmaHQ: Inbox Rules Creation or Update Activity in O365',
    'Red Canary: email hiding rules',
  ],
})
