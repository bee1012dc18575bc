import { defineCases } from '../../test/support/cases.ts'
import {
  type Changes,
  type DirectoryEvent,
  directoryRecord,
  written,
} from '../../test/support/record-apps.ts'
import { at, person } from '../../test/support/records.ts'

const anna = person('anna')
const domain = 'harvest.example'
const key = [domain] as const

const change = (operation: string, properties: Changes = {}, event: DirectoryEvent = {}) =>
  directoryRecord(operation, [{ ID: domain, Type: 1 }], properties, {
    ...event,
    change: { ObjectId: domain, ...event.change },
  })
const standing = (was: string, now: string): Changes => ({
  Name: ['[\r\n  ""\r\n]', written(domain)],
  LiveType: [written(was), written(now)],
})
const federated = (note: string) =>
  ({ term: 'federation', severity: 'high', key, count: 1, actor: anna, notes: [note] }) as const
const managed = (note: string) =>
  ({ term: 'domain', severity: 'medium', key, count: 1, notes: [note] }) as const

export const cases = defineCases('domain-trust', {
  fires: {
    'federation settings change': {
      records: [change('Set federation settings on domain.')],
      expect: federated('federation settings changed'),
    },
    'sign-in is handed to another service': {
      records: [change('Set domain authentication.', standing('Managed', 'Federated'))],
      expect: federated('sign-in handed to another service'),
    },
    'the same by an update of the domain': {
      records: [change('Update domain.', { AuthenticationType: ['"Managed"', '"Federated"'] })],
      expect: federated('sign-in handed to another service'),
    },
    'a domain is added': {
      records: [change('Add unverified domain.', standing('None', 'Managed'))],
      expect: managed('added, not verified yet'),
    },
    'a domain is added, in the older words': {
      records: [change('Add domain to company.')],
      expect: managed('added'),
    },
    'a domain is verified': {
      records: [change('Verify domain.', { Verified: ['false', 'true'] })],
      expect: managed('verified'),
    },
    'a domain is verified by mail': {
      records: [change('Verify email verified domain.')],
      expect: managed('verified by mail'),
    },
    'added and verified at once': {
      records: [change('Add verified domain.')],
      expect: managed('added and verified'),
    },
    'sign-in comes back': {
      records: [change('Set domain authentication.', standing('Federated', 'Managed'))],
      expect: managed('way of signing in changed to managed'),
    },
    'a change of sign-in that is not described': {
      records: [change('Set domain authentication.')],
      expect: managed('way of signing in changed'),
    },
    'added, verified and federated on one day': {
      records: [
        change('Add unverified domain.', standing('None', 'Managed')),
        change('Verify domain.', {}, { at: at('09:20') }),
        change('Set domain authentication.', standing('Managed', 'Federated'), { at: at('09:30') }),
      ],
      expect: { term: 'federation', severity: 'high', key, count: 1 },
    },
    'an international domain, named by a property alone': {
      records: [
        change(
          'Add unverified domain.',
          { Name: ['[]', written('Bücher.example')] },
          { change: { ObjectId: undefined, Target: [] } },
        ),
      ],
      expect: { term: 'domain', key: ['xn--bcher-kva.example'] },
    },
    'case, NBSP or trailing-dot variants of an operation': {
      records: [change('SET Federation\u00a0settings  on domain')],
      expect: federated('federation settings changed'),
    },
  },
  quiet: {
    'a domain is removed': [
      change('Remove unverified domain.', standing('Managed', 'None')),
      change('Remove verified domain.'),
      change('Remove domain from company.'),
    ],
    'a change of something else': [
      change('Set domain authentication.', { SomeOtherProperty: ['"a"', '"b"'] }),
      change('Update domain.', { Capabilities: ['[]', '["Email"]'] }),
    ],
    'a federated domain stays federated': [change('Update domain.', standing('Federated', 'Federated'))],
    'a change that failed': [
      change('Add unverified domain.', standing('None', 'Managed'), { change: { ResultStatus: 'Failure' } }),
      change('Set federation settings on domain.', {}, { change: { ResultStatus: 'Failure' } }),
    ],
  },
})
