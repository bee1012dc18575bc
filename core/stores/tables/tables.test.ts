import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { describe, expect, onTestFinished, test } from 'vitest'
import { ConfigError, StoreError } from '../../model/errors.ts'
import { makeTables } from './tables.ts'

/** Azurite never throttles, refuses, loses an answer or sends an empty page; this service does as it is told. */
type Answer = (request: { method: string; url: string; body: Buffer }, response: ServerResponse) => void

async function serviceThat(...answers: Answer[]) {
  const requests: { method: string; url: string; body: Buffer }[] = []
  const server = createServer(async (incoming: IncomingMessage, response) => {
    const request = { method: incoming.method ?? '', url: incoming.url ?? '', body: await buffer(incoming) }
    requests.push(request)
    const answer = answers[Math.min(requests.length, answers.length) - 1]
    answer?.(request, response)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const connectionString = `DefaultEndpointsProtocol=http;AccountName=dev;AccountKey=c2VjcmV0LWtleQ==;TableEndpoint=http://127.0.0.1:${port}/dev`
  return { tables: makeTables({ connectionString }), requests }
}

const json = (
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
) =>
  response
    .writeHead(status, { 'content-type': 'application/json', 'x-ms-request-id': 'r-1', ...headers })
    .end(JSON.stringify(body))
const failing =
  (status: number, code: string): Answer =>
  (_request, response) =>
    json(response, status, {
      'odata.error': { code, message: { lang: 'en-US', value: 'secret row ada@birchwood.example' } },
    })
const done: Answer = (_request, response) => response.writeHead(204, { etag: 'W/"1"' }).end()
const cutOff: Answer = (_request, response) => response.destroy()
const entity = (rowKey: string) => ({
  PartitionKey: 'p',
  RowKey: rowKey,
  'odata.etag': 'W/"1"',
  'v0@odata.type': 'Edm.Binary',
  v0: Buffer.from('1').toString('base64'),
})

async function errorOf(promise: Promise<unknown>): Promise<StoreError> {
  const error = await promise.then(
    () => new Error('no error'),
    (reason: unknown) => reason,
  )
  if (!(error instanceof StoreError)) throw error
  return error
}

describe('reading', () => {
  test('survives empty pages in the middle and at the end', async () => {
    const more = {
      'x-ms-continuation-NextPartitionKey': '1!4!cA--',
      'x-ms-continuation-NextRowKey': '1!4!cg--',
    }
    const { tables, requests } = await serviceThat(
      (_request, response) => json(response, 200, { value: [] }, more),
      (_request, response) => json(response, 200, { value: [entity('a')] }, more),
      (_request, response) =>
        json(response, 200, { value: [] }, { 'x-ms-continuation-NextPartitionKey': '1!4!cA--' }),
      (_request, response) => json(response, 200, { value: [] }),
    )
    const read: string[] = []
    for await (const { row } of tables.table('facts').range('p', '', 'z')) read.push(row)
    expect(read).toEqual(['a'])
    expect(requests).toHaveLength(4)
    expect(requests[1]?.url).toContain('NextRowKey=1!4!cg--')
    expect(tables.stats()).toEqual({ reads: 4, writes: 0, transactions: 4 })
  })

  test('of a table that is being deleted gives nothing', async () => {
    const { tables } = await serviceThat(failing(409, 'TableBeingDeleted'))
    expect(await tables.table('facts').get('p', 'r')).toBeUndefined()
    expect((await tables.table('facts').range('p', '', 'z')[Symbol.asyncIterator]().next()).done).toBe(true)
  })

  test('a row of another program fails by name of the table', async () => {
    const { tables } = await serviceThat((_request, response) =>
      json(response, 200, { PartitionKey: 'p', RowKey: 'r' }),
    )
    await expect(tables.table('facts').get('p', 'r')).rejects.toThrow(
      'Table facts holds a row that this program did not write.',
    )
  })
})

describe('errors of the service', () => {
  test('that pass are tried again, and every attempt is counted', async () => {
    const { tables, requests } = await serviceThat(failing(503, 'ServerBusy'), cutOff, done)
    await tables.table('facts').put('p', [{ row: 'r', value: 1 }])
    expect(requests).toHaveLength(3)
    expect(tables.stats().writes).toBe(3)
  })

  test.each([
    [500, 'InternalError', 'unavailable', 'Storage could not be reached or was busy.'],
    [
      403,
      'AuthorizationPermissionMismatch',
      'denied',
      'Check the storage account\'s firewall, and that the identity has the role "Storage Table Data Contributor".',
    ],
    [401, 'InvalidAuthenticationInfo', 'denied', "Check the storage account's firewall"],
    [413, 'RequestBodyTooLarge', 'too-large', "over the service's limit"],
    [400, 'PropertyValueTooLarge', 'too-large', "over the service's limit"],
    [400, 'EntityTooLarge', 'too-large', "over the service's limit"],
  ] as const)('%d %s are StoreError %s, without keys or values', async (status, code, word, advice) => {
    const { tables } = await serviceThat(failing(status, code))
    const error = await errorOf(
      tables.table('facts').put('p', [{ row: 'ada@birchwood.example', value: 'secret' }]),
    )
    expect(error.code).toBe(word)
    expect(error.message).toContain(`Table facts: writing failed (${status} ${code}, request r-1)`)
    expect(error.message).toContain(advice)
    expect(JSON.stringify([error.message, error.stack, error.cause])).not.toMatch(
      /birchwood|secret|SharedKey/,
    )
  })

  test('of a batch are told apart like those of a single row', async () => {
    const { tables } = await serviceThat(failing(403, 'AuthorizationFailure'))
    const rows = [1, 2].map(value => ({ row: `${value}`, value }))
    expect((await errorOf(tables.table('facts').put('p', rows))).code).toBe('denied')
    expect((await errorOf(tables.table('facts').remove('p', ['1', '2']))).code).toBe('denied')
  })

  test('nobody can be asked about are unavailable', async () => {
    const connectionString =
      'DefaultEndpointsProtocol=http;AccountName=dev;AccountKey=c2VjcmV0;TableEndpoint=http://127.0.0.1:1/dev'
    const error = await errorOf(makeTables({ connectionString }).names(''))
    expect(error.code).toBe('unavailable')
    expect(error.message).toContain('Tables: listing failed (ECONNREFUSED)')
  })

  test('that nothing can be done about are no StoreError', async () => {
    const { tables } = await serviceThat(failing(400, 'InvalidInput'))
    await expect(tables.table('facts').get('p', 'r')).rejects.toThrow('a fault in this program')
  })

  test('a name still being deleted cannot be created yet', async () => {
    const { tables, requests } = await serviceThat(
      failing(404, 'TableNotFound'),
      failing(409, 'TableBeingDeleted'),
    )
    const error = await errorOf(tables.table('facts').insert('p', { row: 'r', value: 1 }))
    expect(error.code).toBe('unavailable')
    expect(error.message).toContain('the name can be used again in about a minute')
    expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST /dev/facts',
      'POST /dev/Tables',
    ])
  })
})

