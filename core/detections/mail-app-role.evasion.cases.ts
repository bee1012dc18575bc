import { defineCases } from '../../test/support/cases.ts'
import { application, appRole, CRM, EXCHANGE_API } from '../../test/support/record-apps.ts'
import { at, guid } from '../../test/support/records.ts'

const key = [CRM.appId] as const
const alone = { byApp: application('Robot'), change: { ExtendedProperties: undefined, UserAgent: undefined } }

/** Grants that rules in the field miss, each beside what must stay quiet. */
export const cases = defineCases('mail-app-role', {
  fires: {
    'direct appRoleAssignedTo by an app, no user agent': {
      records: [appRole('Mail.Read', alone)],
      expect: { term: 'all-mail', severity: 'critical', key, count: 1 },
    },
    'EWS/IMAP/POP instead of Graph': {
      records: ['full_access_as_app', 'IMAP.AccessAsApp', 'POP.AccessAsApp'].map(role =>
        appRole(role, { api: EXCHANGE_API, id: guid('unknown') }),
      ),
      expect: { term: 'all-mail', key, count: 3 },
    },
    'case, NBSP or trailing-dot variants': {
      records: [
        appRole('MAIL.READ', { operation: 'ADD app\u00a0role  assignment to service principal', id: '' }),
      ],
      expect: { term: 'all-mail', key },
    },
    'rights spread over days, each told by its day': {
      records: [appRole('Mail.Send'), appRole('Mail.ReadWrite', { at: at('09:12', 1) })],
      expect: { term: 'all-mail', key, count: 1 },
    },
  },
  quiet: {
    'direct appRoleAssignedTo by an app, no mail': [appRole('User.Read.All', alone)],
    'case variants of a removal': [
      appRole('Mail.Read', { operation: 'REMOVE app role assignment from service principal' }),
    ],
  },
})
