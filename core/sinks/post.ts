import { SinkError } from '../model/errors.ts'

export interface Answer {
  readonly status: number
  readonly headers: Headers
  /** The start of the body, for the receiver's error code; not to be logged as it is. */
  readonly body: string
}

/** Characters of an answer that are read; the rest is dropped with the connection. */
const BODY_READ = 4_096

/**
 * One POST, redirects not followed. Throws `SinkError('retry')` when there is no answer; its text names the host and
 * never the path, which for a Teams flow is the key to it. For the same reason the cause is not attached: the
 * runtime quotes URLs in some of its errors.
 */
export async function post(
  url: URL,
  body: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
  timeoutMs: number,
): Promise<Answer> {
  const timeout = AbortSignal.timeout(timeoutMs)
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', 'user-agent': 'waxseal', ...headers },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([signal, timeout]),
    })
    return { status: response.status, headers: response.headers, body: await start(response) }
  } catch (error) {
    throw new SinkError('retry', `${url.host} ${noAnswer(error, signal, timeout, timeoutMs)}.`)
  }
}

/** Never fails: once the status is here the alert is accepted or not, and a broken body must not make a twin of it. */
async function start(response: Response): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  try {
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true })
      if (text.length >= BODY_READ) break
    }
  } catch {
    return text
  }
  return text.slice(0, BODY_READ)
}

function noAnswer(error: unknown, signal: AbortSignal, timeout: AbortSignal, timeoutMs: number): string {
  if (signal.aborted) return 'had not answered when the run was stopped'
  if (timeout.aborted) return `did not answer within ${timeoutMs / 1000} seconds`
  return `could not be reached (${errorCode(error)})`
}

/** `ECONNREFUSED`, `ENOTFOUND`, `CERT_HAS_EXPIRED`: undici wraps the one that says something. */
function errorCode(error: unknown): string {
  for (let at = error, depth = 0; at instanceof Error && depth < 4; at = at.cause, depth++) {
    if ('code' in at && typeof at.code === 'string' && /^[A-Z0-9_]{3,60}$/.test(at.code)) return at.code
  }
  return 'network error'
}
