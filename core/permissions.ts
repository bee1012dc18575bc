/** What the app may be given, and what each gift adds: the one table for `doctor`, `grant` and the documentation. */
export interface Permission {
  /** The name of the application role; its id is looked up in the tenant. */
  readonly value: string
  readonly resource: ResourceName
  readonly need: 'required' | 'optional'
  /** A sentence's end: `the audit feed, …`. */
  readonly adds: string
  /** What goes without it. */
  readonly serves: readonly string[]
}

export interface Resource {
  readonly name: string
  readonly appId: string
}

/** Microsoft's own applications, whose ids are the same in every tenant. */
export const RESOURCES = {
  management: { name: 'Office 365 Management APIs', appId: 'c5393580-f805-4401-95e8-94b7a6ef2fc2' },
  graph: { name: 'Microsoft Graph', appId: '00000003-0000-0000-c000-000000000000' },
} as const satisfies Record<string, Resource>

export type ResourceName = keyof typeof RESOURCES

function ofGraph(value: string, adds: string, serves: readonly string[]): Permission {
  return { value, resource: 'graph', need: 'optional', adds, serves }
}

export const PERMISSIONS: readonly Permission[] = [
  {
    value: 'ActivityFeed.Read',
    resource: 'management',
    need: 'required',
    adds: 'the audit feed, which is all that Waxseal needs; no access to mail',
    serves: ['the audit feed'],
  },
  ofGraph(
    'AuditLog.Read.All',
    'directory changes and sign-ins minutes after they happen; sign-ins need Entra ID P1',
    ['directory audits of Graph', 'sign-ins of Graph'],
  ),
  ofGraph(
    'MailboxSettings.Read',
    'inbox rules as they stand in mailboxes, also those that the log records without contents',
    ['the sweep of inbox rules'],
  ),
  ofGraph(
    'Domain.Read.All',
    "the tenant's own mail domains, so that what is outside is known from the first day",
    ['knowing the tenant'],
  ),
  ofGraph(
    'User.ReadBasic.All',
    'the list of mailboxes, also of those that the log never names; their rules are read every day',
    ['knowing the tenant', 'the sweep of inbox rules'],
  ),
  ofGraph('OrgContact.Read.All', 'where mail goes that is forwarded to a contact of your own directory', [
    'knowing the tenant',
  ]),
  ofGraph('Application.Read.All', 'which applications hold rights to mail, and their names on cards', [
    'knowing the tenant',
  ]),
  ofGraph(
    'Directory.Read.All',
    'applications that people let into their mail by consent; reads all that the four before it read',
    ['knowing the tenant'],
  ),
  ofGraph('AuditLogsQuery.Read.All', 'up to 180 days of the past, searched once at the start', [
    'the back-fill of the past',
  ]),
  ofGraph('ThreatHunting.Read.All', 'tables of Microsoft Defender, where the licence has them', ['hunting']),
]

/** Given in Azure and not in Entra: a role on a storage account. */
export const AZURE_ROLES = [
  {
    value: 'Storage Blob Data Reader',
    on: 'the storage account with the MicrosoftGraphActivityLogs of Entra ID',
    adds: 'who called Microsoft Graph, and so who read mail through it; needs Entra ID P1',
  },
] as const

/** Undefined for what is not in the table. Names of permissions know no case here. */
export function findPermission(value: string): Permission | undefined {
  return PERMISSIONS.find(one => one.value.toLowerCase() === value.toLowerCase())
}
