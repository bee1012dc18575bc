/**
 * Permissions of Microsoft Graph and Office 365 Exchange Online that reach mail, and those that can hand out any
 * other: names and ids as Microsoft publishes them. Records name them by value, by id, or by both.
 */

type Table = readonly (readonly [name: string, ...ids: string[]])[]

/** Application roles that open every mailbox of the tenant. */
const ALL_MAIL: Table = [
  ['full_access_as_app', 'dc890d15-9560-4a4c-9b7f-a736ec74ec40'],
  ['Mail.Read', '810c84a8-4a9e-49e6-bf7d-12d183f40d01'],
  ['Mail.ReadWrite', 'e2a3a72e-5f79-4c64-b1b1-878b674786c9'],
  ['Mail-Advanced.ReadWrite.All', 'e118f1da-5c1c-46cf-bff6-8858d786f46f'],
  ['MailboxItem.Read.All', '7d9f353d-a7bd-4fbb-822a-26d5dd39a3ce'],
  ['MailboxItem.ReadWrite.All', '1583d471-fede-4e7c-b062-57e9d60cfb49'],
  ['MailboxItem.Export.All', '937550e9-33a3-494b-88ae-d9cd394b1fbb'],
  ['MailboxItem.ImportExport.All', '76577085-e73d-4f1d-b26a-85fb33892327'],
  ['IMAP.AccessAsApp', '5e5addcd-3e8d-4e90-baf5-964efab2b20a'],
  ['POP.AccessAsApp'],
]

/** Application roles that send, sort or describe mail without reading all of it. */
const SOME_MAIL: Table = [
  ['Mail.Send', 'b633e1c5-b582-4048-a93e-9f11b44c7e96'],
  ['Mail.ReadBasic', '6be147d2-ea4f-4b5a-a3fa-3eab6f3c140a'],
  ['Mail.ReadBasic.All', '693c5e45-0940-467d-9b8a-1022fb9d42ef'],
  ['MailboxSettings.Read', '40f97065-369a-49f4-947c-6a255697ae91'],
  ['MailboxSettings.ReadWrite', '6931bccd-447a-43d1-b442-00a195474933'],
  ['MailboxFolder.Read.All', '99280d24-a782-4793-93cc-0888549957f6'],
  ['MailboxFolder.ReadWrite.All', 'fef87b92-8391-4589-9da7-eb93dab7dc8a'],
  ['MailboxConfigItem.Read', '27d9d776-f4d2-426d-80ad-5f22f2b01b0a'],
  ['MailboxConfigItem.ReadWrite', 'aa6d92d4-b25a-4640-aefe-3e3231e5e736'],
  ['SMTP.SendAsApp'],
]

/** Opens Exchange administration, and with it all mail, once the application also holds a directory role. */
const MANAGE: Table = [['Exchange.ManageAsApp', 'dc50a0fb-09a3-484d-be87-e023b12c6440']]

/** Application roles that can give themselves the others, search all content, or read the evidence. */
const POWER: Table = [
  ['AppRoleAssignment.ReadWrite.All', '06b708a9-e830-4db3-a914-8e69da51d44f'],
  ['RoleManagement.ReadWrite.Directory', '9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8'],
  ['RoleManagement.ReadWrite.Exchange', '025d3225-3f02-4882-b4c0-cd5b541a4e80'],
  ['Application.ReadWrite.All', '1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9'],
  ['Directory.ReadWrite.All', '19dbc75e-c2e2-444c-a770-ec69d8559fc7'],
  ['DelegatedPermissionGrant.ReadWrite.All', '8e8e4742-1d95-4f68-9d56-6ee75648c72a'],
  ['eDiscovery.Read.All', '50180013-6191-4d1e-a373-e590ff4e66af'],
  ['eDiscovery.ReadWrite.All', 'b2620db1-3bf7-4c5b-9cb9-576d29eac736'],
  ['AuditLogsQuery-Exchange.Read.All', '6b0d2622-d34e-4470-935b-b96550e5ca8d'],
  ['ThreatHunting.Read.All', 'dd98c7f5-2d42-42d3-a0e4-633161547251'],
]

/** Families of which the tables above hold the members with a known id. */
const FAMILIES: readonly (readonly [RegExp, Reach])[] = [
  [/^mailboxitem\..+/, 'all-mail'],
  [/^mailbox(?:folder|configitem)\..+/, 'some-mail'],
  [/^(?:rolemanagement\.readwrite|auditlogsquery[\w-]*)\..+/, 'power'],
]

