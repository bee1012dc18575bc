import { defineDetection } from '../model/detection.ts'
import { grantSignals, registeredIds } from './kit/mailbox-grants.ts'
import { isSystemActor } from './kit/system-actors.ts'
import { technique } from './kit/technique.ts'
import { single } from './kit/terms.ts'
import { many, names, opening, span } from './kit/words.ts'

export default defineDetection({
  id: 'mailbox-permission',
  title: 'Rights on a mailbox handed out',
  attack: ['T1098.002'],
  reads: ['Add-MailboxPermission', 'Add-RecipientPermission', 'Set-Mailbox', 'New-ServicePrincipal'],
  usesDomains: true,
  terms: [
    {
      ...single('right', 'rights of an application registered with Exchange within a day of it', 'critical'),
      withinMinutes: 1440,
      also: { measures: ['registered'], atLeast: 1 },
    },
    single('self', 'rights on another mailbox that somebody gave to their own account', 'high'),
    single('outside', 'rights for strangers, guests, applications or everyone', 'high'),
    {
      ...single('mailboxes', 'mailboxes one person or application handed out rights on', 'high'),
      atLeast: 3,
      withinMinutes: 1440,
    },
    single('inside', 'rights for colleagues', 'medium'),
  ],

  *signals(record, tenant) {
    if (!record.succeeded || isSystemActor(record)) return
    if (record.operation === 'New-ServicePrincipal')
      for (const id of registeredIds(record)) yield { key: [id, 'application'], measure: 'registered' }
    else yield* grantSignals(record, tenant)
  },

  headline: ({ term, count }) => {
    if (term === 'mailboxes') return `Rights handed out on ${many(count, 'mailbox', 'mailboxes')}`
    if (term === 'right') return 'Mailbox rights for a newly registered application'
    if (term === 'outside') return 'Mailbox rights for somebody outside, or for everyone'
    return term === 'self' ? 'Somebody took rights on a mailbox' : 'New rights on a mailbox'
  },

  sentence: finding => {
    const { key, term, notes, mailboxes, limit, withinMinutes } = finding
    const to =
      { mailboxes: '', self: ' their own account', right: ` the new application ${key[0]}` }[term] ??
      ` ${key[1]}`
    const limited =
      term === 'mailboxes' ? ` The limit is ${limit} mailboxes within ${span(withinMinutes)}.` : ''
    return `${opening(finding)} gave${to} rights (${names(notes)}) on ${names(mailboxes)}.${limited}`
  },

  triage: [
    'Ask whoever made the change, by phone, who asked for it; then ask the owners of the mailboxes.',
    'If nobody asked: take the rights away again and revoke the sessions of both accounts.',
    'Look at what the new reader has opened or sent since, and for other changes by the same account.',
  ],
  notKnown: 'Whether the rights have been used, and whether somebody asked for them.',
  falsePositives: [
    'Shared mailboxes, cover during holidays, people who leave',
    'Backup and migration products that are set up with full access',
  ],
  notCovered: [
    'Rights that come with joining a group that already has them',
    'Whom an alias or a display name belongs to: a contact in your directory counts as a colleague',
  ],
  references: [technique('T1098.002')],
  covers: [
    'Splunk: O365 Suspicious Rights Delegation',
    'Splunk: O365 Elevated Mailbox Permission Assigned',
    'Elastic: M365 Exchange Mailbox High-Risk Permission Delegated',
    'Sentinel: Rare and potentially high-risk Office operations (mailbox permissions)',
    'CIPP: mailbox permission changes',
  ],
})
