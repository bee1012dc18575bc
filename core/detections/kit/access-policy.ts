import type { AuditRecord } from '../../model/audit-record.ts'
import { flag, lower } from '../../model/values.ts'
import { additions } from './multi-value.ts'
import { first, type NameValues, nameValues } from './name-values.ts'

/** A change that lets more clients or applications in. `wide`: past what keeps strangers out; `some`: one way more. */
export interface Loosening {
  readonly grade: 'wide' | 'some'
  /** In words; completes `… changed who may reach mailboxes:`. */
  readonly what: string
}

/** Looks at one parameter that is there: its values, and its first. */
type Test = (values: readonly string[]) => boolean

const on: Test = ([value]) => flag(value) === true
const off: Test = ([value]) => flag(value) === false
const filled: Test = values => additions(values).length > 0
/** Emptied, or entries taken out. */
const reduced: Test = values => additions(values).length === 0 || values.some(value => /remove/i.test(value))
const is =
  (...wanted: readonly string[]): Test =>
  ([value]) =>
    wanted.includes(lower(value) ?? '')

type Row = readonly [parameter: string, test: Test, grade: Loosening['grade'], what: string]

const MAILBOX: readonly Row[] = [
  ['ActiveSyncAllowedDeviceIDs', filled, 'wide', 'a phone is allowed whatever the rules say'],
  ['ActiveSyncBlockedDeviceIDs', reduced, 'some', 'a blocked phone is let go'],
  ['ImapEnabled', on, 'some', 'IMAP is on'],
  ['PopEnabled', on, 'some', 'POP is on'],
  ['EwsEnabled', on, 'some', 'Exchange Web Services are on'],
  ['ActiveSyncEnabled', on, 'some', 'ActiveSync is on'],
  ['SmtpClientAuthenticationDisabled', off, 'some', 'sending with a password (SMTP AUTH) is on'],
  ['EwsAllowList', filled, 'some', 'another program may use Exchange Web Services'],
  ['EwsBlockList', reduced, 'some', 'a program is no longer kept from Exchange Web Services'],
  [
    'EwsApplicationAccessPolicy',
    is('enforceblocklist', ''),
    'some',
    'programs may use Exchange Web Services',
  ],
]
const ORGANISATION: readonly Row[] = [
  ['EwsEnabled', on, 'wide', 'Exchange Web Services are on for the organisation'],
  ['EwsAllowedAppIDs', filled, 'wide', 'another application may use Exchange Web Services'],
  ['EwsAllowList', filled, 'wide', 'another program may use Exchange Web Services, in every mailbox'],
  [
    'EwsBlockList',
    reduced,
    'wide',
    'a program is no longer kept from Exchange Web Services, in every mailbox',
  ],
  [
    'EwsApplicationAccessPolicy',
    is('enforceblocklist', ''),
    'wide',
    'programs may use Exchange Web Services, in every mailbox',
  ],
  ['OAuth2ClientProfileEnabled', off, 'some', 'modern sign-in is off'],
  ['DefaultAuthenticationPolicy', () => true, 'some', 'another authentication policy is the default'],
]
const DEVICE_RULE: readonly Row[] = [
  ['AccessLevel', is('allow'), 'some', 'a kind of phone is allowed without asking'],
]
const ACCESS_POLICY: readonly Row[] = [
  ['AccessRight', is('restrictaccess'), 'some', 'an application’s mailboxes are those of a new policy'],
]
const CHANGED_POLICY: readonly Row[] = [
  [
    'AccessRight',
    values => !is('denyaccess')(values),
    'wide',
    'a policy that kept an application out lets it in',
  ],
  ['PolicyScopeGroupId', filled, 'wide', 'an application’s policy covers other mailboxes'],
  ['AppId', filled, 'wide', 'an application’s policy covers another application'],
]

const TABLES: ReadonlyMap<string, readonly Row[]> = new Map([
  ['Set-CASMailbox', MAILBOX],
  ['Set-OrganizationConfig', ORGANISATION],
  ['New-ApplicationAccessPolicy', ACCESS_POLICY],
  ['Set-ApplicationAccessPolicy', CHANGED_POLICY],
  ['New-ActiveSyncDeviceAccessRule', DEVICE_RULE],
  ['Set-ActiveSyncDeviceAccessRule', DEVICE_RULE],
  [
    'Set-ActiveSyncOrganizationSettings',
    [['DefaultAccessLevel', is('allow'), 'some', 'phones are allowed without asking']],
  ],
  [
    'Set-TransportConfig',
    [
      [
        'SmtpClientAuthenticationDisabled',
        off,
        'some',
        'sending with a password (SMTP AUTH) is on for everyone',
      ],
    ],
  ],
])

/** Every way in which a cmdlet opens access; empty for those that close it. */
export function loosenings(record: AuditRecord): readonly Loosening[] {
  const parameters = nameValues(record.body.Parameters)
  if (record.operation === 'Remove-ApplicationAccessPolicy')
    return [{ grade: 'wide', what: 'a policy that limits an application is gone' }]
  if (/-AuthenticationPolicy$/.test(record.operation)) return passwords(parameters)
  return (TABLES.get(record.operation) ?? []).flatMap(([parameter, test, grade, what]) => {
    const values = parameters.get(parameter.toLowerCase())
    return values !== undefined && test(values) ? [{ grade, what }] : []
  })
}

/** `AllowBasicAuthImap` and its like are switches: in a command line they come without a value. */
function passwords(parameters: NameValues): readonly Loosening[] {
  return [...parameters.keys()].flatMap(name => {
    const protocol = /^allowbasicauth(\w+)$/.exec(name)?.[1]
    if (protocol === undefined || flag(first(parameters, name)) === false) return []
    return [{ grade: 'some' as const, what: `signing in with a mere password is allowed (${protocol})` }]
  })
}
