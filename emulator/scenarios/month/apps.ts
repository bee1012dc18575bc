import { SECOND } from '../../clock.ts'
import { consentText, directoryChange, type Principal, principalNames } from '../../records/index.ts'
import type { Day } from '../day.ts'
import type { Person } from '../firm.ts'
import { happens, type Occurrence } from '../scenario.ts'
import { adminOn, written } from './admin.ts'
import { WHEN } from './calendar.ts'
import type { Month } from './month.ts'

const GRAPH = 'b7f3a9d1-6c1e-4d8a-9a52-3e0c5d7f1b64'

/** Applications let in: the CRM's add-in by the administrator for everybody, a harmless one by somebody for himself. */
export function appsLetIn(month: Month, day: Day, n: number): Occurrence[] {
  const { admin, consenter, crm } = month.cast
  if (n === WHEN.crmConsent)
    return consent(month, day, n, admin, crm, 'openid profile User.Read Mail.Read Contacts.Read', true)
  if (n !== WHEN.consent) return []
  const poll = {
    name: 'Lunch Poll',
    appId: month.random.fork('lunch-poll').guid(),
    objectId: month.random.fork('lunch-poll/principal').guid(),
  }
  return consent(month, day, n, consenter, poll, 'openid profile User.Read', false)
}

function consent(
  month: Month,
  day: Day,
  n: number,
  by: Person,
  app: Principal,
  scopes: string,
  forAll: boolean,
): Occurrence[] {
  const { at, kit } = adminOn(month, day, n, `consent/${app.appId}`)
  const start = at(9, 50)
  const target = principalNames(app)
  const to = forAll ? undefined : by.objectId
  const common = { by, target, category: 'ServicePrincipal' }
  const known = directoryChange(kit, {
    ...common,
    at: start,
    operation: 'Add service principal',
    changes: {
      AccountEnabled: ['[]', written(true)],
      AppPrincipalId: ['[]', written(app.appId)],
      DisplayName: ['[]', written(app.name)],
    },
  })
  const agreed = directoryChange(kit, {
    ...common,
    at: start + 2 * SECOND,
    operation: 'Consent to application',
    changes: {
      'ConsentContext.IsAdminConsent': ['', forAll ? 'True' : 'False'],
      'ConsentContext.IsAppOnly': ['', 'False'],
      'ConsentContext.OnBehalfOfAll': ['', forAll ? 'True' : 'False'],
      'ConsentAction.Permissions': [
        '',
        consentText(kit, app, { scopes, resource: GRAPH, ...(to === undefined ? {} : { to }) }),
      ],
      'TargetId.ServicePrincipalNames': ['', app.appId],
    },
  })
  return [known, agreed].map(record => happens('Audit.AzureActiveDirectory', record))
}
