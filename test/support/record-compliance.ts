import type { Seconds } from '../../core/model/time.ts'
import { ADMIN } from './record-cmdlets.ts'
import { at, type Event, guid, mailboxRecord, person, type RawRecord, sealed, TENANT } from './records.ts'

interface Activity {
  readonly at?: Seconds
  readonly by?: string
  readonly change?: RawRecord
}

const compliance = (operation: string, RecordType: number, given: Activity, fields: RawRecord) => {
  const { by = ADMIN, change } = given
  return sealed(given.at ?? at('09:20'), operation, {
    RecordType,
    ResultStatus: 'Succeeded',
    UserKey: by,
    UserType: 0,
    Version: 1,
    Workload: 'SecurityComplianceCenter',
    UserId: by,
    ...fields,
    ...change,
  })
}

/** What somebody does in Purview: a search, a case, an export. */
export const activity = (operation: string, name: string, given: Activity & { advanced?: true } = {}) =>
  compliance(operation, given.advanced ? 31 : 24, given, {
    ObjectId: name,
    ClientIP: '198.51.100.40',
    ClientApplication: 'PortalWeb',
    ObjectType: 'ComplianceSearch',
    ExchangeLocations: person('anna'),
    SharepointLocations: '',
    PublicFolderLocations: '',
    Exclusions: '',
    Query: '(subject:"offer")',
    Case: '',
    SecurityComplianceCenterEventType: 0,
    ExtendedProperties: [{ Name: 'SearchId', Value: guid(name) }],
  })

const ALERT_SERVICE = 'SecurityComplianceAlerts'

/** An alert of Microsoft's own: who and what is in a JSON text with short names. */
export const alertTriggered = (name: string, data: RawRecord = {}, change: RawRecord = {}) =>
  vendorAlert('AlertTriggered', name, { an: name, sev: change.Severity ?? 'Low', lon: name, ...data }, change)

/** One of the entities of an alert, here a person. */
export const alertEntity = (name: string, user: string, change: RawRecord = {}) =>
  vendorAlert(
    'AlertEntityGenerated',
    name,
    { etype: 'User', eid: user, tid: TENANT, lon: name },
    { EntityType: 'User', AlertEntityId: user, ...change },
  )

function vendorAlert(operation: string, Name: string, data: RawRecord, change: RawRecord): RawRecord {
  return compliance(
    operation,
    40,
    { by: ALERT_SERVICE, at: at('09:31'), change },
    {
      UserType: 4,
      ObjectId: guid(Name),
      AlertId: guid(Name),
      AlertLinks: [],
      AlertType: 'System',
      Category: 'ThreatManagement',
      Comments: 'New alert',
      Data: JSON.stringify(data),
      Name,
      PolicyId: guid(`policy ${Name}`),
      Severity: 'Low',
      Source: 'Office 365 Security & Compliance',
      Status: 'Active',
    },
  )
}

/** A licence with some of its plans switched off, as Entra writes it: a text in a list in a text. */
export const licence = (...disabled: readonly string[]) =>
  `[\r\n  "[SkuName=SPE_E5, AccountId=${guid('account')}, SkuId=${guid('e5')}, DisabledPlans=[${disabled.join(', ')}]]"\r\n]`

/** Entra changes a user, here his licence. */
export function userChange(user: string, before: string, after: string, given: Activity = {}): RawRecord {
  return entraUser('Update user.', user, given, {
    ExtendedProperties: [{ Name: 'additionalDetails', Value: '{"UserType":"Member"}' }],
    ModifiedProperties: [
      { Name: 'AssignedLicense', NewValue: after, OldValue: before },
      { Name: 'Included Updated Properties', NewValue: 'AssignedLicense, AssignedPlan', OldValue: '' },
      { Name: 'TargetId.UserType', NewValue: 'Member', OldValue: '' },
    ],
  })
}

/** The other record of the same change: no properties, and a piece of the change written as JSON three times over. */
export function licencePiece(user: string, before: string, after: string, given: Activity = {}): RawRecord {
  const properties = [
    { Name: 'SPN', OldValue: null, NewValue: 'Portal;https://portal.birchwood.example/' },
    { Name: 'AssignedLicense', OldValue: before, NewValue: after },
  ]
  const b = JSON.stringify(JSON.stringify(JSON.stringify(properties))).slice(9)
  return entraUser('Change user license.', user, given, {
    ExtendedProperties: [
      { Name: 'additionalDetails', Value: JSON.stringify({ id: guid(b), seq: '6', b, c: '6' }) },
    ],
    ModifiedProperties: [],
  })
}

function entraUser(operation: string, user: string, given: Activity, fields: RawRecord): RawRecord {
  const { by = ADMIN, change } = given
  return sealed(given.at ?? at('09:20'), operation, {
    RecordType: 8,
    ResultStatus: 'Success',
    UserKey: `10032000${guid(by).slice(0, 8).toUpperCase()}@birchwood.onmicrosoft.example`,
    UserType: 0,
    Version: 1,
    Workload: 'AzureActiveDirectory',
    ObjectId: user,
    UserId: by,
    AzureActiveDirectoryEventType: 1,
    Actor: [
      { ID: by, Type: 5 },
      { ID: `User_${guid(by)}`, Type: 2 },
    ],
    Target: [
      { ID: `User_${guid(user)}`, Type: 2 },
      { ID: guid(user), Type: 2 },
      { ID: 'User', Type: 2 },
      { ID: user, Type: 5 },
    ],
    ...fields,
    ...change,
  })
}

/** Somebody searches his mail in Outlook. */
export const mailSearch = (QueryText: string, event: Partial<Event> = {}) =>
  mailboxRecord(
    'SearchQueryInitiatedExchange',
    101,
    { mailbox: person('anna'), at: at('09:05'), ...event },
    {
      QueryText,
      QuerySource: 'Outlook',
      ScenarioName: 'owa.react',
    },
  )
