/**
 * `mail`: holders reach mail, or can give themselves what does; `passwords`: they can reset the password of those who
 * do not administer anything, and sign in as them.
 */
export type RoleReach = 'mail' | 'passwords'

export interface DirectoryRole {
  readonly name: string
  readonly reach: RoleReach
}

type Row = readonly [template: string, name: string, reach: RoleReach, other?: string]

/** Template ids are the same in every tenant. `other`: the name or well-known name that Entra’s records use besides. */
const ROLES: readonly Row[] = [
  ['62e90394-69f5-4237-9190-012177145e10', 'Global Administrator', 'mail', 'Company Administrator'],
  [
    '29232cdf-9323-42fd-ade2-1d097af3e4de',
    'Exchange Administrator',
    'mail',
    'Exchange Service Administrator',
  ],
  ['31392ffb-586c-42d1-9346-e59415a2cc4e', 'Exchange Recipient Administrator', 'mail'],
  ['17315797-102d-40b4-93e0-432062caca18', 'Compliance Administrator', 'mail'],
  ['e6d1a23a-da11-4be4-9570-befc86d067a7', 'Compliance Data Administrator', 'mail'],
  ['194ae4cb-b126-40b2-bd5b-6091b380977d', 'Security Administrator', 'mail'],
  ['e8611ab8-c189-46e8-94e1-60213ab1f814', 'Privileged Role Administrator', 'mail'],
  ['7be44c8a-adaf-4e2a-84d6-ab2649e08a13', 'Privileged Authentication Administrator', 'mail'],
  ['9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3', 'Application Administrator', 'mail'],
  ['158c047a-c907-4556-b7ef-446551a6b5f7', 'Cloud Application Administrator', 'mail'],
  ['8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2', 'Hybrid Identity Administrator', 'mail'],
  ['8329153b-31d0-4727-b945-745eb3bc5f31', 'Domain Name Administrator', 'mail'],
  ['be2f45a1-457d-42af-a067-6ec1fa63bc45', 'External Identity Provider Administrator', 'mail'],
  ['e00e864a-17c5-4a4b-9c06-f5b95a8d5bd8', 'Partner Tier2 Support', 'mail'],
  ['4ba39ca4-527c-499a-b93d-d9b492c50246', 'Partner Tier1 Support', 'passwords'],
  ['c4e39bd9-1100-46d3-8c65-fb160da0071f', 'Authentication Administrator', 'passwords'],
  ['729827e3-9c14-49f7-bb1b-9608f156bbb8', 'Helpdesk Administrator', 'passwords'],
  ['966707d0-3269-4727-9be2-8c3a10f19b9d', 'Password Administrator', 'passwords'],
  ['fe930be7-5e62-47db-91af-98c3a49a38b1', 'User Administrator', 'passwords', 'User Account Administrator'],
]

const FOUND: ReadonlyMap<string, DirectoryRole> = new Map(
  ROLES.flatMap(([template, name, reach, other]) =>
    [template, name, ...(other === undefined ? [] : [other])].map(
      key => [key.toLowerCase(), { name, reach }] as const,
    ),
  ),
)

/** The first of several ids and names that is a role which reaches mail. */
export function directoryRole(names: readonly (string | undefined)[]): DirectoryRole | undefined {
  for (const name of names) {
    const role = name === undefined ? undefined : FOUND.get(name.replace(/\s+/g, ' ').trim().toLowerCase())
    if (role !== undefined) return role
  }
  return undefined
}
