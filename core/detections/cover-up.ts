import { defineDetection } from '../model/detection.ts'
import type { Severity } from '../model/severity.ts'
import { coverUpSteps, STEPS } from './kit/cover-up-steps.ts'
import { technique } from './kit/technique.ts'
import { following } from './kit/terms.ts'
import { fromAddresses, span, when } from './kit/words.ts'

/** What covers up, counted after what there is to cover. */
const cover = (id: string, severity: Severity, measures: readonly string[], counts: string) => ({
  id,
  counts,
  measures,
  severity,
})

export default defineDetection({
  id: 'cover-up',
  title: 'Traces removed from a mailbox',
  attack: ['T1070.008', 'T1564.008'],
  reads: STEPS,
  about: 'mailbox',
  terms: [
    following(
      cover('after-sign-in', 'high', ['purged', 'moved'], 'notices removed after a suspicious sign-in'),
      ['suspicious-sign-in'],
      1440,
    ),
    following(
      cover('sent-after-rule', 'medium', ['sent'], 'sent messages removed after a rule'),
      ['rule'],
      12,
    ),
    following(cover('rule-after-sent', 'medium', ['rule'], 'rules after sent messages went'), ['sent'], 12),
    following(cover('purged', 'medium', ['purged'], 'notices of a new method, purged'), ['method'], 1440),
    following(cover('moved', 'low', ['moved'], 'notices of a new method, put away'), ['method'], 1440),
  ],
  signals: coverUpSteps,

  headline: ({ term }) =>
    term.includes('rule')
      ? 'Sent mail removed around an inbox rule'
      : 'Notices about the account were removed',

  sentence: finding => {
    const { end, key, notes, start, withinMinutes } = finding
    return (
      `${when(start, end)} traces were removed from the mailbox of ${key[0]}${fromAddresses(finding)}: ${notes.join(', ')}.` +
      ` One within ${span(withinMinutes)} is enough for this message.`
    )
  },

  triage: [
    'Phone the owner: did they tidy up, and was the rule or the new sign-in method theirs?',
    'If not: revoke sessions, reset the password, remove new methods, devices and rules.',
    'Recoverable Items keep what was deleted for 14 days: look at what went out and to whom.',
    'Warn those who got mail from this account.',
  ],
  notKnown: 'What the messages said. Subjects are compared here and kept nowhere.',
  falsePositives: [
    'Somebody who deletes a notice about his own new phone',
    'Tidying up together with a new rule',
  ],
  notCovered: [
    'Moves where the mailbox does not audit them, and deletions whose record tells no subject',
    'Notices in languages that are not in the list',
  ],
  references: [technique('T1070.008'), technique('T1564.008')],
  covers: ['Elastic: MFA notification email deleted or moved', 'Sentinel: rule creation with archive move'],
})
