import { defineCases } from '../../test/support/cases.ts'
import { ADMIN } from '../../test/support/record-cmdlets.ts'
import { applicationNames, directoryRecord } from '../../test/support/record-directory.ts'
import { at, guid, type RawRecord, TENANT } from '../../test/support/records.ts'
import { type Observation, observationBody } from '../model/observation.ts'

const OWN = 'Waxseal'
const declared = { self: new Set([guid(`${OWN} application`), guid(OWN)]) }
const about = (records: readonly RawRecord[]) => ({ records, declared })

const seen = (operation: Observation['operation'], object: string): RawRecord => ({
  ...observationBody(TENANT, { operation, at: at('09:10'), identity: [object], object }),
})
/** The target of a removed role is the API; the application is among the properties. */
const roleRemoved = (name = OWN, change: RawRecord = {}) =>
  directoryRecord('Remove app role assignment from service principal', {
    target: applicationNames('Office 365 Management APIs'),
    modified: {
      'AppRole.Value': ['ActivityFeed.Read', ''],
      'ServicePrincipal.ObjectID': [guid(name), ''],
      'ServicePrincipal.AppId': [guid(`${name} application`), ''],
    },
    change,
  })
const changed = (operation: string, name = OWN, modified: RawRecord = {}) =>
  directoryRecord(operation, {
    target: applicationNames(name),
    modified: modified as Record<string, readonly [string, string]>,
  })
const keys = (...ids: string[]) =>
  JSON.stringify(
    ids.map(id => `[KeyIdentifier=${guid(id)},KeyType=Password,KeyUsage=Verify,DisplayName=${id}]`),
  )

const permission = { term: 'permission', severity: 'high', count: 1 } as const
const credential = { term: 'credential', severity: 'medium', count: 1 } as const

export const cases = defineCases('own-access', {
  fires: {
    'a permission we had is gone': {
      records: [seen('OwnPermissionRemoved', 'ActivityFeed.Read')],
      expect: { ...permission, actor: 'waxseal', notes: ['ActivityFeed.Read'] },
    },
    'a secret that worked is refused': {
      records: [seen('OwnCredentialChanged', 'AADSTS7000215')],
      expect: { ...credential, actor: 'waxseal' },
    },
    'an administrator takes our role away': {
      ...about([roleRemoved()]),
      expect: { ...permission, actor: ADMIN, notes: ['ActivityFeed.Read'] },
    },
    'the record and what we saw are one finding': {
      ...about([roleRemoved(), seen('OwnPermissionRemoved', 'ActivityFeed.Read')]),
      expect: { ...permission, recordCount: 2 },
    },
    'our application is deleted': {
      ...about([changed('Delete application')]),
      expect: permission,
    },
    'our sign-in is disabled': {
      ...about([changed('Update service principal', OWN, { AccountEnabled: ['[true]', '[false]'] })]),
      expect: { ...permission, notes: ['its sign-in'] },
    },
    'a secret is added to us': {
      ...about([
        changed('Update application – Certificates and secrets management', OWN, {
          KeyDescription: [keys('old'), keys('old', 'new')],
        }),
      ]),
      expect: credential,
    },
    'our secret is removed': {
      ...about([changed('Remove service principal credentials')]),
      expect: credential,
    },
  },
  quiet: {
    'the role of another application is taken away': about([roleRemoved('Backup')]),
    'a removal that failed': about([roleRemoved(OWN, { ResultStatus: 'Failure' })]),
    'another application is deleted': about([changed('Delete application', 'Backup')]),
    'a secret is added to another application': about([
      changed('Add service principal credentials', 'Backup'),
    ]),
    'our registration is edited, its secrets repeated': about([
      changed('Update application', OWN, { KeyDescription: [keys('old'), keys('old')] }),
    ]),
    'nobody knows yet who we are': [roleRemoved()],
  },
})
