/** 20 November 2026, UTC, in seconds. All people, domains and addresses are invented (RFC 5737, `.example`). */
const DAY = Date.UTC(2026, 10, 20) / 1000
export const at = (hour: number, minute: number): number => DAY + hour * 3_600 + minute * 60

const ENTRA_USER =
  'https://entra.microsoft.com/#view/Microsoft_AAD_UsersAndTenants/UserProfileMenuBlade/~/overview'
export const ENTRA_APP = 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/ManagedAppMenuBlade/~/Overview'
export const AUDIT = { title: 'Search the audit log', url: 'https://purview.microsoft.com/audit/auditsearch' }

export const openUser = (objectId: string) => ({
  title: 'Open user in Entra',
  url: `${ENTRA_USER}/userId/${objectId}`,
})
