import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, inject, test } from 'vitest'
import { DEFAULT_TENANT_ID, type TenantOptions } from '../../emulator/index.ts'
import { complaintsOf, makeCommand } from './command.ts'
import { startFirm } from './firm.ts'

const { folder, run } = makeCommand()
const SECRET = 'https://prod-01.westeurope.logic.azure.example/workflows/0a1b2c/triggers?sig=hush-hush'

describe('waxseal start, with settings that are wrong', () => {
  test.concurrent.for([
    {
      what: 'a tenant that is no GUID',
      env: { AZURE_TENANT_ID: 'birchwood' },
      says: [/^AZURE_TENANT_ID must be a GUID/],
    },
    {
      what: 'a misspelt name, and no tenant',
      env: { AZURE_TENANTID: DEFAULT_TENANT_ID },
      says: [/^AZURE_TENANTID is not a setting; it is spelt AZURE_TENANT_ID/],
    },
    {
      what: 'several at once',
      env: {
        AZURE_TENANT_ID: DEFAULT_TENANT_ID,
        M365_CLOUD: 'mars',
        MANAGEMENT_API_URL: 'http://192.0.2.7/secret-path',
        TEAMS_WEBHOOK_URL: SECRET.replace('https', 'http'),
        WEBHOOK_URL: 'not a url',
        CONTENT_TYPES: 'Audit.Everything',
        INTERNAL_DOMAIN: 'birchwood.example',
      },
      says: [
        /^M365_CLOUD /,
        /^MANAGEMENT_API_URL /,
        /^TEAMS_WEBHOOK_URL /,
        /^WEBHOOK_URL /,
        /^CONTENT_TYPES /,
        /^INTERNAL_DOMAIN is not a setting/,
      ],
    },
    {
      what: 'a schedule that is none',
      env: { AZURE_TENANT_ID: DEFAULT_TENANT_ID, POLL_SCHEDULE: 'now and then' },
      says: [/^POLL_SCHEDULE /],
    },
    {
      what: 'a scenario for a tenant that is real',
      args: ['--scenario', 'takeover'],
      env: { AZURE_TENANT_ID: DEFAULT_TENANT_ID },
      says: [/^--scenario is for the emulated tenant/],
    },
    {
      what: 'a folder where an account keeps the state',
      args: ['--data', 'here'],
      env: { AZURE_TENANT_ID: DEFAULT_TENANT_ID, AzureWebJobsStorage: 'UseDevelopmentStorage=true' },
      says: [/^--data and --fresh are for state on this machine/],
    },
  ])('$what: every problem in a sentence, and exit code 2', async ({ env, says, args = [] }, { expect }) => {
    const ended = await run(['start', '--once', ...args], { env })
    expect(ended).toMatchObject({ code: 2, stdout: '' })
    const complaints = complaintsOf(ended)
    expect(complaints).toHaveLength(says.length)
    for (const problem of says) expect(complaints).toContainEqual(expect.stringMatching(problem))
    expect(ended.stderr).not.toMatch(/hush-hush|secret-path|0a1b2c/)
  })

  test('a folder that cannot be made: says so', async ({ expect }) => {
    const file = join(await folder('file'), 'notes.txt')
    await writeFile(file, '')
    for (const env of [{}, { AZURE_TENANT_ID: DEFAULT_TENANT_ID }]) {
      const ended = await run(['start', '--once', '--json', '--data', file], { env })
      expect(ended).toMatchObject({ code: 2, stdout: '' })
      expect(complaintsOf(ended)).toEqual([
        expect.stringMatching(/^No state can be kept in ".*notes\.txt.*" \(\w+\); name a folder/),
      ])
    }
  })
})

