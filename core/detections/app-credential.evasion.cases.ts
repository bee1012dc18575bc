import { defineCases } from '../../test/support/cases.ts'
import {
  application,
  appRole,
  CRM,
  type DirectoryEvent,
  directoryRecord,
  key as entry,
  principal,
  registration,
  written,
} from '../../test/support/record-apps.ts'
import { at, guid } from '../../test/support/records.ts'

const key = [CRM.appId] as const
const MSI = application('Managed Service Identity', 'ef5d5c69-a5df-46bb-acaf-426f161a21a2')

const onPrincipal = (was: readonly string[], now: readonly string[], event: DirectoryEvent = {}) =>
  directoryRecord(
    'Add service principal credentials.',
    principal(CRM),
    { KeyDescription: [written(...was), written(...now)] },
    event,
  )
const onRegistration = (was: readonly string[], now: readonly string[], operation: string) =>
  directoryRecord(
    'Update application.',
    registration(CRM),
    { KeyDescription: [written(...was), written(...now)] },
    { operation },
  )
const trust = (Issuer: string) => ({ Name: 'pipeline', Issuer, Subject: 'deploy', Id: guid(Issuer) })
const federation = (was: readonly unknown[], now: readonly unknown[]) =>
  directoryRecord('Update application.', registration(CRM), {
    FederatedIdentityCredentials: [written(...was), written(...now)],
  })

/** Ways of adding credentials that rules in the field miss, each beside what must stay quiet. */
export const cases = defineCases('app-credential', {
  fires: {
    'secret on service principal rather than application': {
      records: [onPrincipal([entry('one')], [entry('one'), entry('two')])],
      expect: { term: 'further', severity: 'medium', key, count: 1 },
    },
    'add a federated credential where none existed': {
      records: [federation([], [trust('https://issuer.example')])],
      expect: { term: 'federated', severity: 'high', key, count: 1 },
    },
    'case, NBSP, dash or trailing-dot variants': {
      records: [
        'update application - certificates and secrets management.',
        'Update application — Certificates and secrets management',
        'Update\u00a0application – Certificates and secrets management ',
      ].map((operation, n) => onRegistration([], [entry(`key ${n}`)], operation)),
      expect: { term: 'first', key, count: 3 },
    },
    'the SYSTEM exclusion, by an application of that name': {
      records: [
        onPrincipal([], [entry('one')], { byApp: application('Managed Service Identity') }),
        onPrincipal([], [entry('two')], {
          byApp: application('Microsoft Azure AD Internal - Jit Provisioning'),
        }),
      ],
      expect: { term: 'by-application', severity: 'high', key, count: 2 },
    },
    'across a bucket edge: grant and secret around midnight': {
      records: [
        appRole('Mail.Read', { at: at('23:59', -1) }),
        onPrincipal([entry('one')], [entry('one'), entry('two')], { at: at('00:01') }),
      ],
      expect: { term: 'after-grant', severity: 'critical', key },
    },
  },
  quiet: {
    'secret on service principal: taken away': [
      onPrincipal([entry('one'), entry('two')], [entry('one')]),
      onPrincipal([entry('one')], [], { operation: 'Remove service principal credentials.' }),
    ],
    'a federated credential taken away': [federation([trust('https://issuer.example')], [])],
    'case and dash variants of a removal': [
      onRegistration([entry('one')], [], 'update application - certificates and secrets management.'),
    ],
    'the SYSTEM exclusion: a managed identity renewed by Azure': [
      onPrincipal([], [entry('one')], { byApp: MSI }),
      directoryRecord(
        'Add service principal credentials.',
        principal(CRM),
        {
          KeyDescription: [written(), written(entry('two'))],
          'ActorId.ServicePrincipalNames': ['', `${MSI.appId};https://serviceidentity.example/`],
        },
        { change: { Actor: [{ ID: MSI.name, Type: 1 }], UserType: 4 } },
      ),
    ],
  },
})
