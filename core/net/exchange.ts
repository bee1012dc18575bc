import { oneLine } from './one-line.ts'

export interface HttpRequest {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** `body` is decoded UTF-8 without a byte order mark. */
export interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly body: string
}

export interface ExchangeOptions {
  readonly signal: AbortSignal
  /** For the whole attempt, the body included. */
  readonly timeoutMs: number
  /** Of the decompressed body. A successful reply that is larger is an error. */
  readonly maxBytes: number
  /**
   * The status alone decides, as with receivers of alerts: a body that is too long or breaks off is cut, and no
   * error. Else an alert that was accepted would be sent again.
   */
  readonly spareBody?: true
}

/** Nothing usable came back. Never carries a path, a query or a header: some URLs are secrets. */
export class TransportError extends Error {
  override readonly name = 'TransportError'
  readonly code: 'unreachable' | 'timeout' | 'aborted' | 'too-large' | 'bad-address'

  constructor(code: TransportError['code'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** A refusal is explained in its first kilobytes; the rest is not worth a failure. */
const REFUSAL_BYTES = 64 * 1024

/** Exactly one HTTP request. A redirect is a reply like any other and is not followed. */
export function exchange(request: HttpRequest, options: ExchangeOptions): Promise<Reply> {
  return once(request, options, async (response, host) => replyOf(response, options, host))
}

/** Reads the body of a success as it comes, and throws nothing of its own. */
export type ReadBody<T> = (body: AsyncIterable<Uint8Array>) => Promise<T>

/**
 * As `exchange`, for bodies too large to be held: a success is handed to `read` piece by piece, anything else is a
 * reply. `read` must not outlive the call.
 */
export function exchangeInPieces<T>(
  request: HttpRequest,
  options: ExchangeOptions,
  read: ReadBody<T>,
): Promise<{ readonly read: T } | Reply> {
  return once(request, options, async (response, host) => {
    if (!response.ok) return await replyOf(response, options, host)
    return { read: await read(pieces(response, options, host)) }
  })
}

async function replyOf(response: Response, options: ExchangeOptions, host: string): Promise<Reply> {
  const body = await readBody(response, options, host)
  return { status: response.status, headers: response.headers, body }
}

async function once<T>(
  request: HttpRequest,
  { signal, timeoutMs }: ExchangeOptions,
  use: (response: Response, host: string) => Promise<T>,
): Promise<T> {
  const url = URL.parse(request.url)
  if (!url || url.username || url.password) {
    throw new TransportError(
      'bad-address',
      'The address of the request is not a plain http or https address.',
    )
  }
  const ended = () => new TransportError('aborted', `The run ended before the server ${url.host} answered.`)
  if (signal.aborted) throw ended()

  const attempt = new AbortController()
  let timedOut = false
  const timer = setTimeout(() => {
    timedOut = true
    attempt.abort()
  }, timeoutMs)
  const stop = () => attempt.abort()
  signal.addEventListener('abort', stop, { once: true })
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: request.headers ?? {},
      body: request.body ?? null,
      redirect: 'manual',
      signal: attempt.signal,
    })
    return await use(response, url.host)
  } catch (cause) {
    if (cause instanceof TransportError) throw cause
    if (signal.aborted) throw ended()
    if (timedOut)
      throw new TransportError(
        'timeout',
        `The server ${url.host} did not answer within ${timeoutMs / 1000} s.`,
      )
    const { reason, root } = rootOf(cause)
    throw new TransportError('unreachable', `The server ${url.host} could not be reached (${reason}).`, {
      cause: root,
    })
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', stop)
  }
}

async function readBody(response: Response, options: ExchangeOptions, host: string): Promise<string> {
  if (!response.body) return ''
  const { maxBytes, spareBody } = options
  const cap = response.ok ? maxBytes : Math.min(maxBytes, REFUSAL_BYTES)
  // Packed or not, it is no smaller than that: not worth reading up to the cap.
  const announced = Number(response.headers.get('content-length') ?? 0)
  if (response.ok && !spareBody && announced > cap) {
    await response.body.cancel()
    throw tooLarge(host, cap)
  }
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  try {
    for await (const chunk of response.body) {
      text += decoder.decode(chunk.subarray(0, cap - bytes), { stream: true })
      bytes += chunk.byteLength
      if (bytes <= cap) continue
      // Leaving the loop cancels the stream, which closes the connection.
      if (!response.ok || spareBody) break
      throw tooLarge(host, cap)
    }
  } catch (error) {
    if (!spareBody) throw error
  }
  return text + decoder.decode()
}

async function* pieces(
  response: Response,
  { maxBytes }: ExchangeOptions,
  host: string,
): AsyncGenerator<Uint8Array> {
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > maxBytes) throw tooLarge(host, maxBytes)
    yield chunk
  }
}

function tooLarge(host: string, bytes: number): TransportError {
  return new TransportError(
    'too-large',
    `The answer of the server ${host} is larger than the limit of ${bytes} bytes.`,
  )
}

/**
 * `fetch` wraps what happened into "fetch failed". Its own messages are not passed on: for a bad header value they
 * quote the value, which may be a token.
 */
function rootOf(thrown: unknown): { reason: string; root: unknown } {
  const root = thrown instanceof Error ? thrown.cause : undefined
  if (!(root instanceof Error)) return { reason: 'no details', root: undefined }
  const code = 'code' in root && typeof root.code === 'string' ? root.code : root.name
  return { reason: oneLine(code, 60), root }
}
