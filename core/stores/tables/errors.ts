import { StoreError } from '../../model/errors.ts'

/** What is read of an SDK error. Its message, request and response stay out of ours: they hold rows, keys and tokens. */
export interface Failure {
  readonly status: number | undefined
  /** The service's word (`TableNotFound`) or the network's (`ECONNREFUSED`). */
  readonly code: string | undefined
  readonly requestId: string | undefined
}

/** `undefined` for what did not come from the service or the way there: a mistake in the program. */
export function failureOf(error: unknown): Failure | undefined {
  if (!(error instanceof Error) || error instanceof StoreError) return undefined
  const status = numberAt(error, 'statusCode')
  const known =
    status !== undefined || error.name === 'RestError' || error.name === 'AbortError' || isNoToken(error)
  if (!known) return undefined
  const details = at(error, 'details')
  const code =
    // A batch says it on the error, a single operation in the body, read by the SDK or not, or in a header.
    textAt(error, 'code') ??
    textAt(at(at(at(error, 'response'), 'parsedBody'), 'odataError'), 'code') ??
    textAt(at(details, 'odata.error'), 'code') ??
    textAt(details, 'errorCode')
  return { status, code, requestId: textAt(details, 'x-ms-request-id') ?? textAt(details, 'requestId') }
}

const TOO_LARGE = new Set([
  'EntityTooLarge',
  'PropertyValueTooLarge',
  'RequestBodyTooLarge',
  'KeyValueTooLarge',
  'ContentLengthExceeded',
])

/**
 * An error of the SDK in the words the pipeline acts on. `where` is `Table ledger`, `doing` an activity (`reading`),
 * `role` what the identity needs. Errors that are not the service's come back as they are.
 */
export function toStoreError(error: unknown, where: string, doing: string, role: string): unknown {
  const failure = failureOf(error)
  if (failure === undefined) return error
  const { status, code, requestId } = failure
  const name = error instanceof Error ? error.name : ''
  const seen = [status, code ?? (status === undefined ? name : undefined)]
    .filter(part => part !== undefined)
    .join(' ')
  const what = `${where}: ${doing} failed (${seen}${requestId === undefined ? '' : `, request ${requestId}`})`

  if (isNoToken(error) && (status === undefined || status < 500)) {
    return new StoreError(
      'denied',
      `${what}. No token could be had for the identity: check that it is assigned to this app, and the AZURE_ settings.`,
    )
  }
  if (status === 401 || status === 403) {
    return new StoreError(
      'denied',
      `${what}. Check the storage account's firewall, and that the identity has the role "${role}".`,
      { serverCode: code },
    )
  }
  if (status === 413 || TOO_LARGE.has(code ?? '')) {
    return new StoreError('too-large', `${what}. What was to be stored is over the service's limit.`)
  }
  if (code === 'TableBeingDeleted' || code === 'QueueBeingDeleted') {
    return new StoreError(
      'unavailable',
      `${what}. It is being deleted; the name can be used again in about a minute.`,
    )
  }
  if (status === undefined || status < 300 || status >= 500 || status === 408 || status === 429) {
    return new StoreError('unavailable', `${what}. Storage could not be reached or was busy.`)
  }
  return new Error(`${what}. The service refused the request, which is a fault in this program.`)
}

/** The credential got no token, so nothing was asked of storage. The names are those of `@azure/identity`. */
function isNoToken(error: unknown): boolean {
  return error instanceof Error && /^(?:Aggregate)?(?:Authentication|Credential)\w*Error$/.test(error.name)
}

function at(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
}

function textAt(value: unknown, key: string): string | undefined {
  const found = at(value, key)
  return typeof found === 'string' && /^[\w-]{1,80}$/.test(found) ? found : undefined
}

function numberAt(value: unknown, key: string): number | undefined {
  const found = at(value, key)
  return typeof found === 'number' ? found : undefined
}
