import { afterEach, beforeAll, beforeEach, describe, expect, inject, test, vi } from 'vitest'
import { declarations } from '../../core/settings.ts'
import { installFakeCore, type TypedData } from './fake-core.ts'
import { answerOf, GET, queued, TICK } from './triggers.ts'

const core = installFakeCore()
const storage = inject('storage')

beforeAll(async () => {
  await import('../../functions/index.ts')
})
beforeEach(() => {
  for (const name of Object.keys(declarations)) vi.stubEnv(name, undefined)
})
afterEach(() => {
  vi.unstubAllEnvs()
})

function given(environment: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
}

async function problems(): Promise<string[]> {
  const { status, body } = answerOf(await core.run('health', GET))
  expect({ status, body }).toEqual({ status: 503, body: { ok: false, problems: expect.any(Array) } })
  return (body as { problems: string[] }).problems
}

/** Nothing in it can work. The values are what must not be repeated to anybody. */
const BAD = {
  AZURE_TENANT_ID: 'b1rchwood',
  AzureWebJobsStorage__tableServiceUri: 'tab1es',
  CONTENT_TYPES: 'Audit.0utlook',
  INTERNAL_DOMAIN: 'm1sspelt',
  M365_CLOUD: 'm00n',
  MANAGEMENT_API_URL: 'http://manage.birchw00d.example',
  PUBLISHER_ID: 's0mebody',
  TEAMS_WEBHOOK_URL: 'http://flows.birchw00d.example/?sig=s3cret',
  WEBHOOK_SECRET: 'hunter2hunter2',
  WEBHOOK_URL: 'https://us3r:w0rd@hooks.birchwood.example',
}
const MESSAGE = queued(Buffer.from('{"feed":"Audit.Exchange","blobs":[]}').toString('base64'))

test('health tells every problem of a bad configuration, each with its setting', async () => {
  given(BAD)
  const named = (await problems()).map(problem => problem.split(/[ ,]/, 1)[0])
  expect(new Set(named)).toEqual(new Set([...Object.keys(BAD), 'AzureWebJobsStorage__queueServiceUri']))
})

test.each<[string, TypedData]>([
  ['poll', TICK],
  ['deliver', TICK],
  ['sweep', TICK],
  ['ingest', MESSAGE],
  ['quarantine', MESSAGE],
])('a bad configuration fails %s, naming the settings and no value or line of code', async (name, data) => {
  given(BAD)
  const message = (await problems()).join('\n')
  const outcome = await core.run(name, data)
  expect(outcome).toEqual({ status: 'failure', message, stackTrace: `ConfigError: ${message}`, logs: [] })
  for (const value of Object.values(BAD)) expect(message).not.toContain(value)
  expect(message).not.toMatch(/s3cret|w0rd|birchw00d/)
})

test('an empty environment misses the tenant and the storage', async () => {
  expect(await problems()).toEqual([
    expect.stringMatching(/^AZURE_TENANT_ID is missing/),
    expect.stringMatching(/^AzureWebJobsStorage is missing/),
  ])
})

test('storage over plain http elsewhere is a bad configuration too', async () => {
  given({
    AZURE_TENANT_ID: '5b6a1d0e-3c47-4f29-9e58-0d1f2a7b6c83',
    AzureWebJobsStorage: 'DefaultEndpointsProtocol=http;AccountName=birchwood;AccountKey=c2VjcmV0',
  })
  expect(await problems()).toEqual([expect.stringContaining('plain http')])
  expect(await core.run('poll', TICK)).toMatchObject({ stackTrace: expect.not.stringContaining('    at ') })
})

// Last: this configuration can be read, so the app is made and kept.
describe.runIf(storage)('storage that refuses', () => {
  test('is told by health in a sentence, without the key', async () => {
    const key = Buffer.from('another key').toString('base64')
    given({
      AZURE_TENANT_ID: '5b6a1d0e-3c47-4f29-9e58-0d1f2a7b6c83',
      AzureWebJobsStorage: storage.replace(/AccountKey=[^;]*/, `AccountKey=${key}`),
    })
    const told = await problems()
    expect(told).toEqual([expect.stringMatching(/failed \(403 .*Check the storage account's firewall/)])
    expect(told.join()).not.toContain(key)
  })
})
