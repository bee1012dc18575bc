import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { SecretDate } from './observation.ts'

/**
 * When the app's own secret ends. With one permission nobody can ask Microsoft: of a secret somebody has to write it down, a
 * certificate says it itself. `expires`: `2027-05-31`, good to the end of that day.
 */
export function secretDate(
  environment: Readonly<Record<string, string | undefined>>,
  expires: string | undefined,
): SecretDate {
  const { AZURE_CLIENT_CERTIFICATE_PATH, AZURE_CLIENT_SECRET } = environment
  if (!AZURE_CLIENT_SECRET && !AZURE_CLIENT_CERTIFICATE_PATH) return { kind: 'none' }
  if (expires !== undefined) return { kind: 'known', ends: Date.parse(`${expires}T23:59:59Z`) / 1000 }
  const ends = AZURE_CLIENT_SECRET ? undefined : certificateEnd(AZURE_CLIENT_CERTIFICATE_PATH ?? '')
  return ends === undefined ? { kind: 'unknown' } : { kind: 'known', ends }
}

/** `undefined` for a file that cannot be read, which signing in tells better. */
function certificateEnd(path: string): number | undefined {
  try {
    return Math.floor(Date.parse(new X509Certificate(readFileSync(path)).validTo) / 1000)
  } catch {
    return undefined
  }
}
