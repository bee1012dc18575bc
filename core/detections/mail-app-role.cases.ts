import { defineCases } from '../../test/support/cases.ts'
import {
  application,
  appRole,
  CRM,
  directoryRecord,
  EXCHANGE_API,
  GRAPH_API,
  principal,
  user,
} from '../../test/support/record-apps.ts'
import { at, guid, person } from '../../test/support/records.ts'

const anna = person('anna')
const robot = application('Robot')
const key = [CRM.appId] as const
const exchange = { api: EXCHANGE_API }
const note = (role: string) => [`"CRM" (${CRM.appId}): ${role}`]

const directoryRole = (template: string, day = 0, target = principal(CRM)) =>
  directoryRecord(
    'Add member to role.',
    target,
    {
      'Role.ObjectID': ['', guid('role')],
      'Role.DisplayName': ['', 'Exchange Administrator'],
      'Role.TemplateId': ['', template],
    },
    { at: at('10:00', day) },
  )
const EXCHANGE_ADMIN = '29232cdf-9323-42fd-ade2-1d097af3e4de'
const manage = () => appRole('Exchange.ManageAsApp', exchange)

const graded = (grade: string, names: readonly string[], severity: 'critical' | 'high') =>
  Object.fromEntries(
    names.map(name => [
      `${name}: ${grade}`,
      { records: [appRole(name)], expect: { term: grade, severity, key, count: 1, notes: note(name) } },
    ]),
  )

export const cases = defineCases('mail-app-role', {
  fires: {
    'all mail over EWS, granted by an application': {
      records: [appRole('full_access_as_app', { ...exchange, byApp: robot })],
      expect: {
        term: 'all-mail',
        severity: 'critical',
        key,
        count: 1,
        actor: `app:serviceprincipal_${robot.principal}`,
        notes: note('full_access_as_app (by "Robot")'),
      },
    },
    'all mail, granted by a person': {
      records: [appRole('Mail.Read')],
      expect: { term: 'all-mail', severity: 'critical', key, actor: anna, notes: note('Mail.Read') },
    },
    ...graded(
      'all-mail',
      [
        'Mail.ReadWrite',
        'MailboxItem.Export.All',
        'MailboxItem.Read.All',
        'IMAP.AccessAsApp',
        'POP.AccessAsApp',
      ],
      'critical',
    ),
    ...graded(
      'some-mail',
      [
        'Mail.Send',
        'Mail.ReadBasic.All',
        'MailboxSettings.ReadWrite',
        'MailboxFolder.Read.All',
        'SMTP.SendAsApp',
      ],
      'high',
    ),
    ...graded(
      'power',
      [
        'AppRoleAssignment.ReadWrite.All',
        'RoleManagement.ReadWrite.Directory',
        'Application.ReadWrite.All',
        'Directory.ReadWrite.All',
        'eDiscovery.Read.All',
        'AuditLogsQuery-Exchange.Read.All',
        'AuditLogsQuery.Read.All',
      ],
      'high',
    ),
    'several rights of one application': {
      records: [appRole('Mail.Send'), appRole('MailboxSettings.Read'), appRole('Mail.Read')],
      expect: { term: 'all-mail', severity: 'critical', key, recordCount: 3 },
    },
    'the right by its id alone': {
      records: [appRole('', { id: '810C84A8-4A9E-49E6-BF7D-12D183F40D01' })],
      expect: { term: 'all-mail', key, notes: note('Mail.Read') },
    },
    'the right by its name alone, in any case': {
      records: [appRole('MAIL.readwrite', { id: '' })],
      expect: { term: 'all-mail', key, notes: note('Mail.ReadWrite') },
    },
    'values in quotes, as Graph writes them': {
      records: [
        directoryRecord('Add app role assignment to service principal', principal(EXCHANGE_API), {
          'AppRole.Id': [null, '"dc890d15-9560-4a4c-9b7f-a736ec74ec40"'],
          'AppRole.Value': [null, '"full_access_as_app"'],
          'ServicePrincipal.ObjectID': [null, `"${CRM.principal}"`],
          'ServicePrincipal.DisplayName': [null, '"CRM"'],
          'ServicePrincipal.AppId': [null, `"${CRM.appId}"`],
        }),
      ],
      expect: { term: 'all-mail', key, notes: note('full_access_as_app') },
    },
    'a record that does not name the API': {
      records: [appRole('Mail.Read', { change: { Target: [], ObjectId: undefined } })],
      expect: { term: 'all-mail', key },
    },
    'the right to manage Exchange': {
      records: [manage()],
      expect: { term: 'manage', severity: 'high', key, count: 1 },
    },
    'the right to manage Exchange, and a role to do it with': {
      records: [directoryRole(EXCHANGE_ADMIN, -6), manage()],
      expect: { term: 'manage-with-role', severity: 'critical', key, count: 1, recordCount: 2 },
    },
    'the role comes a day after the right': {
      records: [manage(), directoryRole(EXCHANGE_ADMIN, 1)],
      expect: { term: 'manage-with-role', key },
    },
    'the role came more than a week before': {
      records: [directoryRole(EXCHANGE_ADMIN, -8), manage()],
      expect: { term: 'manage' },
    },
    'the role is another application’s': {
      records: [directoryRole(EXCHANGE_ADMIN, 0, principal(robot)), manage()],
      expect: { term: 'manage', key },
    },
  },
  quiet: {
    'a right that does not touch mail': [appRole('User.Read.All'), appRole('Calendars.Read')],
    'a right of that name on an API of your own': [appRole('Mail.Read', { api: application('Post room') })],
    'a right that only resembles': [appRole('Mail.ReadSome.All'), appRole('xMail.Read')],
    'a right taken away': [
      appRole('Mail.Read', { operation: 'Remove app role assignment from service principal.' }),
    ],
    'a grant that failed': [appRole('Mail.Read', { change: { ResultStatus: 'Failure' } })],
    'rights asked for are not rights given': [
      directoryRecord('Update application.', principal(CRM), {
        RequiredResourceAccess: [
          '[]',
          JSON.stringify([
            {
              ResourceAppId: GRAPH_API.appId,
              RequiredAppPermissions: [
                { EntitlementId: '810c84a8-4a9e-49e6-bf7d-12d183f40d01', DirectAccessGrant: true },
              ],
            },
          ]),
        ],
      }),
    ],
    'a grant of 2020 that names no right': [
      directoryRecord('Add app role assignment to service principal.', principal(EXCHANGE_API), {
        'ServicePrincipal.ObjectID': ['', CRM.principal],
        'ServicePrincipal.Name': ['', CRM.appId],
      }),
    ],
    'a directory role without the right': [directoryRole(EXCHANGE_ADMIN)],
    'the right beside somebody’s role': [directoryRole(EXCHANGE_ADMIN, 0, user(anna))],
    'another directory role': [directoryRole(guid('Helpdesk Administrator'))],
  },
})
