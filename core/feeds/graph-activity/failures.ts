import { type FeedCode, FeedError } from '../../model/errors.ts'
import { retryAfter } from '../../net/retry-after.ts'
import { signInError } from '../../net/sign-in.ts'

export interface FailureContext {
  readonly address: string
  /** The run ended, so the end of the request says nothing about the server. */
  readonly ended: boolean
  readonly now: () => number
}

/** What a failure of the SDK means. Its own message stays out of ours: it quotes requests with their signatures. */
export function activityFailure(error: unknown, { address, ended, now }: FailureContext): FeedError {
  if (error instanceof FeedError) return error
  const name = error instanceof Error ? error.name : ''
  if (/^(?:Aggregate)?(?:Authentication|Credential)\w*Error$/.test(name)) return signInError(error)
  const { status, serverCode, asked } = seenOf(error, now)
  const fail = (code: FeedCode, words: string) => {
    const what = [status, serverCode].filter(part => part !== undefined).join(' ')
    const message = `The activity log ${address} ${words}${what === '' ? '' : ` (${what})`}.`
    return new FeedError(code, message, {
      serverCode,
      ...(asked !== undefined && { retryAfterMs: asked }),
      cause: error,
    })
  }
  if (name === 'AbortError')
    return fail('unavailable', ended ? 'had not answered when the run ended' : 'did not answer in time')
  if (status === 401 || status === 403) return fail('permission-missing', NO_RIGHT)
  if (serverCode === 'BlobNotFound') return fail('content-expired', 'was deleted before it was read')
  if (status === 404) return fail('rejected', NO_CONTAINER)
  // The blob was replaced by a shorter one, which Microsoft has not been seen to do.
  if (status === 416) return fail('content-missing', 'is shorter than it was')
  if (status === 429 || serverCode === 'ServerBusy') return fail('throttled', 'asked us to slow down')
  if (status === 408 || (status !== undefined && status >= 500)) return fail('unavailable', 'is out of order')
  if (status !== undefined && status >= 300) return fail('rejected', 'refused the request')
  if (name === 'RestError' && status === undefined) return fail('unavailable', 'could not be reached')
  return fail('malformed', 'answered with something that cannot be read')
}

const NO_RIGHT =
  'may not be read: give the identity of this app the role "Storage Blob Data Reader" on it, which takes up to ten' +
  ' minutes to work; if it has the role, look at the firewall of the storage account'
const NO_CONTAINER =
  'is not there: switch on the diagnostic setting of Entra that archives MicrosoftGraphActivityLogs to this storage' +
  ' account; the container comes with the first log, within two hours'

function seenOf(error: unknown, now: () => number) {
  const status = at(error, 'statusCode')
  const code = at(error, 'code') ?? at(at(error, 'details'), 'errorCode')
  const headers = at(at(error, 'response'), 'headers')
  const wait = at(headers, 'get') instanceof Function ? (headers as Headers).get('retry-after') : undefined
  return {
    status: typeof status === 'number' ? status : undefined,
    serverCode: typeof code === 'string' && /^[\w-]{1,80}$/.test(code) ? code : undefined,
    asked: typeof wait === 'string' ? retryAfter(new Headers({ 'retry-after': wait }), now()) : undefined,
  }
}

function at(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
}
