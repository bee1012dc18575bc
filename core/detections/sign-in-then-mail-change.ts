import { defineDetection } from '../model/detection.ts'
import { SIGN_INS } from '../model/identity-operations.ts'
import { changeSequence } from './kit/change-sequences.ts'
import { MAIL_CHANGES } from './kit/mail-changes.ts'
import { inOrder } from './kit/suspicious-sign-in.ts'
import { technique } from './kit/technique.ts'
import { following } from './kit/terms.ts'
import { fromAddresses, span, when } from './kit/words.ts'

const CHANGED = {
  measures: ['changed'],
  counts: 'changes that lead mail away or open it',
}
const ODD = ['suspicious-sign-in', 'doubtful-sign-in']

export default defineDetection({
  id: 'sign-in-then-mail-change',
  title: 'Mail settings changed after an odd sign-in',
  attack: ['T1078.004', 'T1114.003'],
  reads: [...SIGN_INS, ...MAIL_CHANGES],
  usesDomains: true,
  parts: ['network'],
  terms: [
    { ...following({ id: 'session', ...CHANGED, severity: 'critical' }, ODD, 1440), perSession: true },
    following({ id: 'soon', ...CHANGED, severity: 'critical' }, ['suspicious-sign-in'], 120),
    following({ id: 'later', ...CHANGED, severity: 'high' }, ['suspicious-sign-in'], 1440),
    following({ id: 'doubtful', ...CHANGED, severity: 'high' }, ['doubtful-sign-in'], 120),
    { ...following({ id: 'place', ...CHANGED, severity: 'medium' }, ['sign-in'], 120), fresh: ['network'] },
  ],
  signals: changeSequence,

  headline: ({ term }) =>
    term === 'place'
      ? 'Mail settings changed from a new place'
      : 'Mail settings changed after an odd sign-in',

  sentence: finding => {
    const { end, key, notes, start, term, withinMinutes } = finding
    const { first, rest } = inOrder(notes)
    const how =
      term === 'place' ? 'signed in on a network not seen of this user in the 30 days before' : first
    const session = term === 'session' ? ' in the same session' : ''
    return (
      `${when(start, end)} ${key[0]} ${how}, and then${session}${fromAddresses(finding)}: ${rest}.` +
      ` One such change within ${span(withinMinutes)} is enough for this message.`
    )
  },

  triage: [
    'Phone the user: did they sign in and change this?',
    'If not: revoke sessions and reset the password first, then check MFA methods and devices.',
    'Undo the changes: switch rules and forwards off, remove rights and consents; keep a note of each.',
    'Look at what was read, sent and deleted in the same session.',
  ],
  notKnown: 'Whether the user himself was on the way, with a new program.',
  falsePositives: [
    'An administrator at work from a new place',
    'A new mail program and a new rule on one day',
  ],
  notCovered: [
    'Sign-ins before the window: a thief who waits a day',
    'A new network used before midnight UTC and a change after it',
    'Country and provider of a network, and addresses that tried other accounts: no database, no list is kept',
  ],
  references: [technique('T1078.004'), technique('T1114.003')],
  covers: [
    'reprise99: risky session, then mailbox changes',
    'Sentinel: high-risk Office operation from an address that tried a disabled account (in part)',
  ],
})
