/** The part of a tenant's directory that granting touches. */
export interface Directory {
  readonly servicePrincipals: ServicePrincipal[]
  readonly assignments: {
    readonly principalId: string
    readonly resourceId: string
    readonly appRoleId: string
  }[]
  /** What every write is answered with, instead of being done. */
  readonly refusal?: string
  /** What every call is answered with. */
  readonly broken?: string
  /** How many times a service principal that was just created is not found. */
  unseen?: number
}

export interface ServicePrincipal {
  readonly id: string
  readonly appId: string
  readonly displayName: string
  readonly appRoles: readonly {
    readonly id: string
    readonly value: string
    readonly allowedMemberTypes: readonly string[]
  }[]
}

export const IDENTITY = '0f6d6b0c-6f0e-4c7c-8a55-2f1f5d6a7b01'
export const CLIENT = 'c2a7f3de-91b4-4d0a-b6f1-7e5d3c2b1a02'
export const TENANT = '5b6a1d0e-3c47-4f29-9e58-0d1f2a7b6c83'
export const MANAGEMENT = 'c5393580-f805-4401-95e8-94b7a6ef2fc2'
export const GRAPH = '00000003-0000-0000-c000-000000000000'

const roleId = (hex: string) => `${hex.repeat(8)}-0000-4000-8000-000000000000`
const role = (hex: string, value: string, member = 'Application') => ({
  id: roleId(hex),
  value,
  allowedMemberTypes: [member],
})

/** Ids of this tenant, invented: a script that knew them by heart would not find them. */
export const MANAGEMENT_APIS: ServicePrincipal = {
  id: '11111111-2222-4333-8444-555555555555',
  appId: MANAGEMENT,
  displayName: 'Office 365 Management APIs',
  appRoles: [
    role('a', 'ActivityFeed.ReadDlp'),
    role('b', 'ActivityFeed.Read', 'User'),
    role('c', 'ActivityFeed.Read'),
  ],
}
export const MICROSOFT_GRAPH: ServicePrincipal = {
  id: '66666666-7777-4888-8999-aaaaaaaaaaaa',
  appId: GRAPH,
  displayName: 'Microsoft Graph',
  appRoles: [role('d', 'AuditLog.Read.All'), role('e', 'Domain.Read.All')],
}
export const FEED_READ = roleId('c')
export const AUDIT_READ = roleId('d')

/** A tenant with the identity of the app, both resources, and nothing granted. */
export function directory(change: Partial<Directory> = {}): Directory {
  const app = { id: IDENTITY, appId: CLIENT, displayName: 'waxseal-identity', appRoles: [] }
  return { servicePrincipals: [app, MANAGEMENT_APIS, MICROSOFT_GRAPH], assignments: [], ...change }
}
