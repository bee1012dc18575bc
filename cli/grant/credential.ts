import { AzureCliCredential, ChainedTokenCredential, DefaultAzureCredential } from '@azure/identity'
import type { Credential } from '../../core/net/token.ts'
import { SIGN_IN_OPTIONS } from '../../core/sign-in-options.ts'

/**
 * Whoever sits here, not the app: an administrator signed in with `az login` comes before what the environment says, where
 * the app's own secret may stand.
 */
export function adminCredential(tenantId: string | undefined): Credential {
  const options = { ...SIGN_IN_OPTIONS, ...(tenantId !== undefined && { tenantId }) }
  return new ChainedTokenCredential(new AzureCliCredential(options), new DefaultAzureCredential(options))
}
