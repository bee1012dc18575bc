import {
  DefaultAzureCredential,
  EnvironmentCredential,
  ManagedIdentityCredential,
  type TokenCredential,
} from '@azure/identity'
import { SIGN_IN_OPTIONS } from './sign-in-options.ts'

/**
 * The credential the environment offers: a client secret or certificate where one is set, the identity of the
 * hosting platform where there is one, else whatever the machine is signed in with. A new object each time: these
 * objects keep their tokens until shortly before expiry and cannot be told to drop one.
 */
export function makeCredential(
  environment: Readonly<Record<string, string | undefined>>,
  clientId?: string,
): TokenCredential {
  const { AZURE_CLIENT_SECRET, AZURE_CLIENT_CERTIFICATE_PATH, IDENTITY_ENDPOINT, AZURE_CLIENT_ID } =
    environment
  if (clientId === undefined && (AZURE_CLIENT_SECRET || AZURE_CLIENT_CERTIFICATE_PATH))
    return new EnvironmentCredential(SIGN_IN_OPTIONS)
  if (IDENTITY_ENDPOINT) {
    const id = clientId ?? AZURE_CLIENT_ID
    return new ManagedIdentityCredential({ ...SIGN_IN_OPTIONS, ...(id && { clientId: id }) })
  }
  return new DefaultAzureCredential(SIGN_IN_OPTIONS)
}
