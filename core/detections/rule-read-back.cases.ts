import { defineCases } from '../../test/support/cases.ts'
import { foundRule, inboxRule } from '../../test/support/record-rules.ts'
import { person, staff } from '../../test/support/records.ts'

const anna = person('anna')
const outside = 'copy@harvest.example'
const some = { SubjectContainsWords: 'invoice' }
const older = (parameters: Record<string, string>, owner = anna) =>
  foundRule(parameters, { operation: 'InboxRulesAtStart', owner })
const listed = { term: 'older', severity: 'medium' } as const

export const cases = defineCases('rule-read-back', {
  fires: {
    'three rules were there: two forward, one hides': {
      records: [
        older({ ...some, ForwardTo: outside }),
        older({ Name: 'Copies', RedirectTo: 'me@home.example', DeleteMessage: 'True' }, person('bruno')),
        older({ Name: '.', DeleteMessage: 'True', From: 'shop@partner.example' }, person('carla')),
        older({ ...some, MoveToFolder: 'Suppliers' }, person('helen')),
      ],
      expect: {
        ...listed,
        count: 3,
        actor: 'waxseal',
        mailboxes: [anna, person('bruno'), person('carla')],
        notes: [
          `${anna}: "Invoices" sends mail to ${outside}`,
          `${person('bruno')}: "Copies" sends mail to me@home.example`,
          `${person('carla')}: "." deletes, its name has no letter or digit`,
        ],
      },
    },
    'one rule was there': {
      records: [older({ ...some, ForwardTo: outside })],
      expect: { ...listed, count: 1, actor: anna },
    },
    'one rule forwards and hides: it is one': {
      records: [older({ Name: '.', ForwardTo: outside, DeleteMessage: 'True' })],
      expect: { ...listed, count: 1 },
    },
    'a rule forwards to a name that nobody resolves': {
      records: [older({ ...some, ForwardTo: 'Projects archive' })],
      expect: { ...listed, notes: [`${anna}: "Invoices" sends mail to Projects archive`] },
    },
    'forty rules in forty mailboxes': {
      records: staff(40).map(owner => older({ ...some, ForwardTo: outside }, owner)),
      expect: { ...listed, count: 40 },
    },
  },
  quiet: {
    'rules that forward inside and file away': [
      older({ ...some, ForwardTo: person('bruno') }),
      older({ ...some, MoveToFolder: 'Suppliers', MarkAsRead: 'True' }),
    ],
    'a rule that is made now': [inboxRule({ ...some, ForwardTo: outside })],
    'a rule that is found later': [foundRule({ ...some, ForwardTo: outside })],
  },
})
