import { defineCases } from '../../test/support/cases.ts'
import {
  application,
  type Changes,
  CRM,
  consent,
  createdPrincipal,
  type DirectoryEvent,
  directoryRecord,
  GRAPH_API,
  principal,
  registration,
  user,
  written,
} from '../../test/support/record-apps.ts'
import { at, guid, minutes, person, type RawRecord } from '../../test/support/records.ts'

const anna = person('anna')
const bruno = person('bruno')
const robot = application('Robot')
const key = [CRM.appId] as const
const note = (what: string) => [`"CRM" (${CRM.appId}): ${what}`]

const owner = (upn: string, event: DirectoryEvent = {}, kind = 'Application') =>
  directoryRecord(
    `Add owner to ${kind === 'Application' ? 'application' : 'service principal'}.`,
    user(upn),
    {
      [`${kind}.ObjectID`]: ['', CRM.registration],
      [`${kind}.DisplayName`]: ['', CRM.name],
      [`${kind}.AppId`]: ['', CRM.appId],
    },
    event,
  )
const update = (properties: Changes, event: DirectoryEvent = {}) =>
  directoryRecord('Update application.', registration(CRM), properties, event)

const addresses = (...all: readonly string[]) =>
  written(...all.map(Address => ({ AddressType: 0, Address, ReplyAddressClientType: 1 })))
const redirect = (was: readonly string[], now: readonly string[], event: DirectoryEvent = {}) =>
  update({ AppAddress: [addresses(...was), addresses(...now)] }, event)

const MAIL_READ = '810c84a8-4a9e-49e6-bf7d-12d183f40d01'
const MAIL_WRITE_SCOPE = '024d486e-b451-40bb-833d-3e66d98c5c73'
const USER_READ = 'e1fe6dd8-ba31-4d61-89e7-88639da4683d'
const asks = (...ids: readonly string[]) =>
  written({
    ResourceAppId: GRAPH_API.appId,
    RequiredAppPermissions: ids.map(EntitlementId => ({ EntitlementId, DirectAccessGrant: true })),
    EncodingVersion: 1,
  })
const requests = (was: readonly string[], now: readonly string[]) =>
  update({ RequiredResourceAccess: [asks(...was), asks(...now)] })

const lock = (isEnabled: boolean, allProperties: boolean | null = true) =>
  written({ IsEnabled: isEnabled, AllProperties: allProperties, CredentialsWithUsageVerify: null })

/** `count` principals set up by one person over `span` seconds. */
const setUp = (count: number, span: number, event: DirectoryEvent = {}): RawRecord[] =>
  Array.from({ length: count }, (_, n) =>
    createdPrincipal({
      app: application(`App ${n}`),
      at: at('09:55') + Math.round((span * n) / Math.max(1, count - 1)),
      ...event,
    }),
  )

const policy = (was: unknown, now: unknown) =>
  directoryRecord('Update authorization policy.', [{ ID: 'Authorization Policy', Type: 1 }], {
    AllowUserConsentForRiskyApps: [written(was), written(now)],
  })

const jit = (change: RawRecord = {}) =>
  createdPrincipal({
    change: {
      UserId: 'Certificate',
      UserKey: 'Not Available',
      UserType: 4,
      Actor: [
        { ID: 'Microsoft Azure AD Internal - Jit Provisioning', Type: 1 },
        { ID: 'Certificate', Type: 2 },
        { ID: 'Other', Type: 2 },
      ],
      ...change,
    },
  })

const changed = (records: readonly RawRecord[], what: string) =>
  ({ records, expect: { term: 'changed', severity: 'medium', key, count: 1, notes: note(what) } }) as const

