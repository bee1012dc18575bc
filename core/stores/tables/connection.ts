import type { TokenCredential } from '@azure/identity'
import { ConfigError } from '../../model/errors.ts'
import { isLoopback } from '../../model/loopback.ts'

/** A connection string (shared key or SAS), or the service's address and an identity. */
export type StorageConnection =
  | { readonly connectionString: string }
  | { readonly endpoint: string; readonly credential: TokenCredential }

/** Milliseconds one attempt may take. The service itself gives up after 30 s; the SDK alone would wait for ever. */
export const ATTEMPT_MS = 30_000

/**
 * Whether plain http is acceptable, which is on loopback only (Azurite). Anywhere else it would send rows and
 * tokens in the clear, and is refused as a wrong setting.
 */
export function insecureAllowed(connection: StorageConnection, service: 'Table' | 'Queue'): boolean {
  if ('connectionString' in connection) {
    const parts = settings(connection.connectionString)
    if (parts.get('usedevelopmentstorage')?.toLowerCase() === 'true') return true
    const endpoint = parts.get(`${service.toLowerCase()}endpoint`)
    if (endpoint !== undefined) return plainLoopback(endpoint)
    if (parts.get('defaultendpointsprotocol')?.toLowerCase() === 'http') throw notSecure(service)
    return false
  }
  return plainLoopback(connection.endpoint)

  function plainLoopback(endpoint: string): boolean {
    const url = URL.parse(endpoint)
    if (url === null)
      throw new ConfigError([`The address of the storage account's ${service} service is not a URL.`])
    if (url.protocol === 'https:') return false
    if (url.protocol === 'http:' && isLoopback(url.hostname)) return true
    throw notSecure(service)
  }
}

function notSecure(service: string): ConfigError {
  return new ConfigError([
    `The storage account's ${service} service is set to a plain http address. Use https; http is accepted on loopback only.`,
  ])
}

function settings(connectionString: string): Map<string, string> {
  const parts = connectionString.split(';').map(part => part.trim())
  return new Map(
    parts.map(
      part => [part.split('=', 1)[0]?.toLowerCase() ?? '', part.slice(part.indexOf('=') + 1)] as const,
    ),
  )
}
