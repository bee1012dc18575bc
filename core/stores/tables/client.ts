import { TableClient, TableServiceClient, type TableServiceClientOptions } from '@azure/data-tables'
import { ATTEMPT_MS, insecureAllowed, type StorageConnection } from './connection.ts'
import type { Counter } from './stats.ts'

type Policy = NonNullable<TableServiceClientOptions['additionalPolicies']>[number]['policy']
type Request = Parameters<Policy['sendRequest']>[0]

export interface Clients {
  readonly service: TableServiceClient
  table(name: string): TableClient
  /**
   * Whether the request behind an SDK error had been sent more than once. Then an earlier attempt may have been
   * carried out and only its answer lost, so "exists already" may be our own doing.
   */
  sentAgain(error: unknown): boolean
}

/** The SDK's clients with few retries, a time limit for each attempt, and every attempt counted. */
export function makeClients(connection: StorageConnection, counter: Counter): Clients {
  const attempts = new WeakMap<object, number>()
  const options: TableServiceClientOptions = {
    allowInsecureConnection: insecureAllowed(connection, 'Table'),
    retryOptions: { maxRetries: 3, retryDelayInMs: 250, maxRetryDelayInMs: 4_000 },
    additionalPolicies: [{ position: 'perRetry', policy: perAttempt(counter, attempts) }],
  }
  const tables = new Map<string, TableClient>()
  const open = (name: string) =>
    'connectionString' in connection
      ? TableClient.fromConnectionString(connection.connectionString, name, { ...options })
      : new TableClient(connection.endpoint, name, connection.credential, options)

  return {
    service:
      'connectionString' in connection
        ? TableServiceClient.fromConnectionString(connection.connectionString, { ...options })
        : new TableServiceClient(connection.endpoint, connection.credential, options),
    table: name => {
      const client = tables.get(name) ?? open(name)
      tables.set(name, client)
      return client
    },
    sentAgain: error => {
      const request: unknown = error instanceof Error ? Reflect.get(error, 'request') : undefined
      return typeof request === 'object' && request !== null && (attempts.get(request) ?? 0) > 1
    },
  }
}

function perAttempt(counter: Counter, attempts: WeakMap<object, number>): Policy {
  return {
    name: 'waxsealAttempt',
    sendRequest: (request: Request, next) => {
      attempts.set(request, (attempts.get(request) ?? 0) + 1)
      if (request.method === 'GET') counter.read()
      else counter.write()
      // The SDK sets no time limit of its own, and a batch takes none by its options.
      request.timeout = ATTEMPT_MS
      return next(request)
    },
  }
}
