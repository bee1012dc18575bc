import { defineDetection, TENANT_KEY } from '../model/detection.ts'
import { gap, ON_AGAIN } from './kit/audit-gap.ts'
import { silenceHeadline, silenceSentence, silentOnes } from './kit/silence-words.ts'
import { CHANGES, SILENCES, silenceSignals } from './kit/silences.ts'
import { technique } from './kit/technique.ts'
import { following, single } from './kit/terms.ts'

const AFTER_CHANGE = {
  id: 'after-change',
  counts: 'mailboxes no longer recorded, in the 3 days after auditing was changed',
  measures: ['silent'],
  severity: 'high',
} as const
const RESTARTED = {
  id: 'restarted',
  counts: 'times collection was on again',
  measures: ['restarted'],
  severity: 'high',
} as const
const silent = single('silent', 'mailboxes whose reads are no longer recorded', 'medium')

export default defineDetection({
  id: 'silence',
  title: 'Audit records stopped coming',
  attack: ['T1562.008'],
  reads: [...SILENCES, ...CHANGES],
  terms: [
    following(AFTER_CHANGE, ['change'], 4_320),
    { ...silent, id: 'several', atLeast: 3, withinMinutes: 1_440, severity: 'high' },
    following(RESTARTED, ['subscription'], 10_080),
    single('subscription', 'times collection was switched off', 'high'),
    single('mail', 'times the records of mail stopped', 'high'),
    single('feed', 'times the records of another content type stopped', 'medium'),
    silent,
    { id: 'again', counts: 'times records came again', ...ON_AGAIN, severity: 'low' },
  ],
  about: 'first',

  signals: silenceSignals,

  blind(finding) {
    const { key, mailboxes, term } = finding
    const ended = term === 'again' || term === 'restarted'
    const feed = key[0] === TENANT_KEY && key[1] !== 'mailboxes' ? key[1] : undefined
    if (feed !== undefined) return gap(finding, ended, 'tenant', silentOnes(feed))
    return gap(finding, ended, ended ? [key[0]] : mailboxes, 'reads of mail')
  },

  headline: silenceHeadline,
  sentence: silenceSentence,

  triage: [
    'Look at Microsoft’s service health first: a delay there looks the same. Then ask your other administrators.',
    'Ask the mailbox’s owner what they use for mail; see Get-MailboxAuditBypassAssociation and their licence.',
    'Search the audit log in Purview for changes of auditing, licences and mailboxes just before that time.',
    'If nobody knows: presume somebody reads unseen. Check sign-ins, rules, permissions and app consents.',
  ],
  notKnown: 'Whether anything happened at all: that records are missing is a reason to look, not proof.',
  falsePositives: [
    'Microsoft’s own delays of one kind of record; an office closed longer than two holidays while programs go on',
    'Somebody who moves to another mail system or program and keeps the account',
  ],
  notCovered: [
    'Mailboxes and feeds with less than two weeks of rhythm, and mailboxes of people who are away',
    'Everything quiet at once: that is told under health, as an outage looks the same',
    'Accounts whose own mailbox is read on by others: an exemption hides what an account does elsewhere',
  ],
  references: [technique('T1562.008')],
  covers: ['No public rule: records of a mailbox or content type stop coming'],
})
