import { type FeedCode, FeedError } from '../model/errors.ts'
import { oneLine } from './one-line.ts'

/**
 * Sign-in errors by their AADSTS number: Microsoft changes the texts and keeps the numbers.
 */
const NUMBERS: ReadonlyMap<string, { readonly code: FeedCode; readonly sentence: string }> = new Map([
  [
    '7000215',
    {
      code: 'unauthorized',
      sentence: "The app's secret is wrong: AZURE_CLIENT_SECRET must hold the secret's value, not its id",
    },
  ],
  [
    '7000222',
    {
      code: 'unauthorized',
      sentence:
        "The app's secret has expired: create a new one in its app registration, or use a managed identity, which needs none",
    },
  ],
  [
    '700016',
    {
      code: 'consent-missing',
      sentence:
        'The app is not known in this tenant: a Global Administrator has to consent to it, or AZURE_CLIENT_ID is wrong',
    },
  ],
  [
    '7000229',
    {
      code: 'consent-missing',
      sentence: 'The app is not installed in this tenant: a Global Administrator has to consent to it',
    },
  ],
  [
    '90002',
    {
      code: 'wrong-tenant',
      sentence: 'AZURE_TENANT_ID names no tenant of this cloud: correct it or M365_CLOUD',
    },
  ],
  ['900382', { code: 'wrong-tenant', sentence: 'The tenant belongs to another cloud: correct M365_CLOUD' }],
  [
    '700024',
    {
      code: 'unauthorized',
      sentence:
        "This computer's clock is wrong, so its certificate sign-in is refused: switch on automatic time",
    },
  ],
])

const NETWORK =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|UND_ERR_\w+|network_error|endpoints_resolution_error|timed? ?out|did not answer)\b/i

/** What a failed `getToken` means for a feed. Keeps the server's own words where the number is not known. */
export function signInError(cause: unknown): FeedError {
  const text = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause)
  const number = /\bAADSTS(\d+)/.exec(text)?.[1]
  const known = number === undefined ? undefined : NUMBERS.get(number)
  const serverCode = number === undefined ? undefined : `AADSTS${number}`
  if (known) return new FeedError(known.code, `${known.sentence} (${serverCode}).`, { serverCode, cause })
  const aborted = cause instanceof Error && (cause.name === 'AbortError' || cause.name === 'TimeoutError')
  if (number === undefined && (aborted || NETWORK.test(text))) {
    return new FeedError('unavailable', `The sign-in service could not be reached (${oneLine(text, 160)}).`, {
      cause,
    })
  }
  const message = `Signing in failed; check the credential settings (AZURE_TENANT_ID, AZURE_CLIENT_ID and what goes with them): ${oneLine(text)}`
  return new FeedError('unauthorized', message, { serverCode, cause })
}
