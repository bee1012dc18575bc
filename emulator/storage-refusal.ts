import { listen } from './http.ts'

/** How Azure Storage says no: by its firewall, by a missing role, or for its own reasons. */
export type StorageRefusal =
  | 'AuthorizationFailure'
  | 'AuthorizationPermissionMismatch'
  | 'AuthenticationFailed'
  | 'ServerBusy'

const MESSAGES: Readonly<Record<StorageRefusal, string>> = {
  AuthorizationFailure: 'This request is not authorized to perform this operation.',
  AuthorizationPermissionMismatch:
    'This request is not authorized to perform this operation using this permission.',
  AuthenticationFailed: 'Server failed to authenticate the request.',
  ServerBusy: 'The server is busy.',
}

export interface RefusingStorage {
  readonly connectionString: string
  stop(): Promise<void>
}

/** A storage account that refuses every request, tables in OData and queues in XML: Azurite knows neither firewall nor roles. */
export async function startRefusingStorage(code: StorageRefusal): Promise<RefusingStorage> {
  const status = code === 'ServerBusy' ? 503 : 403
  const server = await listen({
    port: 0,
    date: Date.now,
    tick: () => 0,
    handle: ({ headers }) => {
      const tables = headers.accept?.includes('json') === true
      return {
        status,
        headers: {
          'x-ms-error-code': code,
          'x-ms-request-id': '7b1d9f60-0002-0042-5a1e-8c3f10000000',
          'Content-Type': tables ? 'application/json' : 'application/xml',
        },
        body: tables
          ? JSON.stringify({ 'odata.error': { code, message: { lang: 'en-US', value: MESSAGES[code] } } })
          : `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${MESSAGES[code]}</Message></Error>`,
      }
    },
  })
  const at = (service: string) => `${service}Endpoint=${server.url}/waxseal`
  return {
    connectionString: `DefaultEndpointsProtocol=http;AccountName=waxseal;AccountKey=${Buffer.from('no key').toString('base64')};${at('Table')};${at('Queue')};${at('Blob')}`,
    stop: server.close,
  }
}
