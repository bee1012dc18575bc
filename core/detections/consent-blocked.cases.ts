import { defineCases } from '../../test/support/cases.ts'
import {
  type App,
  application,
  CRM,
  consent,
  type DirectoryEvent,
  directoryRecord,
  permissions,
  principal,
} from '../../test/support/record-apps.ts'
import { at, guid, person } from '../../test/support/records.ts'

const anna = person('anna')
const key = [anna, CRM.appId] as const

/** What is recorded when Microsoft or the tenant's policy says no: no principal yet, so an id of zeros. */
const refused = (
  scopes: string,
  event: DirectoryEvent & { app?: App } = {},
  reason: readonly string[] = [],
) => {
  const { app = CRM, by = anna } = event
  const [words, exception] = reason
  return directoryRecord(
    'Consent to application.',
    [
      { ID: `Application_${app.registration}`, Type: 2 },
      { ID: app.registration, Type: 2 },
      { ID: 'Application', Type: 2 },
      { ID: app.name, Type: 1 },
      { ID: app.appId, Type: 2 },
    ],
    {
      'ConsentContext.IsAdminConsent': ['', 'False'],
      'ConsentAction.Permissions': [
        '',
        permissions({ ...app, principal: '00000000-0000-0000-0000-000000000000' }, by, [{ scopes }]),
      ],
      ...(words !== undefined && { 'ConsentAction.Reason': ['', words] }),
      ...(exception !== undefined && { 'MethodExecutionResult.': ['', exception] }),
    },
    { ...event, change: { ResultStatus: 'Failure', ...event.change } },
  )
}

const RISKY = [
  'Risky application detected',
  'Microsoft.Online.Security.UserConsentBlockedForRiskyAppsException',
]

/** `count` people, the last of them `over` minutes after the first. */
const several = (count: number, over: string, app = CRM) =>
  Array.from({ length: count }, (_, n) =>
    refused('Mail.Read', {
      by: person(`staff${n}`),
      app,
      at: n === count - 1 ? at(over, over < '09:00' ? 1 : 0) : at('09:00'),
    }),
  )

export const cases = defineCases('consent-blocked', {
  fires: {
    'an application held risky is refused': {
      records: [refused('Mail.Read Mail.Send User.Read', {}, RISKY)],
      expect: {
        term: 'refused',
        severity: 'low',
        key,
        count: 1,
        actor: anna,
        notes: [`"CRM" (${CRM.appId}): Mail.Read, Mail.Send (Risky application detected)`],
      },
    },
    'the reason is an exception by name only': {
      records: [refused('Mail.Read', {}, ['', 'Microsoft.Online.Security.UserConsentDisabledException'])],
      expect: {
        term: 'refused',
        notes: [`"CRM" (${CRM.appId}): Mail.Read (UserConsentDisabledException)`],
      },
    },
    'no reason is recorded': {
      records: [refused('EWS.AccessAsUser.All')],
      expect: { term: 'refused', key, count: 1 },
    },
    'the status says nothing, the exception does': {
      records: [refused('Mail.Read', { change: { ResultStatus: undefined } }, RISKY)],
      expect: { term: 'refused', key },
    },
    'a consent that failed after the principal was there': {
      records: [consent('Mail.Read', { change: { ResultStatus: 'Failure' } })],
      expect: { term: 'refused', key },
    },
    'somebody tries three times': {
      records: ['09:00', '09:01', '09:02'].map(clock => refused('Mail.Read', { at: at(clock) })),
      expect: { term: 'refused', severity: 'low', key, count: 3 },
    },
    'three people within a day': {
      records: several(3, '08:59'),
      expect: { term: 'people', severity: 'medium', key: [`app:${CRM.appId}`], count: 3 },
    },
    'two people': {
      records: several(2, '10:00'),
      expect: { term: 'refused', severity: 'low', key: [person('staff0'), CRM.appId] },
    },
    'across a bucket edge: three people around midnight': {
      records: [
        refused('Mail.Read', { by: person('staff1'), at: at('23:50') }),
        refused('Mail.Read', { by: person('staff2'), at: at('23:58') }),
        refused('Mail.Read', { by: person('staff3'), at: at('00:02', 1) }),
      ],
      expect: { term: 'people', severity: 'medium', count: 3 },
    },
  },
  quiet: {
    'an application that wants no mail is refused': [refused('User.Read Files.Read.All', {}, RISKY)],
    'scopes that only resemble': [refused('Mail.ReadMe MailTips.Read')],
    'a consent is given': [consent('Mail.Read Mail.Send')],
    'a consent is taken back': [
      refused('Mail.Read', {
        app: application('x', guid('y')),
        operation: 'Remove delegated permission grant.',
      }),
    ],
    'a refusal without the wanted scopes': [
      directoryRecord('Consent to application.', principal(CRM), {}, { change: { ResultStatus: 'Failure' } }),
    ],
  },
})