/** Scopes an application uses in the name of the person who consented. */
const SCOPES: Table = [
  ['Mail.Read', '570282fd-fa5c-430d-a7fd-fc8dc98a9dca'],
  ['Mail.Read.Shared', '7b9103a5-4610-446b-9670-80643382c1fa'],
  ['Mail.ReadWrite', '024d486e-b451-40bb-833d-3e66d98c5c73'],
  ['Mail.ReadWrite.Shared', '5df07973-7d5d-46ed-9847-1271055cbd51'],
  ['Mail.Send', 'e383f46e-2787-4529-855e-0e479a3ffac0'],
  ['Mail.Send.Shared'],
  ['Mail.ReadBasic', 'a4b8392a-d8d1-4954-a029-8e668a39a170'],
  ['Mail.ReadBasic.Shared'],
  ['MailboxSettings.ReadWrite', '818c620a-27a9-40bd-a6a5-d96f7d610b4b'],
  ['MailboxItem.Export', '58d3e7fa-3ce9-4a0c-9baa-0971f64709d9'],
  ['MailboxItem.ImportExport', 'df96e8a0-f4e1-4ecf-8d83-a429f822cbd6'],
  [
    'EWS.AccessAsUser.All',
    '9769c687-087d-48ac-9cb3-c37dde652038',
    '3b5f3d61-589b-4a3c-a359-5dd4b5ee5bd5', // the same, on the Exchange resource
  ],
  ['EAS.AccessAsUser.All', 'ff91d191-45a0-43fd-b837-bd682c4a0b0f'],
  ['IMAP.AccessAsUser.All', '652390e4-393a-48de-9484-05f9b1212954'],
  ['POP.AccessAsUser.All', 'd7b7f2d9-0f45-4ea1-9d42-e50810c06991'],
  ['SMTP.Send', '258f6531-6087-4cc4-bb90-092c5fb3ed3f'],
  ['full_access_as_user'],
]
const SCOPE_FAMILIES = /^(?:mail-advanced|mailbox(?:item|folder|configitem))\..+/

/** Permits refresh tokens: the application goes on when the person is not there. */
export const OFFLINE = 'offline_access'

/** What two public phishing kits ask for by default: PwnAuth five scopes, the O365 Attack Toolkit nine. */
export const KIT_OF_FIVE: ReadonlySet<string> = new Set([
  OFFLINE,
  'user.read',
  'mail.readwrite',
  'mail.send',
  'files.read.all',
])
export const KIT_OF_NINE: ReadonlySet<string> = new Set([
  'user.read',
  'contacts.read',
  'mail.read',
  'mail.send',
  'mailboxsettings.readwrite',
  'notes.read.all',
  'files.read',
  'files.read.all',
  'files.readwrite.all',
])

export type Reach = 'all-mail' | 'some-mail' | 'manage' | 'power'

export interface AppRole {
  readonly name: string
  readonly reach: Reach
}

const ROLES = (
  [
    ['all-mail', ALL_MAIL],
    ['some-mail', SOME_MAIL],
    ['manage', MANAGE],
    ['power', POWER],
  ] as const
).flatMap(([reach, table]) => table.map(([name, ...ids]) => ({ name, reach, ids })))
const ROLE_BY_NAME: ReadonlyMap<string, AppRole> = new Map(ROLES.map(role => [role.name.toLowerCase(), role]))
const ROLE_BY_ID: ReadonlyMap<string, AppRole> = new Map(
  ROLES.flatMap(role => role.ids.map(id => [id, role] as const)),
)
const SCOPE_BY_NAME = new Map(SCOPES.map(([name]) => [name.toLowerCase(), name]))
const SCOPE_BY_ID = new Map(SCOPES.flatMap(([name, ...ids]) => ids.map(id => [id, name] as const)))

/** Graph, Exchange Online and the directory's older API: whose roles the tables hold. */
export const RESOURCES = [
  '00000003-0000-0000-c000-000000000000',
  '00000002-0000-0ff1-ce00-000000000000',
  '00000002-0000-0000-c000-000000000000',
]

/**
 * The role of a grant: by id, else by value. Many an API has a role named `Mail.Send`, so for the value `resource` (id
 * or addresses of the API) has to be one of Microsoft's, or unknown.
 */
export function grantedRole(role: {
  readonly id: string | undefined
  readonly value: string | undefined
  readonly resource: string | undefined
}): AppRole | undefined {
  const resource = role.resource?.toLowerCase()
  const ours = resource === undefined || RESOURCES.some(id => resource.includes(id))
  return (
    (role.id === undefined ? undefined : ROLE_BY_ID.get(role.id.toLowerCase())) ??
    (ours && role.value !== undefined ? roleByName(role.value) : undefined)
  )
}

function roleByName(value: string): AppRole | undefined {
  const name = value.toLowerCase()
  const family = FAMILIES.find(([pattern]) => pattern.test(name))
  return ROLE_BY_NAME.get(name) ?? (family && { name: value, reach: family[1] })
}

/** Whole scopes only, in lower case: `mail.readonly.something` is none. */
export function isMailScope(scope: string): boolean {
  return SCOPE_BY_NAME.has(scope) || SCOPE_FAMILIES.test(scope)
}

/** As Microsoft writes it, where it is one of those above. */
export function scopeName(scope: string): string {
  return SCOPE_BY_NAME.get(scope) ?? scope
}

/** The name of a mail or power permission an application asks for, by id, whether for itself or for its users. */
export function permissionName(id: string): string | undefined {
  return ROLE_BY_ID.get(id.toLowerCase())?.name ?? SCOPE_BY_ID.get(id.toLowerCase())
}

/** Directory roles (by template) that run Exchange: Global and Exchange Administrator. */
const EXCHANGE_ROLES = new Set([
  '62e90394-69f5-4237-9190-012177145e10',
  '29232cdf-9323-42fd-ade2-1d097af3e4de',
])

export function runsExchange(roleTemplate: string | undefined): boolean {
  return roleTemplate !== undefined && EXCHANGE_ROLES.has(roleTemplate.toLowerCase())
}
