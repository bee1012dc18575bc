import { defineCases } from '../../test/support/cases.ts'
import { foundRule, inboxRule, outlookRule, restampedRule, webRule } from '../../test/support/record-rules.ts'
import { at, person } from '../../test/support/records.ts'

const anna = person('anna')
const move = { SubjectContainsWords: 'offer', MoveToFolder: 'Offers' }
const named = (Name: string, operation = 'New-InboxRule') => inboxRule({ ...move, Name }, { operation })
const forward = [{ ActionType: 'Forward', Recipients: [person('bruno')] }]
const odd = { term: 'odd-name', severity: 'medium', count: 1 } as const

/** Names, what is told of them, and how they are shown. */
const ODD: Readonly<Record<string, readonly [name: string, why: string, shown?: string]>> = {
  'a dot': ['.', 'has no letter or digit'],
  dots: ['...', 'has no letter or digit'],
  'an ellipsis': ['…', 'has no letter or digit'],
  'full stops of another script': ['。。', 'has no letter or digit'],
  'a semicolon': [';', 'has no letter or digit'],
  'a dash and an emoji': ['- 📌', 'has no letter or digit'],
  nothing: ['', 'is blank', '(blank)'],
  blanks: ['  ', 'is blank', '(blank)'],
  'an invisible character': ['\u200b', 'is blank', '(blank)'],
  'a blank that is a letter': ['\u3164', 'is blank', '(blank)'],
  'a NUL': ['\u0000', 'is blank', '(blank)'],
  'one letter': ['x', 'is one character'],
  'one digit and a dot': ['1.', 'is one character'],
  'one letter of another script': ['ж', 'is one character'],
  'one letter, again and again': ['aaaa', 'is one character repeated'],
  'one letter in both cases': ['aAa', 'is one character repeated'],
  'a run of keys': ['asdf', 'is a run along the keyboard'],
}

const ORDINARY = ['Invoices', 'IT', 'Holiday schedule', 'счета', '請求書', 'C# list', '2026', 'aaaaaaaaa']

export const cases = defineCases('suspicious-rule-name', {
  fires: {
    ...Object.fromEntries(
      Object.entries(ODD).map(([what, [name, why, shown = name]]) => [
        `${what} for a name`,
        { records: [named(name)], expect: { ...odd, key: [anna, shown], mailboxes: [anna], notes: [why] } },
      ]),
    ),
    'an old rule is renamed': { records: [named('.', 'Set-InboxRule')], expect: odd },
    'an old rule is changed, its name in the object': {
      records: [
        inboxRule(
          { MoveToFolder: 'x y' },
          { operation: 'Set-InboxRule', change: { ObjectId: `${anna}\\..` } },
        ),
      ],
      expect: { ...odd, key: [anna, '..'] },
    },
    'a rule is switched on, its name in the object': {
      records: [
        inboxRule({ Identity: '17' }, { operation: 'Enable-InboxRule', change: { ObjectId: `${anna}\\..` } }),
      ],
      expect: odd,
    },
    'desktop Outlook adds a rule': {
      records: [outlookRule(forward, { properties: { RuleName: '.' } })],
      expect: { ...odd, key: [anna, '.'] },
    },
    'desktop Outlook adds a rule without a name': {
      records: [outlookRule(forward, { properties: { RuleName: undefined } })],
      expect: { ...odd, key: [anna, '(blank)'] },
    },
    'Outlook on the web makes a rule': {
      records: [webRule('MoveToFolderAction', [], { properties: { Name: ';' } })],
      expect: { ...odd, key: [anna, ';'] },
    },
    'a variant of the operation': { records: [named('.', 'new–inboxrule.')], expect: odd },
    'an administrator makes it for somebody': {
      records: [inboxRule({ Name: '.', Mailbox: anna }, { owner: person('helen') })],
      expect: { ...odd, key: [anna, '.'], actor: person('helen') },
    },
    'late or duplicate content: one rule told twice': {
      records: [named('.'), named('.')],
      expect: { ...odd, recordCount: 1 },
    },
    'a rule that no record tells of, found by the sweep': {
      records: [foundRule({ ...move, Name: '.' })],
      expect: { ...odd, key: [anna, '.'], actor: anna },
    },
  },
  quiet: {
    'a rule found by the sweep, with an ordinary name': [foundRule(move)],
    ...Object.fromEntries(ORDINARY.map(name => [`an ordinary name: ${name}`, [named(name)]])),
    'desktop Outlook stamps rules anew and tells no name': [restampedRule(at('09:12'))],
    'a change that tells no name': [
      inboxRule({ MoveToFolder: 'x y' }, { operation: 'Set-InboxRule', change: { ObjectId: anna } }),
    ],
    'it could not be made': [inboxRule({ Name: '.' }, { change: { ResultStatus: 'False' } })],
    'a rule is removed and switched off': [named('.', 'Remove-InboxRule'), named('.', 'Disable-InboxRule')],
    'desktop Outlook removes a rule': [
      outlookRule(forward, { properties: { RuleName: '.', RuleOperation: 'RemoveMailboxRule' } }),
    ],
    'another operation: New-InboxRules': [named('.', 'New-InboxRules')],
  },
})