describe('an answer that was lost', () => {
  test('does not make an insert of our own look like somebody else', async () => {
    const { tables } = await serviceThat(cutOff, failing(409, 'EntityAlreadyExists'))
    const error = await errorOf(tables.table('facts').insert('p', { row: 'r', value: 1 }))
    expect(error.code).toBe('unavailable')
    expect(error.message).toContain('Read the row again.')
  })

  test('does not make a replacement of our own look like somebody else', async () => {
    const { tables } = await serviceThat(cutOff, failing(412, 'UpdateConditionNotSatisfied'))
    const error = await errorOf(tables.table('facts').replace('p', { row: 'r', value: 1 }, 'W/"1"'))
    expect(error.code).toBe('unavailable')
  })

  test('changes nothing for a put or a removal', async () => {
    const { tables } = await serviceThat(cutOff, done, cutOff, failing(404, 'ResourceNotFound'))
    await tables.table('facts').put('p', [{ row: 'r', value: 1 }])
    await tables.table('facts').remove('p', ['r'])
  })
})

test('transactions stay under 4 MiB and 100 rows on the wire', async () => {
  const accepted: Answer = ({ body }, response) => {
    const count = body.toString('latin1').split('PUT http').length - 1
    const part =
      '--changesetresponse_1\r\nContent-Type: application/http\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n'
    response
      .writeHead(202, { 'content-type': 'multipart/mixed; boundary=batchresponse_1' })
      .end(`--batchresponse_1\r\n\r\n${part.repeat(count)}--changesetresponse_1--\r\n--batchresponse_1--\r\n`)
  }
  const { tables, requests } = await serviceThat(accepted)
  const key = (i: number) => `${i}${'é'.repeat(100)}`
  const rows = (count: number, bytes: number) =>
    Array.from({ length: count }, (_, i) => ({ row: key(i), value: 'x'.repeat(bytes) }))
  await tables.table('facts').put(key(0), rows(100, 40_000))
  await tables.table('facts').put(key(0), rows(9, 778_000))
  await tables.table('facts').put(key(0), rows(230, 10))
  const counts = requests.map(({ body }) => body.toString('latin1').split('PUT http').length - 1)
  expect(counts.reduce((sum, count) => sum + count)).toBe(339)
  expect(Math.max(...counts)).toBe(100)
  const sizes = requests.map(({ body }) => body.length)
  expect(Math.max(...sizes)).toBeLessThan(4_194_304)
  expect(Math.max(...sizes)).toBeGreaterThan(3_000_000)
})

describe('a connection', () => {
  test.each([
    {
      connectionString:
        'DefaultEndpointsProtocol=http;AccountName=dev;AccountKey=c2VjcmV0;EndpointSuffix=core.windows.net',
    },
    { connectionString: 'AccountName=dev;AccountKey=c2VjcmV0;TableEndpoint=http://192.0.2.7:10002/dev' },
    {
      connectionString:
        'AccountName=dev;AccountKey=c2VjcmV0;TableEndpoint=http://127.0.0.1.storage.example/dev',
    },
    { connectionString: 'AccountName=dev;AccountKey=c2VjcmV0;TableEndpoint=table' },
    { endpoint: 'http://dev.table.core.windows.net', credential: { getToken: async () => null } },
  ])('over plain http to another machine is refused: %j', connection => {
    expect(() => makeTables(connection)).toThrow(ConfigError)
    expect(() => makeTables(connection)).not.toThrow('c2VjcmV0')
  })

  test.each([
    { connectionString: 'UseDevelopmentStorage=true' },
    {
      connectionString:
        'DefaultEndpointsProtocol=https;AccountName=dev;AccountKey=c2VjcmV0;EndpointSuffix=core.windows.net',
    },
    { endpoint: 'https://dev.table.core.windows.net', credential: { getToken: async () => null } },
  ])('is accepted: %j', connection => {
    expect(makeTables(connection).stats().transactions).toBe(0)
  })
})
