import { defineCases } from '../../test/support/cases.ts'
import {
  application,
  appRole,
  type Changes,
  CRM,
  consent,
  type DirectoryEvent,
  delegatedGrant,
  directoryRecord,
  key as entry,
  principal,
  registration,
  written,
} from '../../test/support/record-apps.ts'
import { at, guid, person } from '../../test/support/records.ts'

const anna = person('anna')
const robot = application('Robot')
const key = [CRM.appId] as const
const SECRETS = 'Update application – Certificates and secrets management '
const note = (what: string) => [`"CRM" (${CRM.appId}): ${what}`]

type Event = DirectoryEvent & { readonly was?: readonly string[] }

/** On the registration: what the portal writes. */
const onRegistration = (keys: readonly string[], { was = [], ...event }: Event = {}) =>
  directoryRecord(
    SECRETS,
    registration(CRM),
    {
      KeyDescription: [written(...was), written(...keys)],
      'Included Updated Properties': ['', 'KeyDescription'],
    },
    event,
  )
/** On the service principal: what scripts do, past the registration's owner. */
const onPrincipal = (keys: readonly string[], { was = [], ...event }: Event = {}) =>
  directoryRecord(
    'Add service principal credentials.',
    principal(CRM),
    { KeyDescription: [written(...was), written(...keys)] },
    event,
  )
const update = (properties: Changes, event: DirectoryEvent = {}) =>
  directoryRecord('Update application.', registration(CRM), properties, event)

const trust = (Issuer: string, Subject = 'deploy', more = {}) => ({
  Name: 'pipeline',
  Issuer,
  Subject,
  Id: guid(`${Issuer}${Subject}`),
  Audiences: ['api://AzureADTokenExchange'],
  ClaimsMatchingExpressionValue: null,
  ...more,
})
const federation = (was: readonly unknown[], now: readonly unknown[]) =>
  update({ FederatedIdentityCredentials: [written(...was), written(...now)] })

const day = (n: number) => ({ at: at('09:12', n) })

/** The CRM as the directory shows it. */
const holding = (how: 'app' | 'people') => {
  const rights = [{ permission: 'Mail.Read', how }]
  const { appId, name, principal: objectId } = CRM
  return {
    application: (id: string) =>
      id === appId ? { appId, name, objectId, publisher: 'verified' as const, rights } : undefined,
  }
}