export const cases = defineCases('app-hijack-preparation', {
  fires: {
    'somebody makes somebody else its owner': changed([owner(bruno)], `owner ${bruno} added`),
    'an owner of its service principal': changed(
      [owner(bruno, {}, 'ServicePrincipal')],
      `owner ${bruno} added`,
    ),
    'an application makes somebody its owner': changed(
      [owner(anna, { byApp: robot })],
      `owner ${anna} added (by "Robot")`,
    ),
    'a sign-in address is added': changed(
      [redirect(['https://crm.example/a'], ['https://crm.example/a', 'https://harvest.example/b'])],
      'sign-in address https://harvest.example/b added',
    ),
    'a sign-in address is replaced': changed(
      [redirect(['https://crm.example/a'], ['https://localhost.harvest.example/'])],
      'sign-in address https://localhost.harvest.example/ added',
    ),
    'it asks for mail, among others': changed(
      [requests([USER_READ], [USER_READ, MAIL_READ, MAIL_WRITE_SCOPE])],
      'asks for Mail.Read, asks for Mail.ReadWrite',
    ),
    'its property lock is taken off': changed(
      [update({ ServicePrincipalLockConfiguration: [lock(true), lock(false)] })],
      'property lock taken off',
    ),
    'its property lock holds less': changed(
      [update({ ServicePrincipalLockConfiguration: [lock(true, true), lock(true, null)] })],
      'property lock taken off',
    ),
    'it is opened to other tenants': changed(
      [update({ AvailableToOtherTenants: ['[\r\n  false\r\n]', '[\r\n  true\r\n]'] })],
      'opened to other tenants',
    ),
    'a new one asks for mail and is open to others': changed(
      [
        directoryRecord('Add application.', registration(CRM), {
          AvailableToOtherTenants: ['[]', '[true]'],
          RequiredResourceAccess: ['[]', asks(MAIL_READ)],
          AppAddress: ['[]', addresses('https://crm.example/a')],
        }),
      ],
      'asks for Mail.Read, opened to other tenants',
    ),
    'several steps within a day are one finding': {
      records: [owner(bruno), redirect([], ['https://harvest.example/'], { at: at('11:00') })],
      expect: { term: 'changed', key, count: 2, recordCount: 2 },
    },
    'case, NBSP or trailing-dot variants of an operation': changed(
      [owner(bruno, { operation: 'ADD OWNER\u00a0to Application' })],
      `owner ${bruno} added`,
    ),
    'an application sets up another': {
      records: [createdPrincipal({ byApp: robot })],
      expect: { term: 'by-application', severity: 'medium', key, count: 1 },
    },
    'the SYSTEM exclusion, by an application of that name': {
      records: [createdPrincipal({ byApp: application('Microsoft Azure AD Internal - Jit Provisioning') })],
      expect: { term: 'by-application', key },
    },
    'the SYSTEM exclusion, with a service principal behind it': {
      records: [
        jit({
          UserId: `ServicePrincipal_${robot.principal}`,
          Actor: [
            { ID: 'Microsoft Azure AD Internal - Jit Provisioning', Type: 1 },
            { ID: `ServicePrincipal_${robot.principal}`, Type: 2 },
            { ID: 'ServicePrincipal', Type: 2 },
          ],
        }),
      ],
      expect: { term: 'by-application', key },
    },
    'four applications set up in ten minutes': {
      records: setUp(4, minutes(10) - 1),
      expect: { term: 'many', severity: 'medium', key: [anna], count: 4 },
    },
    'across a bucket edge: four around the hour': {
      records: setUp(4, minutes(9)),
      expect: { term: 'many', count: 4 },
    },
    'risky applications are allowed': {
      records: [policy(false, true)],
      expect: { term: 'consent-policy', severity: 'medium', key: ['consent policy'], count: 1 },
    },
  },
  quiet: {
    'three applications set up, and a fourth too late': [
      ...setUp(3, minutes(9)),
      createdPrincipal({ app: application('late'), at: at('10:05') }),
    ],
    'a person registers his own application': [
      directoryRecord('Add application.', registration(CRM), {
        AppAddress: ['[]', addresses('https://crm.example/a')],
        AvailableToOtherTenants: ['[]', '[false]'],
      }),
      owner(anna),
      createdPrincipal(),
    ],
    'a person lets an application in': [createdPrincipal(), consent('User.Read')],
    'sign-in addresses on the own machine': [
      redirect([], ['http://localhost', 'http://localhost:8400/x', 'https://127.0.0.1:1', 'http://[::1]/']),
    ],
    'sign-in addresses taken out': [
      redirect(['https://a.example', 'https://b.example'], ['https://a.example']),
    ],
    'permissions asked for: other ones, fewer, the same': [
      requests([], [USER_READ, guid('Calendars.Read')]),
      requests([USER_READ, MAIL_READ], [USER_READ]),
      requests([MAIL_READ], [MAIL_READ]),
    ],
    'a property lock put on': [update({ ServicePrincipalLockConfiguration: [lock(false), lock(true)] })],
    'closed to other tenants': [update({ AvailableToOtherTenants: ['[true]', '[false]'] })],
    'an owner removed': [owner(bruno, { operation: 'Remove owner from application.' })],
    'a change that failed': [owner(bruno, { change: { ResultStatus: 'Failure' } })],
    'the SYSTEM exclusion: Microsoft’s own provisioning': [
      jit(),
      createdPrincipal({
        byApp: application('Managed Service Identity', 'ef5d5c69-a5df-46bb-acaf-426f161a21a2'),
      }),
      createdPrincipal({
        byApp: application('AAD App Management', 'f0ae4899-d877-4d3c-ae25-679e38eea492'),
      }),
    ],
    'risky applications are forbidden': [policy(true, false)],
    'an edit of the principal’s name': [
      directoryRecord('Update service principal.', principal(CRM), { DisplayName: ['[]', '["x"]'] }),
    ],
  },
})
