import { defineCases } from '../../test/support/cases.ts'
import { inboxRule, outlookRule, restampedRule, webRule } from '../../test/support/record-rules.ts'
import { at, person } from '../../test/support/records.ts'

const anna = person('anna')
const admin = person('helen')
const rule = (parameters: Record<string, string>, operation = 'New-InboxRule') =>
  inboxRule({ Name: 'Invoices', ...parameters }, { operation })
/** One sender: the rule takes some of the mail. */
const some = { From: 'shop@partner.example' }
const likely = { term: 'likely', severity: 'medium', count: 1 } as const
const clear = { term: 'clear', severity: 'high', count: 1 } as const

export const cases = defineCases('hiding-rule', {
  fires: {
    'five points: deletes, marks as read': {
      records: [rule({ ...some, DeleteMessage: 'True', MarkAsRead: 'True' })],
      expect: {
        ...likely,
        key: [anna, 'Invoices'],
        actor: anna,
        mailboxes: [anna],
        notes: ['deletes, marks as read'],
      },
    },
    'five points: deletes what warns': {
      records: [rule({ ...some, DeleteMessage: 'True', SubjectContainsWords: 'phishing' })],
      expect: { ...likely, notes: ['deletes, looks for security warnings'] },
    },
    'five points: to RSS Feeds, marked as read': {
      records: [rule({ ...some, MoveToFolder: 'RSS Feeds', MarkAsRead: 'True' })],
      expect: { ...likely, notes: ['moves to "RSS Feeds", marks as read'] },
    },
    'seven points: one fewer than clear': {
      records: [rule({ ...some, DeleteMessage: 'True', SubjectOrBodyContainsWords: 'invoice;hacked' })],
      expect: likely,
    },
    'eight points: one more': {
      records: [
        rule({
          ...some,
          DeleteMessage: 'True',
          SubjectOrBodyContainsWords: 'invoice;hacked',
          StopProcessingRules: 'True',
        }),
      ],
      expect: { ...clear, severity: 'high' },
    },
    'the rule of many a thief': {
      records: [
        rule({
          Name: '..',
          SubjectOrBodyContainsWords: 'invoice;payment',
          MoveToFolder: 'RSS Subscriptions',
          MarkAsRead: 'True',
          StopProcessingRules: 'True',
        }),
      ],
      expect: { ...clear, key: [anna, '..'] },
    },
    'everything is deleted': {
      records: [rule({ DeleteMessage: 'True' })],
      expect: { ...likely, notes: ['deletes, takes every message'] },
    },
    'an old rule starts to hide': {
      records: [
        rule(
          { Identity: 'Invoices', MoveToFolder: 'Conversation History', MarkAsRead: 'True' },
          'Set-InboxRule',
        ),
      ],
      expect: likely,
    },
    'a rule is switched on that tells what it does': {
      records: [rule({ ...some, DeleteMessage: 'True', MarkAsRead: 'True' }, 'Enable-InboxRule')],
      expect: likely,
    },
    'an administrator makes it for somebody': {
      records: [
        inboxRule(
          { Name: 'x y', Mailbox: anna, ...some, DeleteMessage: 'True', MarkAsRead: 'True' },
          { owner: admin },
        ),
      ],
      expect: { ...likely, key: [anna, 'x y'], actor: admin },
    },
    'answers of one colleague are put away': {
      records: [
        rule({
          From: person('bruno'),
          MoveToFolder: 'Archive',
          MarkAsRead: 'True',
          StopProcessingRules: 'True',
        }),
      ],
      expect: {
        ...likely,
        notes: ['moves to the archive, marks as read, stops other rules, is aimed at one colleague'],
      },
    },
    'desktop Outlook deletes and marks as read': {
      records: [outlookRule([{ ActionType: 'Delete' }, { ActionType: 'MarkAsRead' }])],
      expect: { ...likely, notes: ['deletes, marks as read, looks for money matters'] },
    },
    'desktop Outlook deletes everything': {
      records: [outlookRule([{ ActionType: 'PermanentDelete' }], { properties: { RuleCondition: '{}' } })],
      expect: likely,
    },
    'Outlook on the web deletes and marks as read': {
      records: [webRule('DeleteAction;MarkAsReadAction', [], { properties: { ServerRule: undefined } })],
      expect: likely,
    },
    'one rule, twice a day': {
      records: [
        rule({ DeleteMessage: 'True' }),
        inboxRule({ Name: 'Invoices', DeleteMessage: 'True' }, { at: at('16:00') }),
      ],
      expect: { ...likely, recordCount: 2 },
    },
    'two changes of one rule: the worse speaks': {
      records: [
        rule({ DeleteMessage: 'True' }),
        rule({ DeleteMessage: 'True', MoveToFolder: 'RSS Feeds', MarkAsRead: 'True' }, 'Set-InboxRule'),
      ],
      expect: { ...clear, count: 1 },
    },
  },
  quiet: {
    'four points: deletes, stops other rules': [
      rule({ ...some, DeleteMessage: 'True', StopProcessingRules: 'True' }),
    ],
    'newsletters to a folder of one’s own': [
      rule({ ...some, MoveToFolder: 'Newsletters', MarkAsRead: 'True', StopProcessingRules: 'True' }),
    ],
    'invoices to a folder of one’s own': [
      rule({ SubjectContainsWords: 'invoice;statement', MoveToFolder: 'Suppliers', MarkAsRead: 'True' }),
    ],
    'spam to the junk folder, once': [rule({ ...some, MoveToFolder: 'Junk Email' })],
    'cover for a colleague: everything goes to somebody': [
      rule({ ForwardTo: person('bruno'), StopProcessingRules: 'True' }),
    ],
    'a category': [rule({ ...some, ApplyCategory: 'Red', MarkAsRead: 'True' })],
    'what hides is taken out': [
      rule(
        { Identity: 'Invoices', DeleteMessage: 'False', MoveToFolder: '', MarkAsRead: 'False' },
        'Set-InboxRule',
      ),
    ],
    'it could not be made': [
      inboxRule({ DeleteMessage: 'True', MarkAsRead: 'True' }, { change: { ResultStatus: 'False' } }),
    ],
    'a rule is removed, switched off, listed': [
      rule({ DeleteMessage: 'True', MarkAsRead: 'True' }, 'Remove-InboxRule'),
      rule({ DeleteMessage: 'True', MarkAsRead: 'True' }, 'Disable-InboxRule'),
      rule({ DeleteMessage: 'True', MarkAsRead: 'True' }, 'Get-InboxRule'),
    ],
    'desktop Outlook files by folder id': [
      outlookRule([{ ActionType: 'Move', DestinationFolderId: 'LgAAAAC' }], {
        properties: { RuleState: 'Enabled, ExitAfterExecution' },
      }),
    ],
    'desktop Outlook removes such a rule': [
      outlookRule([{ ActionType: 'Delete' }, { ActionType: 'MarkAsRead' }], {
        properties: { RuleOperation: 'RemoveMailboxRule' },
      }),
    ],
    'desktop Outlook stamps two hundred rules anew, all blank': Array.from({ length: 200 }, (_, n) =>
      restampedRule(at('09:12') + Math.floor(n / 20)),
    ),
    'Outlook on the web files': [webRule('MoveToFolderAction', [])],
  },
})
