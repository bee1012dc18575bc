import type { FeedCode } from './errors.ts'
import type { OBSERVED } from './observed-operations.ts'

type Lost = { readonly operation: (typeof OBSERVED)[number]; readonly object: string }

/** Sign-in errors that follow from a change of our application and not from time, as an expired secret does. */
const REFUSALS: ReadonlyMap<string, Lost> = new Map([
  ['AADSTS700016', { operation: 'OwnPermissionRemoved', object: 'the application' }],
  ['AADSTS7000229', { operation: 'OwnPermissionRemoved', object: 'the application' }],
  ['AADSTS7000112', { operation: 'OwnPermissionRemoved', object: 'sign-in' }],
  ['AADSTS7000215', { operation: 'OwnCredentialChanged', object: 'the secret' }],
  ['AADSTS700027', { operation: 'OwnCredentialChanged', object: 'the certificate' }],
])

/** What must have been done to our application that a feed which worked fails so. `undefined`: nothing that we know of. */
export function ownAccessLost({
  kind,
  code,
}: {
  readonly kind: FeedCode
  readonly code: string
}): Lost | undefined {
  const refused = REFUSALS.get(code)
  if (refused !== undefined) return refused
  return kind === 'consent-missing'
    ? { operation: 'OwnPermissionRemoved', object: 'ActivityFeed.Read' }
    : undefined
}
