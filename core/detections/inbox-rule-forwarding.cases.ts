import { defineCases } from '../../test/support/cases.ts'
import { inboxRule, outlookRule } from '../../test/support/record-rules.ts'
import { at, guid, minutes, person } from '../../test/support/records.ts'

const anna = person('anna')
const bruno = person('bruno')
const outside = 'copy@harvest.example'

/** A rule with a condition: it takes some of the mail. */
const some = { SubjectContainsWords: 'invoice;payment' }
const forward = { ...some, ForwardTo: outside }
const hides = (notes: string) =>
  ({ term: 'outside-and-hidden', severity: 'critical', notes: [notes] }) as const

export const cases = defineCases('inbox-rule-forwarding', {
  fires: {
    'a new rule forwards some mail outside': {
      records: [inboxRule({ Name: 'Invoices', ...forward })],
      expect: {
        term: 'outside',
        severity: 'high',
        count: 1,
        key: [anna, 'Invoices', outside],
        actor: anna,
        notes: [],
      },
    },
    'a new rule forwards as an attachment': {
      records: [inboxRule({ ...some, ForwardAsAttachmentTo: outside })],
      expect: { term: 'outside' },
    },
    'a new rule redirects': {
      records: [inboxRule({ ...some, RedirectTo: outside })],
      expect: { term: 'outside' },
    },
    'a new rule redirects, the parameter in its other spelling': {
      records: [inboxRule({ ...some, redirecttorecipients: outside })],
      expect: { term: 'outside' },
    },
    'a new rule takes every message': {
      records: [inboxRule({ Name: 'x', ForwardTo: outside, MarkImportance: 'Normal' })],
      expect: hides('takes every message'),
    },
    'a new rule with conditions that are empty': {
      records: [inboxRule({ Name: 'x', ForwardTo: outside, From: '', BodyContainsWords: ' ' })],
      expect: hides('takes every message'),
    },
    'a new rule deletes the original': {
      records: [inboxRule({ ...forward, DeleteMessage: 'True' })],
      expect: hides('deletes the original'),
    },
    'a new rule deletes the original, soft': {
      records: [inboxRule({ ...forward, SoftDeleteMessage: '1' })],
      expect: hides('deletes the original'),
    },
    'a new rule deletes the original for good': {
      records: [inboxRule({ ...forward, PermanentDelete: '$true' })],
      expect: hides('deletes the original for good'),
    },
    'a new rule marks as read': {
      records: [inboxRule({ ...forward, MarkAsRead: 'true' })],
      expect: hides('marks it as read'),
    },
    'a new rule stops other rules': {
      records: [inboxRule({ ...forward, StopProcessingRules: 'True' })],
      expect: hides('stops other rules'),
    },
    'a rule that forwards inside and outside': {
      records: [inboxRule({ ...some, ForwardTo: `${bruno};${outside}`, RedirectTo: bruno })],
      expect: { term: 'outside', key: [anna, 'Invoices', outside] },
    },
    'an administrator makes the rule for somebody': {
      records: [inboxRule({ ...forward, Mailbox: bruno }, { owner: person('admin') })],
      expect: { key: [bruno, 'Invoices', outside], actor: person('admin') },
    },
    'the mailbox told by the object alone': {
      records: [
        inboxRule(forward, {
          change: {
            UserId: person('admin'),
            ObjectId: `GBRP265A001.prod.outlook.example/Hosted/birchwood/${bruno}\\Invoices`,
          },
        }),
      ],
      expect: { key: [bruno, 'Invoices', outside] },
    },
    'a rule whose destination is a bare name': {
      records: [inboxRule({ ...some, ForwardTo: 'Projects archive' })],
      expect: {
        term: 'unknown-destination',
        severity: 'medium',
        key: [anna, 'Invoices', 'Projects archive'],
      },
    },
    'a rule whose destination is a directory id': {
      records: [inboxRule({ ...some, ForwardTo: guid('a mail contact') })],
      expect: { term: 'unknown-destination', severity: 'medium', count: 1 },
    },
    'a rule that sends text messages to a phone': {
      records: [inboxRule({ ...some, SendTextMessageNotificationTo: '+1 555 0100' })],
      expect: { term: 'unknown-destination' },
    },
    'parameters as one command line': {
      records: [
        inboxRule(
          {},
          {
            change: { Parameters: `-Name "All mail" -ForwardTo ("${outside}","${bruno}") -MarkAsRead:$true` },
          },
        ),
      ],
      expect: { term: 'outside-and-hidden', key: [anna, 'All mail', outside] },
    },
    'parameters as JSON in a text': {
      records: [inboxRule({}, { change: { Parameters: `[{"Value":"${outside}","Name":"ForwardTo"}]` } })],
      expect: { term: 'outside-and-hidden', key: [anna, 'Invoices', outside] },
    },
    'the same rule made again the same day': {
      records: [
        inboxRule({ Name: 'Invoices', ...forward }),
        inboxRule({ Name: 'Invoices', ...forward }, { at: at('16:40') }),
      ],
      expect: { count: 1, recordCount: 2, key: [anna, 'Invoices', outside] },
    },
    'learned domains: an address elsewhere is outside': {
      learned: true,
      records: [inboxRule(forward), outlookRule([])],
      expect: { term: 'outside' },
    },
    'learned domains: a partner forwards to his own firm': {
      learned: true,
      records: [
        inboxRule(
          { ...some, Mailbox: anna, ForwardTo: 'tech@partner.example' },
          { owner: 'tech@partner.example', change: { UserType: 9 } },
        ),
      ],
      expect: { term: 'outside', key: [anna, 'Invoices', 'tech@partner.example'] },
    },
  },
  quiet: {
    'a rule that forwards inside': [inboxRule({ ...some, ForwardTo: bruno, DeleteMessage: 'True' })],
    'a rule that forwards to the firm’s first domain': [
      inboxRule({ ...some, ForwardTo: 'bruno@birchwood.onmicrosoft.example' }),
    ],
    'a rule that only moves mail': [
      inboxRule({ MoveToFolder: 'RSS Feeds', MarkAsRead: 'True', StopProcessingRules: 'True' }),
    ],
    'forwarding is taken out: the value is empty': [
      inboxRule({ ForwardTo: '', RedirectTo: '' }, { operation: 'Set-InboxRule' }),
    ],
    'rules are removed and switched off': [
      inboxRule({ ...forward, Identity: `${anna}\\Invoices` }, { operation: 'Remove-InboxRule' }),
      inboxRule({ ...forward, Identity: `${anna}\\Invoices` }, { operation: 'Disable-InboxRule' }),
    ],
    'a rule is switched on, and the record says no more': [
      inboxRule({ Identity: `${anna}\\Invoices` }, { operation: 'Enable-InboxRule' }),
    ],
    'a rule that could not be made': [inboxRule(forward, { change: { ResultStatus: 'False' } })],
    'learned domains: a rule to the owner’s own domain': {
      learned: true,
      records: [
        inboxRule({ ...some, ForwardTo: bruno }, { change: { OrganizationName: undefined } }),
        outlookRule([{ ActionType: 'Forward', Recipients: [bruno] }], { at: at('09:12') + minutes(1) }),
      ],
    },
  },
})
