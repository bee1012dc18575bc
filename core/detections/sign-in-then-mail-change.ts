import { defineDetection } from '../model/detection.ts'
import { SIGN_INS } from '../model/identity-operations.ts'
import type { Severity } from '../model/severity.ts'
import { changeSequence } from './kit/change-sequences.ts'
import { MAIL_CHANGES } from './kit/mail-changes.ts'
import { technique } from './kit/technique.ts'
import { following } from './kit/terms.ts'
import { fromAddresses, many, names, span, when } from './kit/words.ts'

/** Changes after a first step. */
function changed(id: string, first: string, severity: Severity) {
  return {
    id,
    counts: `changes that lead mail away or open it, after ${first}`,
    measures: ['changed'],
    severity,
  }
}

const ODD = 'a suspicious sign-in'
const NEW_PLACE = 'a sign-in from a network new to the user, and from there'

export default defineDetection({
  id: 'sign-in-then-mail-change',
  title: 'Mail settings changed after an odd sign-in',
  attack: ['T1078.004', 'T1114.003'],
  reads: [...SIGN_INS, ...MAIL_CHANGES],
  usesDomains: true,
  parts: ['network'],
  terms: [
    {
      ...following(changed('session', `${ODD} of the session`, 'critical'), ['suspicious', 'doubtful'], 1440),
      perSession: true,
    },
    following(changed('soon', ODD, 'critical'), ['suspicious'], 120),
    following(changed('later', ODD, 'high'), ['suspicious'], 1440),
    following(changed('doubtful', 'a doubtful sign-in', 'high'), ['doubtful'], 120),
    { ...following(changed('place', NEW_PLACE, 'medium'), ['entered'], 120), fresh: ['network'] },
  ],
  signals: changeSequence,

  headline: ({ term }) =>
    term === 'place'
      ? 'Mail settings changed from a new place'
      : 'Mail settings changed after an odd sign-in',

  sentence: finding => {
    const { count, end, key, limit, notes, start, term, withinMinutes } = finding
    const where = term === 'place' ? ', on a network not seen of this user in the 30 days before' : ''
    const session = term === 'session' ? ', in one session' : ''
    return (
      `${when(start, end)} the account ${key[0]}${where} signed in and made ${many(count, 'change')} that lead mail away` +
      ` or open it${session}${fromAddresses(finding)} (${names(notes, 4)}). The limit is ${limit} within ${span(withinMinutes)}.`
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