describe('waxseal, with a file that is wrong', () => {
  const TUNING = JSON.stringify({
    alertFrom: 'hihg',
    detections: { 'bulk-mail-read': { terms: { 'reader-hour': { atLeast: 0 } } } },
    allow: [{ actor: 'ada@birchwood.example', reason: 'x', owner: 'y', until: '2999-12-31' }],
    '\u001b[31m': 1,
  })
  const SAYS = [
    /^tuning\.json: detections\.bulk-mail-read\.terms\.reader-hour\.atLeast must be 1 or more\.$/,
    /^tuning\.json: alertFrom is "hihg", which is not known; did you mean high\?$/,
    /^tuning\.json: "\\u001b\[31m" is not known/,
    /^tuning\.json: allow\[0\]\.until lies more than 90 days after today/,
  ]

  test.concurrent.for<{ what: string; args: string[]; env?: Record<string, string>; says?: RegExp[] }>([
    { what: 'start', args: ['start', '--once'], env: { WAXSEAL_CONFIG: 'tuning.json' } },
    {
      what: 'start with other mistakes',
      args: ['start', '--once'],
      env: { WAXSEAL_CONFIG: 'tuning.json', AZURE_TENANT_ID: 'birchwood', M365_CLOUD: 'mars' },
      says: [/^AZURE_TENANT_ID must be a GUID/, /^M365_CLOUD /],
    },
    { what: 'replay', args: ['replay', 'none.json', '--config', 'tuning.json'] },
    { what: 'replay by the setting', args: ['replay', 'none.json'], env: { WAXSEAL_CONFIG: 'tuning.json' } },
    { what: 'detections', args: ['detections', '--config', 'tuning.json'] },
  ])(
    '$what: every mistake with its path, and exit code 2',
    async ({ args, env = {}, says = [] }, { expect }) => {
      const cwd = await folder('tuned')
      await writeFile(join(cwd, 'tuning.json'), TUNING)
      const ended = await run(args, { cwd, env })
      expect(ended).toMatchObject({ code: 2, stdout: '' })
      const complaints = complaintsOf(ended)
      expect(complaints).toHaveLength(SAYS.length + says.length)
      for (const problem of [...SAYS, ...says])
        expect(complaints).toContainEqual(expect.stringMatching(problem))
      expect(ended.stderr).not.toContain('\u001b[31m')
    },
  )

  test.concurrent.for([
    {
      what: 'named and not there',
      args: ['detections', '--config', 'gone.json'],
      says: '--config names "gone.json", which does not exist; correct the path, or leave it out.',
    },
    {
      what: 'beside the command, of the name it has, and not JSON',
      args: ['start', '--once'],
      says: 'waxseal.config.json: is not JSON: line 2, column 3: a name in double quotes is expected here.',
    },
  ])('$what: says so', async ({ args, says }, { expect }) => {
    const cwd = await folder('tuned')
    await writeFile(join(cwd, 'waxseal.config.json'), '{\n  alertFrom: "high"\n}')
    const ended = await run(args, { cwd })
    expect(ended).toMatchObject({ code: 2, stdout: '' })
    expect(complaintsOf(ended)).toEqual([says])
  })
})

describe.runIf(inject('storage'))('waxseal start --once, where it is not let in', () => {
  const CLOSED = 'http://127.0.0.1:9'
  test.concurrent.for<{
    what: string
    tenant?: TenantOptions
    env?: Record<string, string>
    code: number
    says: RegExp
  }>([
    { what: 'no permission', tenant: { roles: [] }, code: 2, says: /ActivityFeed\.Read/ },
    { what: 'auditing is off', tenant: { state: 'auditing-off' }, code: 2, says: /audit/i },
    {
      what: 'another tenant',
      env: { AZURE_TENANT_ID: 'c1b6a9d2-6d1c-4c1e-8a3b-2f0e4d5c6b7a' },
      code: 2,
      says: /AZURE_TENANT_ID/,
    },
    { what: 'nobody answers', env: { MANAGEMENT_API_URL: CLOSED }, code: 1, says: /127\.0\.0\.1:9|reached/ },
    {
      what: 'nobody gives a token',
      env: { IDENTITY_ENDPOINT: `${CLOSED}/token` },
      code: 1,
      says: /sign-in service could not be reached/,
    },
    { what: 'the header is wrong', env: { IDENTITY_HEADER: 'wrong' }, code: 2, says: /Signing in failed/ },
  ])(
    '$what: one clear sentence',
    { timeout: 90_000 },
    async ({ tenant, env = {}, code, says }, { expect, onTestFinished }) => {
      const firm = await startFirm(tenant, env)
      onTestFinished(firm.stop)
      const ended = await run(['start', '--once', '--data', await folder('locked')], firm.surroundings())
      firm.checkSecrets(ended)
      expect(complaintsOf(ended)).toEqual([expect.stringMatching(says)])
      expect(ended.code).toBe(code)
    },
  )

  test.concurrent('the port of the page is taken: says which, and ends', async ({
    expect,
    onTestFinished,
  }) => {
    const other = createServer()
    await new Promise<void>(resolve => other.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void other.close())
    const address = other.address()
    const port = typeof address === 'object' && address ? String(address.port) : ''
    const firm = await startFirm()
    onTestFinished(firm.stop)
    for (const surroundings of [{}, firm.surroundings()]) {
      const data = await folder('port')
      const ended = await run(['start', '--port', port, '--data', data], surroundings)
      expect(complaintsOf(ended)).toEqual([expect.stringMatching(`port ${port} .*--port`)])
      expect(ended.code).toBe(2)
    }
  })
})
