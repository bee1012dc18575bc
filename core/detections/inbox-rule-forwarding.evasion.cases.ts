import { defineCases } from '../../test/support/cases.ts'
import { foundRule, inboxRule, outlookRule, restampedRule } from '../../test/support/record-rules.ts'
import { at, graphApp, guid, person } from '../../test/support/records.ts'

const anna = person('anna')
const outside = 'copy@harvest.example'
const some = { SubjectContainsWords: 'invoice' }
const forward = { ...some, ForwardTo: outside }
const inside = { ...some, ForwardTo: person('bruno') }

const high = { term: 'outside', severity: 'high', count: 1 } as const
const critical = { term: 'outside-and-hidden', severity: 'critical', count: 1 } as const

/** Ways to write the operation that all mean New-InboxRule. */
const SPELLINGS = {
  'in small letters': 'new-inboxrule',
  'in capitals': 'NEW-INBOXRULE',
  'with an en dash': 'New–InboxRule',
  'with a full stop': 'New-InboxRule.',
  'with a no-break blank': ' New-InboxRule ',
}

/** Foreign domains that pass for birchwood.example. */
const LOOK_ALIKES = {
  'ours inside another label': 'birchwood-invoices.example',
  'ours under another domain': 'birchwood.harvest.example',
  'ours two labels down': 'mail.birchwood.harvest.example',
  'one letter more': 'birchwoods.example',
  'two letters swapped': 'bicrhwood.example',
  'digits for letters': 'b1rchw00d.example',
  'two letters for one': 'birchvvood.example',
  'a letter of another alphabet': 'birchwооd.example',
  'an accent': 'bìrchwood.example',
}

/** Foreign domains that only share letters with it. */
const NOT_ALIKE = ['harvest.example', 'oakwood-partners.example', 'mail.birchwood.example']

