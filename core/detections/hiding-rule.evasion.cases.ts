import { defineCases } from '../../test/support/cases.ts'
import { foundRule, inboxRule, outlookRule, restampedRule } from '../../test/support/record-rules.ts'
import { at, graphApp, guid, person } from '../../test/support/records.ts'

const anna = person('anna')
const some = { From: 'shop@partner.example' }
const read = { MarkAsRead: 'True' }
const rule = (parameters: Record<string, string>, operation = 'New-InboxRule') =>
  inboxRule({ Name: 'Invoices', ...parameters }, { operation })
const likely = { term: 'likely', severity: 'medium', count: 1 } as const
const clear = { term: 'clear', severity: 'high', count: 1 } as const
const fires = (expect: typeof likely | typeof clear, all: Record<string, Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(all).map(([how, parameters]) => [how, { records: [rule(parameters)], expect }]),
  )
const quiet = (all: Record<string, Record<string, string>>) =>
  Object.fromEntries(Object.entries(all).map(([how, parameters]) => [how, [rule(parameters)]]))

const byAnApp = {
  ...graphApp(guid('a rule maker')),
  UserType: 5,
  UserId: guid('a rule maker'),
  ObjectId: `${anna}\\Invoices`,
}

/** Moves that slip past other rules, and beside each what looks alike and is not. */
export const cases = defineCases('hiding-rule', {
  fires: {
    'a change recorded blank, the rule read back': {
      records: [
        restampedRule(at('09:12')),
        foundRule({ ...some, ...read, MoveToFolder: 'Deleted Items' }, { after: { actor: anna } }),
      ],
      expect: likely,
    },
    'a rule that no record tells of, found by the sweep': {
      records: [foundRule({ Name: '.', DeleteMessage: 'True' })],
      expect: { ...clear, actor: anna },
    },
    'a folder told by id, its name found by reading back': {
      records: [
        outlookRule([{ ActionType: 'Move', DestinationFolderId: `${'A'.repeat(50)}=` }]),
        foundRule({ ...some, ...read, MoveToFolder: 'Deleted Items' }, { after: { actor: anna } }),
      ],
      expect: { ...likely, key: [anna, 'Invoices'], recordCount: 1 },
    },
    ...fires(likely, {
      'PermanentDelete instead of DeleteMessage': { ...some, ...read, PermanentDelete: 'True' },
      'SoftDeleteMessage instead of DeleteMessage': { ...some, ...read, SoftDeleteMessage: '1' },
      'to Conversation History': { ...some, ...read, MoveToFolder: 'anna:\\Conversation History' },
      'to Notes': { ...some, ...read, MoveToFolder: 'Notes' },
      'to a folder inside Deleted Items': { ...some, ...read, MoveToFolder: 'anna:\\Deleted Items\\2026' },
      'to a custom folder nobody would name so': { ...some, ...read, MoveToFolder: 'Inbox\\.' },
      'copied instead of moved': { ...some, ...read, CopyToFolder: 'RSS Feeds' },
      'to a folder in the owner’s language': { ...some, ...read, MoveToFolder: 'Éléments supprimés' },
      'to the archive, everything, read': { ...read, MoveToFolder: 'Archive' },
      'keyword-free: no condition at all': { DeleteMessage: 'True' },
      'keyword-free: a NUL in the body': { BodyContainsWords: '\u0000', DeleteMessage: 'True' },
      'keyword-free: more than a kilobyte': { WithinSizeRangeMinimum: '1KB', DeleteMessage: 'True' },
      'keyword-free: the sender has an at sign': { FromAddressContainsWords: '@', DeleteMessage: 'True' },
      'keyword-free: the sender has a dot': { FromAddressContainsWords: '.', DeleteMessage: 'True' },
      'words of another language: German': { SubjectContainsWords: 'Rechnung', DeleteMessage: 'True' },
      'words of another language: French': { SubjectContainsWords: 'virement', DeleteMessage: 'True' },
      'words of another language: Polish': { BodyContainsWords: 'przelew', DeleteMessage: 'True' },
      'words of another language: Russian': { SubjectContainsWords: 'счёт', DeleteMessage: 'True' },
      'words of another language: Japanese': { SubjectContainsWords: '請求書', DeleteMessage: 'True' },
      'words in a header': { HeaderContainsWords: 'invoice', DeleteMessage: 'True' },
      'words in capitals with an invisible letter': {
        SubjectContainsWords: 'PASS\u200bWORD',
        DeleteMessage: 'True',
      },
      'a benign name lowers nothing': { ...some, ...read, Name: 'Holiday schedule', DeleteMessage: 'True' },
      'a name of Unicode dots': { ...some, Name: '。。', DeleteMessage: 'True' },
      'names and values in other letters': {
        FROM: 'x@partner.example',
        DELETEMESSAGE: 'tRUE',
        markasread: '1',
      },
    }),
    ...fires(clear, {
      'a blank name, and everything is deleted': { Name: '\u3164', DeleteMessage: 'True' },
      'one letter, and to RSS Feeds': { ...some, ...read, Name: 'a', MoveToFolder: 'RSS Feeds' },
    }),
    'Set-InboxRule instead of New-': {
      records: [rule({ Identity: 'x y', ...read, DeleteMessage: 'True' }, 'Set-InboxRule')],
      expect: likely,
    },
    'a variant of the operation': {
      records: [rule({ ...some, ...read, DeleteMessage: 'True' }, 'NEW–INBOXRULE.')],
      expect: likely,
    },
    'a folder by id instead of name': {
      records: [
        outlookRule([{ ActionType: 'Move', DestinationFolderId: 'LgAAAAC' }, { ActionType: 'MarkAsRead' }], {
          properties: { RuleCondition: '(SubjectProperty contains "password")' },
        }),
      ],
      expect: {
        ...likely,
        notes: ['moves to a folder the record does not name, marks as read, looks for security warnings'],
      },
    },
    'a folder by id, in a cmdlet': {
      records: [rule({ ...read, MoveToFolder: 'LgAAAAC'.repeat(8), StopProcessingRules: 'True' })],
      expect: likely,
    },
    'a hidden rule: its name is blank': {
      records: [outlookRule([{ ActionType: 'Delete' }], { properties: { RuleName: undefined } })],
      expect: { ...clear, key: [anna, '(blank)'] },
    },
    'a rule made by an app over Graph': {
      records: [
        inboxRule({ ...some, ...read, Name: 'Invoices', DeleteMessage: 'True' }, { change: byAnApp }),
      ],
      expect: { ...likely, key: [anna, 'Invoices'], actor: `app:${guid('a rule maker')}` },
    },
    'late or duplicate content: one rule told twice': {
      records: [rule({ DeleteMessage: 'True' }), rule({ DeleteMessage: 'True' })],
      expect: { ...likely, recordCount: 1 },
    },
  },
  quiet: {
    'a change recorded blank, the rule read back files': [
      restampedRule(at('09:12')),
      foundRule({ ...some, ...read, MoveToFolder: 'Suppliers' }, { after: { actor: anna } }),
    ],
    'a rule that was there at the first look': [
      foundRule({ DeleteMessage: 'True' }, { operation: 'InboxRulesAtStart' }),
    ],
    'a rule made by an app over Graph, which files': [
      inboxRule({ ...some, ...read, Name: 'Invoices', MoveToFolder: 'Suppliers' }, { change: byAnApp }),
    ],
    ...quiet({
      'PermanentDelete, switched off': { ...some, ...read, PermanentDelete: 'False' },
      'a custom folder with Notes in its name': { ...some, ...read, MoveToFolder: 'Notes on pricing' },
      'to the archive, some, read': { ...some, ...read, MoveToFolder: 'Archive' },
      'an attachment as the condition': { HasAttachment: 'True', DeleteMessage: 'True' },
      'more than ten megabytes': {
        WithinSizeRangeMinimum: '10 MB (10,485,760 bytes)',
        DeleteMessage: 'True',
      },
      'a word that contains a keyword': { SubjectContainsWords: 'teach;caribou', DeleteMessage: 'True' },
      'a keyword among the exceptions': {
        ...some,
        ExceptIfSubjectContainsWords: 'invoice',
        DeleteMessage: 'True',
      },
      'an odd name, and nothing hidden': { ...some, Name: '.', MoveToFolder: 'Suppliers' },
    }),
    'Set-InboxRule with no condition: that means nothing': [
      rule({ Identity: 'x y', DeleteMessage: 'True' }, 'Set-InboxRule'),
    ],
    'a rule modified, the record blank': [
      outlookRule([], {
        at: at('09:12'),
        properties: { RuleOperation: 'ModifyMailboxRule', RuleName: undefined, RuleCondition: '{}' },
      }),
    ],
    'another operation: New-InboxRules': [rule({ ...read, DeleteMessage: 'True' }, 'New-InboxRules')],
  },
})
