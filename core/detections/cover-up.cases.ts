import { defineCases } from '../../test/support/cases.ts'
import { directoryRecord, userNames } from '../../test/support/record-directory.ts'
import { inboxRule, outlookRule, restampedRule } from '../../test/support/record-rules.ts'
import { ERRORS, OFFICE_HOME, type SignInEvent, signIn } from '../../test/support/record-sign-ins.ts'
import { type Access, at, group, guid, hours, minutes, person } from '../../test/support/records.ts'

const anna = person('anna')
const START = at('09:05')
const NOTICE = 'Your Microsoft security info was updated'

type Removal = Partial<Access> & {
  readonly after?: number
  readonly from?: string
  readonly subject?: string
}
const removed = (
  operation: string,
  { after = minutes(10), from = '\\Inbox', subject, ...access }: Removal = {},
) =>
  group(operation, {
    mailbox: anna,
    at: START + after,
    ...access,
    change: {
      Folder: { Id: guid(from), Path: from },
      ...(subject !== undefined && { AffectedItems: [{ Id: guid(subject), Subject: subject }] }),
      ...access.change,
    },
  })
const sent = (operation: string, given: Removal = {}) =>
  removed(operation, { from: '\\Sent Items', ...given })
const rule = inboxRule(
  { Name: 'Invoices', From: 'x@partner.example', MoveToFolder: 'Invoices' },
  { at: START },
)
const method = directoryRecord('User registered security info', {
  by: anna,
  target: userNames(anna),
  at: START,
})
const kit = (event: SignInEvent = {}) =>
  signIn({ app: OFFICE_HOME, resource: OFFICE_HOME, userAgent: 'axios/1.7.9', at: START, ...event })
const ARCHIVE = { DestFolder: { Id: guid('Archive'), Path: '\\Archive' } }

export const cases = defineCases('cover-up', {
  fires: {
    'sent messages deleted ten minutes after a rule': {
      records: [rule, sent('HardDelete')],
      expect: {
        term: 'sent-after-rule',
        severity: 'medium',
        key: [anna],
        count: 1,
        recordCount: 2,
        actor: anna,
        mailboxes: [anna],
        notes: ['inbox rule made or changed', 'sent messages taken out of sight'],
      },
    },
    'sent messages archived a second inside twelve minutes': {
      records: [rule, sent('Move', { after: minutes(12) - 1, change: ARCHIVE })],
      expect: { term: 'sent-after-rule', count: 1 },
    },
    'sent messages in another language, after a rule of Outlook': {
      records: [
        outlookRule([{ ActionType: 'Move', DestinationFolderId: 'x' }], { at: START }),
        removed('SoftDelete', { from: '\\Gesendete Elemente' }),
      ],
      expect: { term: 'sent-after-rule' },
    },
    'sent messages deleted twice after a rule': {
      records: [rule, sent('SoftDelete'), sent('HardDelete', { after: minutes(11) })],
      expect: { term: 'sent-after-rule', count: 2 },
    },
    'sent messages deleted right before a rule': {
      records: [sent('HardDelete', { after: 1 - minutes(12) }), rule],
      expect: { term: 'rule-after-sent', severity: 'medium', count: 1 },
    },
    'a notice purged after a new method': {
      records: [method, removed('SoftDelete', { subject: NOTICE, after: hours(24) - 1 })],
      expect: { term: 'purged', severity: 'medium', count: 1, key: [anna] },
    },
    'a notice put away after a new method': {
      records: [method, removed('MoveToDeletedItems', { subject: NOTICE })],
      expect: { term: 'moved', severity: 'low', count: 1 },
    },
    'a notice in French moved to the archive': {
      records: [method, removed('Move', { subject: 'Vos informations de sécurité', change: ARCHIVE })],
      expect: { term: 'moved' },
    },
    'a notice put away after a kit signed in': {
      records: [kit(), removed('MoveToDeletedItems', { subject: NOTICE, after: hours(24) - 1 })],
      expect: { term: 'after-sign-in', severity: 'high', count: 1 },
    },
    'a notice deleted in a mailbox by a delegate': {
      records: [kit(), removed('HardDelete', { subject: NOTICE, by: person('ben') })],
      expect: { term: 'after-sign-in', actor: anna },
    },
  },
  quiet: {
    'sent messages deleted, and no rule': [sent('HardDelete')],
    'a rule, and messages of the inbox deleted': [rule, removed('HardDelete')],
    'a rule, and sent messages filed': [
      rule,
      sent('Move', { change: { DestFolder: { Id: guid('Oak'), Path: '\\Clients\\Oak' } } }),
    ],
    'sent messages deleted twelve minutes after a rule': [rule, sent('HardDelete', { after: minutes(12) })],
    'sent messages deleted twelve minutes before a rule': [sent('HardDelete', { after: -minutes(12) }), rule],
    'sent messages deleted after Outlook stamped its rules anew': [restampedRule(START), sent('HardDelete')],
    'sent messages of a colleague': [rule, sent('HardDelete', { mailbox: person('ben') })],
    'a deletion that failed': [rule, sent('HardDelete', { change: { ResultStatus: 'Failed' } })],
    'a rule that failed': [{ ...rule, ResultStatus: 'False' }, sent('HardDelete')],
    'a notice deleted, and nothing new': [removed('SoftDelete', { subject: NOTICE })],
    'a notice deleted a day after a new method': [
      method,
      removed('SoftDelete', { subject: NOTICE, after: hours(24) }),
    ],
    'a notice put away a day after a new method': [
      method,
      removed('MoveToDeletedItems', { subject: NOTICE, after: hours(24) }),
    ],
    'a notice deleted before the method': [removed('SoftDelete', { subject: NOTICE, after: -1 }), method],
    'another message deleted after a new method': [method, removed('SoftDelete', { subject: 'Lunch?' })],
    'a notice filed after a new method': [
      method,
      removed('Move', { subject: NOTICE, change: { DestFolder: { Path: '\\IT' } } }),
    ],
    'a notice deleted after an honest sign-in': [
      signIn({ at: START }),
      removed('SoftDelete', { subject: NOTICE }),
    ],
    'a notice deleted a day after a kit signed in': [
      kit(),
      removed('SoftDelete', { subject: NOTICE, after: hours(24) }),
    ],
    'a notice deleted after a kit failed': [
      kit({ error: ERRORS.password }),
      removed('SoftDelete', { subject: NOTICE }),
    ],
  },
})
