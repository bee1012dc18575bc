import { defineCases } from '../../test/support/cases.ts'
import { ADMIN, cmdlet, provisioning } from '../../test/support/record-cmdlets.ts'
import { licence, userChange } from '../../test/support/record-compliance.ts'
import { at, bind, person, type RawRecord, staff, TENANT } from '../../test/support/records.ts'
import { type Observation, observationBody } from '../model/observation.ts'
import type { Seconds } from '../model/time.ts'

const anna = person('anna')
const seen = (operation: Observation['operation'], of: string, when: Seconds, observed = {}): RawRecord => ({
  ...observationBody(TENANT, {
    operation,
    at: when,
    identity: [of, String(when)],
    ...(of.includes('@') ? { mailbox: of } : { object: of }),
    observed,
  }),
})
const quiet = (mailbox = anna, when = at('11:00')) =>
  seen('MailboxSilent', mailbox, when, { signs: 9, usual: 2 })
const feed = (of: string) => seen('FeedSilent', of, at('09:00'), { missed: 22, needed: 22 })
const bypass = (when: Seconds, AuditBypassEnabled = 'True') =>
  cmdlet('Set-MailboxAuditBypassAssociation', { Identity: anna, AuditBypassEnabled }, { at: when })
const [first = '', second = '', third = ''] = staff(3)
const stop = seen('SubscriptionStopped', 'Audit.Exchange', at('09:00'))
const restart = (when: Seconds) => seen('SubscriptionRestarted', 'Audit.Exchange', when)

const NOTE = 'other signs of life in 9 hours since, where at most 2 such hours lay between two reads before'
const one = { term: 'silent', severity: 'medium', count: 1, actor: 'waxseal', mailboxes: [anna] } as const
const changed = { term: 'after-change', severity: 'high', count: 1, actor: ADMIN, mailboxes: [anna] } as const

export const cases = defineCases('silence', {
  fires: {
    'reads of a mailbox are no longer recorded': {
      records: [quiet()],
      expect: { ...one, notes: [NOTE] },
    },
    'the same, told twice by two who looked': { records: [quiet(), quiet()], expect: one },
    'two mailboxes': {
      records: [quiet(first), quiet(second)],
      expect: { ...one, count: 2, mailboxes: [first, second] },
    },
    'three mailboxes in a day': {
      records: [quiet(first), quiet(second, at('12:00')), quiet(third, at('13:00'))],
      expect: { term: 'several', severity: 'high', count: 3 },
    },
    'the owner was exempted the day before': {
      records: [bypass(at('09:30')), quiet(anna, at('09:20', 1))],
      expect: changed,
    },
    'the mailbox lost its reads from the record': {
      records: [
        cmdlet('Set-Mailbox', { Identity: anna, AuditOwner: '-MailItemsAccessed' }, { at: at('10:20') }),
        quiet(),
      ],
      expect: changed,
    },
    'the plan was taken out of the licence': {
      records: [userChange(anna, licence(), licence('M365_ADVANCED_AUDITING'), { at: at('10:20') }), quiet()],
      expect: changed,
    },
    'the owner was exempted three days before': {
      records: [bypass(at('11:00')), quiet(anna, at('11:00', 3))],
      expect: { ...one, count: 1 },
    },
    'an exemption was taken back before': { records: [bypass(at('10:20'), 'False'), quiet()], expect: one },
    'the owner was exempted after it': {
      records: [quiet(), bypass(at('12:00'))],
      expect: { ...one, recordCount: 2 },
    },
    'the records of mail stop': {
      records: [feed('Audit.Exchange')],
      expect: { term: 'mail', severity: 'high', count: 1, actor: 'waxseal' },
    },
    'all reads stop while other records of mail come': {
      records: [feed('MailItemsAccessed')],
      expect: { term: 'mail', severity: 'high' },
    },
    'the records of another content type stop': {
      records: [feed('Audit.General')],
      expect: { term: 'feed', severity: 'medium', count: 1 },
    },
    'collection was switched off': {
      records: [stop],
      expect: { term: 'subscription', severity: 'high', count: 1 },
    },
    'collection was switched off and is on again': {
      records: [stop, restart(at('09:05'))],
      expect: { term: 'restarted', severity: 'high', count: 1 },
    },
    'collection is on again on the day after': {
      records: [stop, restart(at('10:05', 1))],
      expect: { term: 'restarted', severity: 'high' },
    },
    'reads come again': {
      records: [quiet(), seen('MailboxHeard', anna, at('09:00', 2))],
      expect: { term: 'again', severity: 'low', count: 1, key: [anna, 'again'] },
    },
    'a content type comes again': {
      records: [feed('Audit.General'), seen('FeedHeard', 'Audit.General', at('09:00', 1))],
      expect: { term: 'again', severity: 'low', count: 1 },
    },
  },
  quiet: {
    'reads that are recorded': [
      bind({ mailbox: anna, at: at('11:00'), messages: ['<1@mail.partner.example>'] }),
    ],
    'a change of auditing that silences nobody': [bypass(at('10:20'))],
    'Exchange provisions a mailbox': [
      provisioning('Set-Mailbox', { Identity: anna, AuditOwner: '-MailItemsAccessed' }),
    ],
    'reads come again that nobody missed': [seen('MailboxHeard', anna, at('09:00'))],
    'reads come again after more than a week': [seen('MailboxHeard', anna, at('11:00', 8))],
    'collection is started that nobody had stopped': [restart(at('09:05'))],
  },
})
