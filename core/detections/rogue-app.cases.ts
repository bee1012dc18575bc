import { defineCases } from '../../test/support/cases.ts'
import {
  application,
  appRole,
  consent,
  createdPrincipal,
  delegatedGrant,
  directoryRecord,
  GRAPH_API,
  principal,
} from '../../test/support/record-apps.ts'
import { inboxRule } from '../../test/support/record-rules.ts'
import {
  at,
  bind,
  ews,
  graphApp,
  guid,
  IMAP,
  item,
  messages,
  OWA,
  person,
  type RawRecord,
  sealed,
} from '../../test/support/records.ts'

const anna = person('anna')
const PERFECT = application('Backup', 'ff8d92dc-3d82-41d6-bcbd-b9174d163620')
const OTHERS = {
  'eM Client': 'e9a7fea1-1cc0-4cd9-a31b-9137ca5deedd',
  'Newsletter Software Supermailer': 'a245e8c0-b53c-4b67-9b45-751d1dff8e6b',
  rclone: 'b15665d9-eda6-4092-8539-0eec376afd59',
  CloudSponge: 'a43e5392-f48b-46a4-a0f1-098b5eeb4757',
}
const key = [anna, PERFECT.appId] as const
const read = { mailbox: anna, at: at('09:05'), messages: messages(3) }

const signIn = (ApplicationId: string, change: RawRecord = {}) =>
  sealed(at('09:05'), 'UserLoggedIn', {
    RecordType: 15,
    ResultStatus: 'Success',
    UserKey: guid(anna),
    UserType: 0,
    Workload: 'AzureActiveDirectory',
    UserId: anna,
    ClientIP: '198.51.100.23',
    ApplicationId,
    ...change,
  })

export const cases = defineCases('rogue-app', {
  fires: {
    'mail is read by it': {
      records: [bind({ ...read, client: graphApp(PERFECT.appId) })],
      expect: { term: 'mail', severity: 'high', key, count: 1, mailboxes: [anna], actor: anna },
    },
    'mail is read by it as the only id': {
      records: [bind({ ...read, client: { ...OWA, AppId: PERFECT.appId.toUpperCase(), ClientAppId: '' } })],
      expect: { term: 'mail', key },
    },
    'mail is read by it behind another client id': {
      records: [bind({ ...read, client: { AppId: PERFECT.appId, ClientAppId: guid('a proxy') } })],
      expect: { term: 'mail', key },
    },
    'mail is read by it over EWS': {
      records: [bind({ ...read, client: ews('', PERFECT.appId) })],
      expect: { term: 'mail', key },
    },
    'it reads by itself': {
      records: [bind({ ...read, app: PERFECT.appId })],
      expect: { term: 'mail', key: [`app:${PERFECT.appId}`, PERFECT.appId], mailboxes: [anna] },
    },
    'it sends and sets rules': {
      records: [
        item('Send', { mailbox: anna, at: at('09:05'), client: graphApp(PERFECT.appId) }),
        inboxRule({ Name: 'x' }, { change: { AppId: PERFECT.appId, ClientAppId: PERFECT.appId } }),
      ],
      expect: { term: 'mail', key, count: 2 },
    },
    'somebody signs in to it': {
      records: [signIn(PERFECT.appId)],
      expect: { term: 'sign-in', severity: 'high', key, count: 1, addresses: ['198.51.100.23'] },
    },
    'somebody lets it in, harmless as it looks': {
      records: [consent('User.Read', { app: PERFECT })],
      expect: { term: 'allowed', severity: 'high', key, count: 1 },
    },
    'it becomes known in the tenant': {
      records: [createdPrincipal({ app: PERFECT })],
      expect: { term: 'allowed', key },
    },
    'it gets rights of its own': {
      records: [appRole('User.Read.All', { app: PERFECT })],
      expect: { term: 'allowed', key },
    },
    'the object alone names it': {
      records: [
        directoryRecord(
          'Add service principal.',
          [],
          {},
          { change: { ObjectId: PERFECT.appId, Target: [] } },
        ),
      ],
      expect: { term: 'allowed', key },
    },
    ...Object.fromEntries(
      Object.entries(OTHERS).map(([name, id]) => [
        `${name} is one`,
        { records: [signIn(id)], expect: { term: 'sign-in', key: [anna, id] as const } },
      ]),
    ),
  },
  quiet: {
    'Outlook on the web, IMAP, a consented application': [
      bind(read),
      bind({ ...read, client: IMAP }),
      bind({ ...read, client: graphApp(guid('CRM')) }),
      signIn(guid('CRM')),
      consent('Mail.Read'),
    ],
    'an application of the same name': [
      consent('Mail.Read', { app: application('PerfectData Software') }),
      createdPrincipal({ app: application('eM Client') }),
    ],
    'an id that only resembles': [bind({ ...read, client: graphApp(`${PERFECT.appId.slice(0, -1)}1`) })],
    'attempts that failed': [
      consent('Mail.Read', { app: PERFECT, change: { ResultStatus: 'Failure' } }),
      signIn(PERFECT.appId, { ResultStatus: 'Failed' }),
      signIn(PERFECT.appId, { Operation: 'UserLoginFailed' }),
    ],
    'it is removed': [
      createdPrincipal({ app: PERFECT, operation: 'Remove service principal.' }),
      delegatedGrant('Mail.Read', { app: PERFECT, operation: 'Remove delegated permission grant.' }),
    ],
    'it is the API of somebody else’s grant': [appRole('Mail.Read', { api: PERFECT, app: application('x') })],
    'a file fetched by it': [
      sealed(at('09:05'), 'FileDownloaded', {
        RecordType: 6,
        UserType: 0,
        UserId: anna,
        Workload: 'OneDrive',
        ApplicationId: PERFECT.appId,
        AppAccessContext: { ClientAppId: PERFECT.appId },
      }),
    ],
    'an update of its principal': [
      directoryRecord('Update service principal.', principal(PERFECT), { DisplayName: ['a', 'b'] }),
      directoryRecord('Add app role assignment grant to user.', principal(GRAPH_API), {}),
    ],
  },
})
