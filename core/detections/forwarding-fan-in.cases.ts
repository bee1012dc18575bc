import { defineCases } from '../../test/support/cases.ts'
import { ADMIN, provisioning } from '../../test/support/record-cmdlets.ts'
import { flowRule, forwards, setMailbox } from '../../test/support/record-mail-flow.ts'
import { foundRule, inboxRule, outlookRule, webRule } from '../../test/support/record-rules.ts'
import { at, hours, minutes, person, staff } from '../../test/support/records.ts'

const anna = person('anna')
const bruno = person('bruno')
const carla = person('carla')
const outside = 'copy@harvest.example'
/** Gmail has no addresses this short. */
const gmail = 'xy@gmail.com'
const some = { SubjectContainsWords: 'invoice' }

const rule = (owner: string, to: string, when = at('09:12')) =>
  inboxRule({ ...some, ForwardTo: to }, { owner, at: when })
/** One rule a mailbox, an hour apart. */
const rules = (count: number, to: string) =>
  staff(count).map((owner, n) => rule(owner, to, at('00:30') + hours(n)))
const WEEK = hours(24 * 7)

const high = { term: 'outside', severity: 'high', count: 2, key: [outside] } as const

export const cases = defineCases('forwarding-fan-in', {
  fires: {
    'two mailboxes to one outside address': {
      records: [rule(anna, outside), rule(bruno, outside, at('15:00'))],
      expect: { ...high, mailboxes: [anna, bruno], notes: ['inbox rule'], recordCount: 2 },
    },
    'two mailboxes, the second rule found by the sweep': {
      records: [rule(anna, outside), foundRule({ ...some, ForwardTo: outside }, { owner: bruno })],
      expect: { ...high, mailboxes: [anna, bruno], recordCount: 2 },
    },
    'two mailboxes within seven days': {
      records: [rule(anna, outside), rule(bruno, outside, at('09:12') + WEEK - 1)],
      expect: high,
    },
    'five mailboxes to one outside address': {
      records: rules(5, outside),
      expect: { term: 'many-outside', severity: 'critical', count: 5, key: [outside] },
    },
    'four mailboxes to one outside address': {
      records: rules(4, outside),
      expect: { term: 'outside', severity: 'high', count: 4 },
    },
    'two mailboxes to an address of a public provider': {
      records: rules(2, gmail),
      expect: { term: 'provider', severity: 'critical', count: 2, key: [gmail] },
    },
    'two mailboxes to one colleague': {
      records: rules(2, bruno),
      expect: { term: 'inside', severity: 'low', count: 2, key: [bruno] },
    },
    'four mailboxes to one colleague': { records: rules(4, bruno), expect: { term: 'inside', count: 4 } },
    'five mailboxes to one colleague': {
      records: rules(5, bruno),
      expect: { term: 'many', severity: 'medium', count: 5 },
    },
    'two mailboxes to one name of the directory': {
      records: rules(2, 'Projects archive'),
      expect: { term: 'unknown', severity: 'medium', count: 2, key: ['projects archive'] },
    },
    'every way to forward: rules, settings, Outlook, the web': {
      records: [
        rule(anna, outside),
        outlookRule([{ ActionType: 'Forward', Recipients: [outside] }], { mailbox: bruno }),
        webRule('RedirectToRecipientsAction', [outside], { mailbox: carla }),
        forwards(person('dora'), outside),
        flowRule({ BlindCopyTo: outside }),
      ],
      expect: { term: 'many-outside', count: 5, mailboxes: [anna, bruno, carla, person('dora')] },
    },
    'a mailbox and a mail flow rule': {
      records: [forwards(anna, outside), flowRule({ RedirectMessageTo: outside })],
      expect: { ...high, actor: ADMIN, mailboxes: [anna], notes: ['mail flow rule', 'mailbox setting'] },
    },
    'two mailboxes, each with other addresses as well': {
      records: [rule(anna, `${carla};${outside}`), rule(bruno, `${outside};copy@other.example`)],
      expect: high,
    },
    'one administrator sets two mailboxes': {
      records: [forwards(anna, outside), forwards(bruno, outside)],
      expect: { ...high, actor: ADMIN, mailboxes: [anna, bruno] },
    },
    'learned domains: mailboxes of a second domain of ours': {
      learned: true,
      records: [
        rule(anna, outside),
        outlookRule([{ ActionType: 'Forward', Recipients: [outside] }], { mailbox: bruno }),
      ],
      expect: high,
    },
  },
  quiet: {
    'one rule, told by its record and found by the sweep': [
      rule(anna, outside),
      foundRule({ ...some, ForwardTo: outside }),
    ],
    'one mailbox': [rule(anna, outside)],
    'one mailbox of a public provider': [rule(anna, gmail)],
    'one mailbox to a colleague, and one to a name': [rule(anna, bruno), rule(bruno, 'Projects archive')],
    'one mailbox, by a rule, again, and by a setting': [
      rule(anna, outside),
      rule(anna, outside, at('16:00')),
      forwards(anna, outside),
      setMailbox('anna', { ForwardingSmtpAddress: outside }, { by: anna }),
    ],
    'two mailboxes, a week apart': [rule(anna, outside), rule(bruno, outside, at('09:12') + WEEK)],
    'two mailboxes to two addresses': [rule(anna, outside), rule(bruno, 'other@harvest.example')],
    'two mail flow rules': [flowRule({ BlindCopyTo: outside }), flowRule({ Name: 'Other', CopyTo: outside })],
    'the second could not be set': [
      rule(anna, outside),
      forwards(bruno, outside, 'True', { change: { ResultStatus: 'False' } }),
    ],
    'the second is taken away': [
      rule(anna, outside),
      inboxRule({ ...some, ForwardTo: outside }, { owner: bruno, operation: 'Remove-InboxRule' }),
      flowRule({ BlindCopyTo: outside }, { operation: 'Remove-TransportRule' }),
      outlookRule([{ ActionType: 'Forward', Recipients: [outside] }], {
        mailbox: carla,
        properties: { RuleOperation: 'RemoveMailboxRule' },
      }),
    ],
    'the second is Microsoft’s doing': [
      rule(anna, outside),
      provisioning('Set-Mailbox', { Identity: bruno, ForwardingSmtpAddress: outside }),
    ],
    'two mailboxes that forward nothing': [
      inboxRule({ MoveToFolder: 'x', From: outside }, { owner: anna }),
      inboxRule({ MoveToFolder: 'x', From: outside }, { owner: bruno, at: at('09:12') + minutes(1) }),
    ],
  },
})