export const cases = defineCases('app-credential', {
  fires: {
    'the first secret of a registration': {
      records: [onRegistration([entry('one')])],
      expect: { term: 'first', severity: 'high', key, count: 1, actor: anna, notes: note('secret') },
    },
    'the first certificate of a service principal': {
      records: [onPrincipal([entry('one', 'AsymmetricX509Cert')])],
      expect: { term: 'first', severity: 'high', key, count: 1, notes: note('certificate') },
    },
    'a further secret': {
      records: [onRegistration([entry('one'), entry('two')], { was: [entry('one')] })],
      expect: { term: 'further', severity: 'medium', key, count: 1 },
    },
    'a further secret of an application that holds mail': {
      records: [onRegistration([entry('one'), entry('two')], { was: [entry('one')] })],
      seen: holding('app'),
      expect: {
        term: 'holder',
        severity: 'high',
        key,
        notes: note('secret, it holds Mail.Read'),
      },
    },
    'of one that some people let into their mail': {
      records: [onRegistration([entry('one'), entry('two')], { was: [entry('one')] })],
      seen: holding('people'),
      expect: { term: 'further', severity: 'medium', notes: note('secret, it holds Mail.Read') },
    },
    'a secret replaced by another': {
      records: [onRegistration([entry('two')], { was: [entry('one')] })],
      expect: { term: 'further', count: 1 },
    },
    'two secrets at once': {
      records: [onRegistration([entry('one'), entry('two')])],
      expect: { term: 'first', count: 2, recordCount: 1 },
    },
    'the same secret told by two records': {
      records: [
        onRegistration([entry('one')]),
        update({ KeyDescription: [written(), written(entry('one'))] }, { at: at('09:12:01') }),
      ],
      expect: { term: 'first', count: 1, recordCount: 2 },
    },
    'an application adds it': {
      records: [onPrincipal([entry('one'), entry('two')], { was: [entry('one')], byApp: robot })],
      expect: {
        term: 'by-application',
        severity: 'high',
        key,
        actor: `app:serviceprincipal_${robot.principal}`,
      },
    },
    'the list in quotes, as Graph writes it': {
      records: [
        onRegistration([], {
          change: {
            ModifiedProperties: [
              { Name: 'KeyDescription', OldValue: null, NewValue: JSON.stringify([entry('one')]) },
            ],
          },
        }),
      ],
      expect: { term: 'first', key, count: 1 },
    },
    'a credential described in words only': {
      records: [
        onPrincipal([], {
          change: {
            ModifiedProperties: [{ Name: 'KeyDescription', OldValue: null, NewValue: '"A secret"' }],
          },
        }),
      ],
      expect: { term: 'first', key, count: 1 },
    },
    'a credential not described at all': {
      records: [onPrincipal([], { change: { ModifiedProperties: [] } })],
      expect: { term: 'further', key, count: 1 },
    },
    'a federated credential’s issuer changes': {
      records: [federation([trust('https://issuer.example')], [trust('https://issuer.harvest.example')])],
      expect: { term: 'federated', count: 1 },
    },
    'a federated credential’s subject changes': {
      records: [
        federation([trust('https://issuer.example')], [trust('https://issuer.example', 'main')]),
        federation(
          [trust('https://issuer.example')],
          [
            trust('https://issuer.example', '', {
              ClaimsMatchingExpressionValue: "claims['sub'] matches '*'",
            }),
          ],
        ),
      ],
      expect: { term: 'federated', count: 2 },
    },
    'a week after it was given the mail of all': {
      records: [
        appRole('Mail.Read', day(-6)),
        onPrincipal([entry('one'), entry('two')], { was: [entry('one')] }),
      ],
      expect: { term: 'after-grant', severity: 'critical', key, count: 1, recordCount: 2 },
    },
    'after a consent to mail': {
      records: [consent('Mail.Read', day(-1)), onRegistration([entry('one')])],
      expect: { term: 'after-grant', severity: 'critical', key, count: 1 },
    },
    'after a grant over Graph, which names the object alone': {
      records: [delegatedGrant('Mail.Read', day(-1)), onPrincipal([entry('one')])],
      expect: { term: 'after-grant', severity: 'critical', key: [CRM.principal], count: 1 },
    },
    'just before it is given the mail of all': {
      records: [onRegistration([entry('one')]), appRole('full_access_as_app', day(1))],
      expect: { term: 'first', severity: 'high', key, recordCount: 1 },
    },
    'within a week of a grant, to the second': {
      records: [appRole('Mail.Read', { at: at('09:12:01', -7) }), onRegistration([entry('one')])],
      expect: { term: 'after-grant', severity: 'critical', key },
    },
    'a week after a grant': {
      records: [appRole('Mail.Read', day(-7)), onRegistration([entry('one')])],
      expect: { term: 'first', severity: 'high', key },
    },
    'one secret before a grant, one after it': {
      records: [
        onRegistration([entry('one')], day(-2)),
        appRole('Mail.Read', day(-1)),
        onRegistration([entry('one'), entry('two')], { was: [entry('one')] }),
      ],
      expect: { term: 'after-grant', count: 1, recordCount: 2 },
    },
    'a federated credential after a grant': {
      records: [appRole('Mail.Read'), federation([], [trust('https://issuer.example')])],
      expect: { term: 'after-grant', count: 1 },
    },
    'more than a week after the grant': {
      records: [appRole('Mail.Read', day(-8)), onRegistration([entry('one')])],
      expect: { term: 'first', severity: 'high' },
    },
    'after a grant to another application': {
      records: [appRole('Mail.Read', { app: robot }), onRegistration([entry('one')])],
      expect: { term: 'first', key },
    },
    'after a grant that does not reach mail': {
      records: [appRole('User.Read.All'), consent('User.Read'), onRegistration([entry('one')])],
      expect: { term: 'first', key },
    },
    'after a consent that was refused': {
      records: [
        consent('Mail.Read', { change: { ResultStatus: 'Failure' } }),
        onRegistration([entry('one')]),
      ],
      expect: { term: 'first', key },
    },
  },
  quiet: {
    'a secret removed': [
      onRegistration([entry('one')], { was: [entry('one'), entry('two')] }),
      onRegistration([], { was: [entry('one')] }),
      onPrincipal([], { was: [entry('one')], operation: 'Remove service principal credentials.' }),
    ],
    'a secret renamed': [
      onRegistration([entry('one').replace('DisplayName=one', 'DisplayName=two')], { was: [entry('one')] }),
    ],
    'another property edited': [
      update({ DisplayName: [written('CRM'), written('CRM 2')] }),
      onRegistration([], { change: { ModifiedProperties: [] } }),
    ],
    'a change that failed': [onRegistration([entry('one')], { change: { ResultStatus: 'Failure' } })],
    'a federated credential removed or described anew': [
      federation([trust('https://issuer.example')], []),
      federation(
        [trust('https://issuer.example')],
        [trust('https://issuer.example', 'deploy', { Name: 'new' })],
      ),
    ],
    'grants of mail without a credential': [
      appRole('Mail.Read'),
      consent('Mail.Read'),
      delegatedGrant('Mail.Read'),
    ],
  },
})
