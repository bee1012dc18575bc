export interface ServicePrincipal {
  readonly id: string
  readonly appId: string
  readonly displayName: string
  readonly servicePrincipalType: 'Application' | 'ManagedIdentity'
  readonly appRoles: readonly {
    readonly id: string
    readonly value: string
    readonly allowedMemberTypes: readonly string[]
  }[]
}

/** The part of a directory that granting touches, as an administrator meets it. */
export interface GrantOffice {
  readonly servicePrincipals: ServicePrincipal[]
  readonly assignments: { principalId: string; resourceId: string; appRoleId: string }[]
  /** Applications of Microsoft's that have no service principal here yet. */
  readonly absent: readonly ServicePrincipal[]
  /** Whether the administrator's role is enough to change anything. */
  readonly mayWrite: boolean
  /** How often something that was just created is not found. */
  unseen: number
}
