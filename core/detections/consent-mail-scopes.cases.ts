import { defineCases } from '../../test/support/cases.ts'
import {
  application,
  CRM,
  consent,
  createdPrincipal,
  delegatedGrant,
  directoryRecord,
  GRAPH_API,
  permissions,
  principal,
} from '../../test/support/record-apps.ts'
import { at, guid, person } from '../../test/support/records.ts'

const anna = person('anna')
const bruno = person('bruno')
const day = (n: number) => ({ at: at('09:12', n) })
const key = [anna, CRM.principal] as const
const note = (scopes: string) => [`"CRM" (${CRM.appId}): ${scopes}`]

const FIVE = ['offline_access User.Read Mail.ReadWrite', 'Mail.Send Files.Read.All']
const NINE = 'Contacts.Read User.Read Notes.Read.All Files.Read Files.Read.All'

/** A consent with one part of its text changed. */
const reworded = (scopes: string, change: (text: string) => string) =>
  directoryRecord('Consent to application.', principal(CRM), {
    'ConsentAction.Permissions': ['', change(permissions(CRM, anna, [{ scopes }]))],
  })

export const cases = defineCases('consent-mail-scopes', {
  fires: {
    'a user lets an application read mail': {
      records: [consent('openid User.Read Mail.Read')],
      expect: { term: 'mail', severity: 'medium', key, count: 1, actor: anna, notes: note('Mail.Read') },
    },
    'a user lets it in while he is away, too': {
      records: [consent('offline_access Mail.Read')],
      expect: { term: 'offline', severity: 'high', key, count: 1, notes: note('Mail.Read, offline_access') },
    },
    'a user lets in an application nobody used before': {
      records: [createdPrincipal(), consent('User.Read Mail.ReadBasic')],
      expect: { term: 'new-application', severity: 'high', key, count: 1, recordCount: 2 },
    },
    'the application was set up by somebody else': {
      records: [createdPrincipal({ by: bruno }), consent('Mail.ReadBasic')],
      expect: { term: 'mail', severity: 'medium', key },
    },
    'the application was set up two days before': {
      records: [createdPrincipal(day(-2)), consent('Mail.ReadBasic')],
      expect: { term: 'mail' },
    },
    'an administrator lets it in for everybody': {
      records: [consent([{ scopes: 'Mail.Send User.Read', forAll: true }])],
      expect: { term: 'everybody', severity: 'high', key, count: 1 },
    },
    'a grant made by script: what is new decides': {
      records: [delegatedGrant('User.Read Mail.ReadWrite', { before: ' User.Read' })],
      expect: {
        term: 'everybody',
        key,
        count: 1,
        notes: [`the application ${CRM.principal}: Mail.ReadWrite`],
      },
    },
    'a grant for one person made by an application': {
      records: [delegatedGrant('Mail.Read', { forAll: false, byApp: application('Robot') })],
      expect: { term: 'mail', actor: `app:serviceprincipal_${application('Robot').principal}` },
    },
    'a consent and the grant written beside it are one': {
      records: [
        consent('Mail.Read'),
        delegatedGrant('Mail.Read', { forAll: false, at: at('09:12:01') }),
        createdPrincipal({ at: at('09:11:59') }),
      ],
      expect: { term: 'new-application', key, count: 1, recordCount: 3 },
    },
    'two people let the same application in within a week': {
      records: [consent('Mail.Read'), consent('Mail.Read', { by: bruno, ...day(6) })],
      expect: { term: 'people', severity: 'high', key: [`app:${CRM.principal}`], count: 2 },
    },
    'two people, more than a week apart': {
      records: [consent('Mail.Read'), consent('Mail.Read', { by: bruno, ...day(8) })],
      expect: { term: 'mail', key: [bruno, CRM.principal] },
    },
    'all five scopes of a phishing kit': {
      records: [consent(FIVE.join(' '))],
      expect: { term: 'kit-of-five', severity: 'critical', key, count: 5 },
    },
    'four of the five': {
      records: [consent('offline_access User.Read Mail.ReadWrite Mail.Send')],
      expect: { term: 'offline', severity: 'high', count: 2 },
    },
    'six of the nine scopes of another kit': {
      records: [consent(`${NINE} Mail.Read`)],
      expect: { term: 'kit-of-nine', severity: 'critical', count: 6 },
    },
    'five of the nine': {
      records: [consent('Contacts.Read User.Read Files.Read Files.Read.All Mail.Read')],
      expect: { term: 'mail', severity: 'medium' },
    },
    'the second of several grants reaches mail': {
      records: [
        consent([
          { scopes: 'User.Read', before: 'User.Read' },
          { scopes: 'EWS.AccessAsUser.All', resource: 'Office 365 Exchange Online' },
        ]),
      ],
      expect: { term: 'mail', notes: note('EWS.AccessAsUser.All') },
    },
    'one person’s scope becomes everybody’s': {
      records: [
        consent([
          { scopes: 'Mail.Read', before: 'Mail.Read' },
          { scopes: 'Mail.Read', forAll: true },
        ]),
      ],
      expect: { term: 'everybody', count: 1 },
    },
    'a record without client ids: the target names it': {
      records: [reworded('Mail.Read', text => text.replace(/ClientId: [^,]*, /, ''))],
      expect: { term: 'mail', key },
    },
    'a record that ends after the scopes': {
      records: [
        reworded('Mail.Read', text => text.replace(', CreatedDateTime: , LastModifiedDateTime ', '')),
      ],
      expect: { term: 'mail', key, count: 1 },
    },
    'the text with quotes of its own': {
      records: [reworded('Mail.Read', text => JSON.stringify(text))],
      expect: { term: 'mail', key, count: 1 },
    },
    'the grant under its older name': {
      records: [delegatedGrant('Mail.Read', { operation: 'Add OAuth2PermissionGrant.' })],
      expect: { term: 'everybody', key },
    },
    'case, NBSP or dot variants in operation and scope': {
      records: [consent('MAIL.READ', { operation: ' consent\u00a0 to Application' })],
      expect: { term: 'mail', key, notes: note('Mail.Read') },
    },
  },
  quiet: {
    'a consent to sign in': [consent('openid profile email offline_access User.Read')],
    'scopes that only resemble': [consent('Mail.ReadMe Mailing.Read MailboxSettings.Read Calendars.Read')],
    'files, but no mail': [consent('Files.Read.All Sites.Read.All')],
    'six scopes of the kit, none of them mail': [consent(`${NINE} Files.ReadWrite.All`)],
    'a consent repeated': [
      consent([{ before: 'Mail.Read offline_access', scopes: 'offline_access Mail.Read' }]),
    ],
    'a consent reduced': [consent([{ before: 'Mail.Read Mail.Send User.Read', scopes: 'User.Read' }])],
    'a grant taken back names its scopes as new': [
      delegatedGrant('Mail.Read', { operation: 'Remove delegated permission grant.' }),
    ],
    'a consent that failed': [consent('Mail.Read Mail.Send', { change: { ResultStatus: 'Failure' } })],
    'a consent refused, though the status says nothing': [
      directoryRecord(
        'Consent to application.',
        principal(CRM),
        {
          'ConsentAction.Permissions': ['', permissions(CRM, anna, [{ scopes: 'Mail.Read' }])],
          'MethodExecutionResult.': ['', 'Microsoft.Online.Security.UserConsentBlockedForRiskyAppsException'],
        },
        { change: { ResultStatus: undefined } },
      ),
    ],
    'a grant of 2020 that names no scope': [
      directoryRecord('Add OAuth2PermissionGrant.', principal(GRAPH_API), {
        'ServicePrincipal.ObjectID': ['', guid('x')],
      }),
    ],
    'an application becomes known': [createdPrincipal()],
    'a consent without text': [directoryRecord('Consent to application.', principal(CRM), {})],
  },
})
