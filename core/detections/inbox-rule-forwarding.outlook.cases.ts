import { defineCases } from '../../test/support/cases.ts'
import { outlookRule, restampedRule, webRule } from '../../test/support/record-rules.ts'
import { at, person } from '../../test/support/records.ts'

const anna = person('anna')
const bruno = person('bruno')
const outside = 'copy@harvest.example'
const hides = (notes: string) =>
  ({ term: 'outside-and-hidden', severity: 'critical', notes: [notes] }) as const

/** Rules made in Outlook, which come as UpdateInboxRules in two shapes. */
export const cases = defineCases('inbox-rule-forwarding', {
  fires: {
    'desktop Outlook adds a rule that forwards': {
      records: [outlookRule([{ ActionType: 'Forward', Recipients: [outside], ForwardFlags: 'None' }])],
      expect: { term: 'outside', severity: 'high', key: [anna, 'Invoices', outside], mailboxes: [anna] },
    },
    'desktop Outlook adds a rule that takes everything': {
      records: [
        outlookRule([{ ActionType: 'Redirect', Recipients: [outside] }], {
          properties: { RuleCondition: '{}' },
        }),
      ],
      expect: hides('takes every message'),
    },
    'desktop Outlook adds a rule that deletes and stops': {
      records: [
        outlookRule([{ ActionType: 'Forward', Recipients: [outside] }, { ActionType: 'Delete' }], {
          properties: { RuleState: 'Enabled, ExitAfterExecution' },
        }),
      ],
      expect: hides('deletes the original, stops other rules'),
    },
    'Outlook on the web adds a rule that forwards': {
      records: [webRule('ForwardToRecipientsAction', [outside])],
      expect: { term: 'outside', key: [anna, 'Invoices', outside] },
    },
    'Outlook on the web forwards as an attachment': {
      records: [webRule('ForwardAsAttachmentToRecipientsAction', [`SMTP:${outside}`])],
      expect: { term: 'outside' },
    },
    'Outlook on the web redirects, changing a rule': {
      records: [
        webRule('RedirectToRecipientsAction', [outside], { properties: { RuleOperation: 'Update' } }),
      ],
      expect: { term: 'outside' },
    },
  },
  quiet: {
    'desktop Outlook could not add the rule': [
      outlookRule([{ ActionType: 'Forward', Recipients: [outside] }], { change: { ResultStatus: 'Failed' } }),
    ],
    'desktop Outlook adds a rule that forwards inside': [
      outlookRule([{ ActionType: 'Forward', Recipients: [bruno] }, { ActionType: 'Delete' }]),
    ],
    'desktop Outlook adds a rule that moves': [
      outlookRule([{ ActionType: 'Move', DestinationFolderId: 'LgAAAAC', FolderIsInThisStore: 'True' }]),
    ],
    'desktop Outlook removes a rule that forwarded': [
      outlookRule([{ ActionType: 'Forward', Recipients: [outside] }], {
        properties: { RuleOperation: 'RemoveMailboxRule' },
      }),
    ],
    'desktop Outlook stamps two hundred rules anew, all blank': Array.from({ length: 200 }, (_, n) =>
      restampedRule(at('09:12') + Math.floor(n / 20)),
    ),
    'Outlook on the web forwards inside': [webRule('ForwardToRecipientsAction', [bruno])],
    'Outlook on the web: the name stands beside the address': [
      webRule('ForwardToRecipientsAction', [], {
        properties: {
          ServerRule: JSON.stringify({
            Actions: [
              {
                ActionType: 'ForwardToRecipientsAction',
                Recipients: [{ Values: [{ Value: 'Bruno Birch' }, { Value: bruno }, { Value: 'SMTP' }] }],
              },
            ],
          }),
        },
      }),
    ],
    'Outlook on the web deletes a rule that forwarded': [
      webRule('ForwardToRecipientsAction', [outside], { properties: { RuleOperation: 'Delete' } }),
    ],
    'Outlook on the web names an action and no recipient': [
      webRule('ForwardToRecipientsAction', [], { properties: { Actions: '["ForwardToRecipientsAction"]' } }),
    ],
  },
})
