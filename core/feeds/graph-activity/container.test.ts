import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, inject, it, onTestFinished } from 'vitest'
import {
  activityEntry,
  HOUR,
  MINUTE,
  makeActivityArchive,
  makeManualClock,
  makeRandom,
} from '../../../emulator/index.ts'
import { uniqueName } from '../../../test/support/names.ts'
import { FeedError } from '../../model/errors.ts'
import { type ActivitySource, openContainer } from './container.ts'
import { hourPath, NOON, ongoing, TENANT } from './feed.test-kit.ts'

const storage = inject('storage')
const KEY = Buffer.from('not a key').toString('base64')
const quick = { now: () => 0, retryDelayInMs: 1 }

/** An account whose blob service answers everything in one way. */
async function answering(status: number, code: string, headers: Readonly<Record<string, string>> = {}) {
  let asked = 0
  const server = createServer((_, response) => {
    asked++
    response.writeHead(status, { 'x-ms-error-code': code, 'content-type': 'application/xml', ...headers })
    response.end(
      `<?xml version="1.0"?><Error><Code>${code}</Code><Message>secret signature</Message></Error>`,
    )
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  const endpoint = `BlobEndpoint=http://127.0.0.1:${port}/logs`
  return {
    asked: () => asked,
    container: openContainer(
      { connectionString: `DefaultEndpointsProtocol=http;AccountName=logs;AccountKey=${KEY};${endpoint}` },
      quick,
    ),
  }
}

const thrown = async (work: Promise<unknown>): Promise<FeedError> => {
  const error = await work.then(
    () => undefined,
    reason => reason,
  )
  expect(error).toBeInstanceOf(FeedError)
  return error as FeedError
}

describe('a refusal', () => {
  it.each([
    [403, 'AuthorizationPermissionMismatch', 'permission-missing', 'Storage Blob Data Reader'],
    [403, 'AuthorizationFailure', 'permission-missing', 'firewall'],
    [401, 'InvalidAuthenticationInfo', 'permission-missing', 'Storage Blob Data Reader'],
    [404, 'ContainerNotFound', 'rejected', 'switch on the diagnostic setting'],
    [404, 'BlobNotFound', 'content-expired', 'deleted'],
    [416, 'InvalidRange', 'content-missing', 'shorter'],
    [429, 'TooManyRequests', 'throttled', 'slow down'],
    [503, 'ServerBusy', 'throttled', 'slow down'],
    [500, 'InternalError', 'unavailable', 'out of order'],
    [400, 'InvalidQueryParameterValue', 'rejected', 'refused'],
    [302, 'Found', 'rejected', 'refused'],
  ] as const)('%i %s is %s', async (status, serverCode, code, words) => {
    const { container } = await answering(status, serverCode)
    const error = await thrown(container.read(hourPath(), 0, 10, ongoing()))
    expect(error).toMatchObject({ code, serverCode })
    expect(error.message).toContain(words)
    expect(error.message).toContain('insights-logs-microsoftgraphactivitylogs')
    expect(error.message).not.toContain('secret')
  })

  it('says how long to wait, where the server does', async () => {
    const { container } = await answering(429, 'TooManyRequests', { 'Retry-After': '45' })
    expect(await thrown(container.folders(ongoing()))).toMatchObject({
      code: 'throttled',
      retryAfterMs: 45_000,
    })
  })

  it('is asked for again a few times where that may help, and only there', async () => {
    for (const [status, times] of [
      [500, 4],
      [403, 1],
    ] as const) {
      const { asked, container } = await answering(status, 'X')
      await thrown(container.blobs('', ongoing()))
      expect(asked()).toBe(times)
    }
  })
})

describe('an account that does not answer', () => {
  const source = (connectionString: string): ActivitySource => ({ connectionString })

  it('is unavailable', async () => {
    const endpoint = 'BlobEndpoint=http://127.0.0.1:9/logs'
    const container = openContainer(
      source(`DefaultEndpointsProtocol=http;AccountName=logs;AccountKey=${KEY};${endpoint}`),
      quick,
    )
    expect(await thrown(container.folders(ongoing()))).toMatchObject({ code: 'unavailable' })
  })

  it('is given up when the run ends', async () => {
    const server = createServer(() => {})
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => {
      server.closeAllConnections()
      server.close()
    })
    const { port } = server.address() as AddressInfo
    const endpoint = `BlobEndpoint=http://127.0.0.1:${port}/logs`
    const container = openContainer(
      source(`DefaultEndpointsProtocol=http;AccountName=logs;AccountKey=${KEY};${endpoint}`),
      quick,
    )
    const error = await thrown(container.folders(AbortSignal.timeout(50)))
    expect(error).toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('when the run ended'),
    })
  })

  it('of which no token can be had is told as a failed sign-in', async () => {
    const credential = {
      getToken: async () => {
        throw Object.assign(new Error('AADSTS7000222: expired'), { name: 'AuthenticationError' })
      },
    }
    const container = openContainer({ url: 'https://logs.example', credential }, quick)
    expect(await thrown(container.folders(ongoing()))).toMatchObject({
      code: 'unauthorized',
      serverCode: 'AADSTS7000222',
    })
  })
})

it('an address may name the account or the container', () => {
  const credential = { getToken: async () => null }
  const named = (url: string) => openContainer({ url, credential }, quick).address
  expect(named('https://logs.example/')).toBe('https://logs.example/insights-logs-microsoftgraphactivitylogs')
  expect(named('https://logs.example/other/')).toBe('https://logs.example/other')
})

describe.runIf(storage)('a container on Azurite', () => {
  it('is not there until something is logged, then has folders, hours that grow, and bytes', async () => {
    const clock = makeManualClock((NOON + 1800) * 1000)
    const random = makeRandom('archive')
    const name = uniqueName('activity')
    const archive = makeActivityArchive({
      connectionString: storage,
      container: name,
      tenantId: TENANT,
      clock,
      random,
    })
    const container = openContainer({ connectionString: storage, container: name }, quick)
    expect(await thrown(container.folders(ongoing()))).toMatchObject({
      code: 'rejected',
      serverCode: 'ContainerNotFound',
    })

    const entry = () =>
      activityEntry({ random, tenantId: TENANT }, { at: clock.now(), path: '/v1.0/me', appId: random.guid() })
    const [first, ...more] = Array.from({ length: 40 }, entry)
    archive.log(first === undefined ? [] : [first])
    await archive.settle()
    expect((await thrown(container.folders(ongoing()))).code).toBe('rejected')
    clock.advance(5 * MINUTE)
    await archive.settle()
    expect(await container.folders(ongoing())).toEqual([`tenantId=${TENANT}/`])
    const [before] = await container.blobs(`tenantId=${TENANT}/y=2026/m=11/d=20/`, ongoing())
    expect(before?.path).toBe(hourPath())
    const text = await container.read(hourPath(), 0, before?.size ?? 0, ongoing())
    expect(text.toString()).toBe(`${JSON.stringify(first)}\r\n`)

    archive.log(more)
    clock.advance(4 * HOUR)
    await archive.settle()
    const [after] = await container.blobs(`tenantId=${TENANT}/`, ongoing())
    const all = await container.read(hourPath(), 0, after?.size ?? 0, ongoing())
    expect(all.subarray(0, text.length)).toEqual(text)
    expect(new Set(all.toString().trim().split('\r\n')).size).toBe(40)
    expect(await container.read(hourPath(), 5, 9, ongoing())).toEqual(text.subarray(5, 9))
    expect(await thrown(container.read(hourPath('01'), 0, 1, ongoing()))).toMatchObject({
      code: 'content-expired',
    })
  })
})
