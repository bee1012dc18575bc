import type { DefaultAzureCredentialOptions } from '@azure/identity'
import { exchange, TransportError } from './net/exchange.ts'

type Client = NonNullable<DefaultAzureCredentialOptions['httpClient']>
type Answer = Awaited<ReturnType<Client['sendRequest']>>

/** An answer with a token is a few kilobytes, the list of an authority's aliases some more. */
const MOST_BYTES = 256 * 1024
const TIMEOUT_MS = 30_000

/**
 * How the identity library sends. Its own client reads an answer of any length into memory, waits for ever for one that
 * comes byte by byte, and goes on with both after it was told to stop.
 */
const httpClient: Client = {
  async sendRequest(request) {
    const signal =
      request.abortSignal instanceof AbortSignal ? request.abortSignal : new AbortController().signal
    try {
      const { body, headers, status } = await exchange(
        {
          method: request.method === 'POST' ? 'POST' : 'GET',
          url: request.url,
          headers: request.headers.toJSON(),
          ...(typeof request.body === 'string' && { body: request.body }),
        },
        { signal, timeoutMs: request.timeout || TIMEOUT_MS, maxBytes: MOST_BYTES },
      )
      return { request, status, headers: headersOf(headers), bodyAsText: body }
    } catch (error) {
      // The library asks again by the system's code.
      throw error instanceof TransportError
        ? Object.assign(new Error(error.message), systemCode(error))
        : error
    }
  },
}

function systemCode({ cause }: TransportError): { code?: string } {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string'
    ? { code: cause.code }
    : {}
}

function headersOf(headers: Headers): Answer['headers'] {
  const all = new Map(headers)
  return {
    get: name => all.get(name.toLowerCase()),
    has: name => all.has(name.toLowerCase()),
    set: (name, value) => void all.set(name.toLowerCase(), String(value)),
    delete: name => void all.delete(name.toLowerCase()),
    toJSON: () => Object.fromEntries(all),
    [Symbol.iterator]: () => all[Symbol.iterator](),
  }
}

/**
 * Options for every credential. By itself the library holds a run up for half a minute where the sign-in is down; what a
 * poll misses the next one brings. Redirects would be followed, with the header that is the key to a managed identity.
 */
export const SIGN_IN_OPTIONS = {
  httpClient,
  redirectOptions: { maxRetries: 0 },
  retryOptions: { maxRetries: 2, retryDelayInMs: 300, maxRetryDelayInMs: 1_000 },
} satisfies DefaultAzureCredentialOptions
