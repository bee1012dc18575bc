import { SinkError } from '../model/errors.ts'
import { exchange, type Reply, TransportError } from '../net/exchange.ts'

/** Bytes of an answer that are read, for the receiver's error code. */
const BODY_READ = 4_096

/**
 * One POST of JSON. Throws `SinkError('retry')` when there is no answer; its text names the host and never the path,
 * which for a Teams flow is the key to it. For the same reason the cause is not attached: the runtime quotes URLs
 * in some of its errors.
 */
export async function post(
  url: URL,
  body: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
  timeoutMs: number,
): Promise<Reply> {
  try {
    return await exchange(
      {
        method: 'POST',
        url: url.href,
        headers: { 'content-type': 'application/json; charset=utf-8', 'user-agent': 'waxseal', ...headers },
        body,
      },
      { signal, timeoutMs, maxBytes: BODY_READ, spareBody: true },
    )
  } catch (error) {
    if (!(error instanceof TransportError)) throw error
    throw new SinkError('retry', error.message)
  }
}