/** Moves that slip past other rules, and beside each what looks alike and is not. */
export const cases = defineCases('inbox-rule-forwarding', {
  fires: {
    ...Object.fromEntries(
      Object.entries(SPELLINGS).map(([how, operation]) => [
        `a variant of the operation: ${how}`,
        { records: [inboxRule(forward, { operation })], expect: high },
      ]),
    ),
    'a variant of values and names': {
      records: [
        inboxRule({ subjectcontainswords: 'x', FORWARDTO: 'COPY@Harvest.Example', deleteMESSAGE: 'TRUE' }),
      ],
      expect: { ...critical, key: [anna, 'Invoices', 'COPY@harvest.example'] },
    },
    'field names in another case': {
      records: [inboxRule(forward)].map(record =>
        Object.fromEntries(Object.entries(record).map(([name, value]) => [name.toLowerCase(), value])),
      ),
      expect: high,
    },
    'Set-InboxRule instead of New-': {
      records: [inboxRule({ Identity: 'x', ForwardTo: outside }, { operation: 'Set-InboxRule' })],
      expect: high,
    },
    'Enable-InboxRule that names its recipient': {
      records: [inboxRule(forward, { operation: 'Enable-InboxRule' })],
      expect: high,
    },
    'Outlook desktop instead of a cmdlet': {
      records: [outlookRule([{ ActionType: 'Forward', Recipients: [outside] }])],
      expect: high,
    },
    'a rule modified, the record not blank': {
      records: [
        outlookRule([{ ActionType: 'Forward', Recipients: [outside] }], {
          properties: { RuleOperation: 'ModifyMailboxRule' },
        }),
      ],
      expect: high,
    },
    'a rule made by an app over Graph': {
      records: [
        inboxRule(forward, {
          change: {
            ...graphApp(guid('a rule maker')),
            UserType: 5,
            UserId: guid('a rule maker'),
            ObjectId: `${anna}\\Invoices`,
          },
        }),
      ],
      expect: { ...high, key: [anna, 'Invoices', outside], actor: `app:${guid('a rule maker')}` },
    },
    'a hidden rule: its name is blank': {
      records: [
        outlookRule([{ ActionType: 'Forward', Recipients: [outside] }], {
          properties: { RuleName: undefined },
        }),
      ],
      expect: { ...high, key: [anna, '', outside] },
    },
    ...Object.fromEntries(
      ['.', ' ', '', 'a', '。', 'Holiday schedule'].map(Name => [
        `a rule named "${Name}"`,
        {
          records: [inboxRule({ Name, ...forward })],
          expect: { ...high, key: [anna, Name.trim(), outside] },
        },
      ]),
    ),
    ...Object.fromEntries(
      Object.entries(LOOK_ALIKES).map(([how, domain]) => [
        `a look-alike: ${how}`,
        {
          records: [inboxRule({ ...some, ForwardTo: `copy@${domain}` })],
          expect: { ...critical, notes: ['to a look-alike of your own domain'] },
        },
      ]),
    ),
    ...Object.fromEntries(
      NOT_ALIKE.map(domain => [
        `no look-alike: ${domain}`,
        {
          records: [inboxRule({ ...some, ForwardTo: `copy@${domain}` })],
          expect: { ...high, notes: [] },
        },
      ]),
    ),
    'a guest pointing outside': {
      records: [inboxRule({ ...some, ForwardTo: 'copy_harvest.example#EXT#@birchwood.onmicrosoft.example' })],
      expect: high,
    },
    'PermanentDelete instead of DeleteMessage': {
      records: [inboxRule({ ...forward, PermanentDelete: 'True' })],
      expect: critical,
    },
    'a catch-all: every sender has an at sign': {
      records: [inboxRule({ FromAddressContainsWords: '@', ForwardTo: outside })],
      expect: high,
    },
    'keyword-free: no condition at all': {
      records: [inboxRule({ ForwardTo: outside })],
      expect: critical,
    },
    'words of another language': {
      records: [inboxRule({ SubjectContainsWords: 'facture;rechnung;счёт', ForwardTo: outside })],
      expect: high,
    },
    'a partner technician by his long name': {
      records: [
        inboxRule(
          { ...forward, Mailbox: anna },
          { change: { UserType: 9, UserId: `tenant: ${guid('partner')}, object: ${guid('technician')}` } },
        ),
      ],
      expect: { ...high, key: [anna, 'Invoices', outside] },
    },
    'a change recorded blank, the rule read back': {
      records: [
        restampedRule(at('09:12')),
        foundRule(forward, { after: { actor: anna, address: '203.0.113.9' } }),
      ],
      expect: { ...high, actor: anna, addresses: ['203.0.113.9'], recordCount: 1 },
    },
    'a rule that no record tells of, found by the sweep': {
      records: [foundRule({ ...forward, DeleteMessage: 'True' })],
      expect: {
        ...critical,
        key: [anna, 'Invoices', outside],
        actor: anna,
        notes: [
          'new since 03:10 UTC on 18 November; no audit record tells who made it | deletes the original',
        ],
      },
    },
    'a rule found without a condition': {
      records: [foundRule({ ForwardTo: outside })],
      expect: critical,
    },
    'a rule set by an administrator and found: his': {
      records: [
        inboxRule({ ...forward, Mailbox: anna }, { owner: person('zoe') }),
        foundRule(forward, { at: at('20:00') }),
      ],
      expect: { ...high, recordCount: 2, key: [anna, 'Invoices', outside], actor: person('zoe') },
    },
    'late or duplicate content: one rule told twice': {
      records: [inboxRule(forward), inboxRule(forward)],
      expect: { ...high, recordCount: 1 },
    },
  },
  quiet: {
    ...Object.fromEntries(
      Object.entries(SPELLINGS).map(([how, operation]) => [
        `a variant of the operation, forwarding inside: ${how}`.slice(0, 60),
        [inboxRule(inside, { operation })],
      ]),
    ),
    'another operation: Get-InboxRule': [inboxRule(forward, { operation: 'Get-InboxRule' })],
    'another operation: New-InboxRules': [inboxRule(forward, { operation: 'New-InboxRules' })],
    'Set-InboxRule that forwards inside': [inboxRule(inside, { operation: 'Set-InboxRule' })],
    'Set-InboxRule that leaves the forward alone': [
      inboxRule({ Identity: 'x', DeleteMessage: 'True' }, { operation: 'Set-InboxRule' }),
    ],
    'a rule modified, the record blank': [restampedRule(at('09:12'))],
    'a change recorded blank, the rule read back is inside': [
      restampedRule(at('09:12')),
      foundRule(inside, { after: { actor: anna } }),
    ],
    'a rule that no record tells of, inside': [foundRule(inside)],
    'a rule that was there at the first look': [foundRule(forward, { operation: 'InboxRulesAtStart' })],
    'a folder by id instead of name': [
      outlookRule([{ ActionType: 'Move', DestinationFolderId: 'LgAAAAC' }, { ActionType: 'MarkAsRead' }]),
    ],
    'internal first: to a colleague': [inboxRule({ ForwardTo: person('bruno'), DeleteMessage: 'True' })],
    'a rule named "." that forwards nothing': [inboxRule({ Name: '.', MoveToFolder: 'RSS Feeds' })],
    'a rule made by an app, inside': [
      inboxRule(inside, { change: { ...graphApp(guid('a rule maker')), UserType: 5 } }),
    ],
  },
})
