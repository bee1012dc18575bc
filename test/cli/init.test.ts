import { existsSync, lstatSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'
import { describe, expect, test } from 'vitest'
import { type InitOptions, initAt } from '../../cli/init/command.ts'
import { QUESTIONS } from '../../cli/init/questions.ts'
import { takeLocalSettings } from '../../cli/local-settings.ts'
import { detections } from '../../core/detections/index.ts'
import { readSettings } from '../../core/settings.ts'
import { parseConfig } from '../../core/tuning/config.ts'
import { deploy } from '../infra/arm/deploy.ts'
import { template } from '../infra/template.ts'
import { complaintsOf, makeCommand, ROOT, until } from './command.ts'

const command = makeCommand()
const TENANT = '5b6a1d0e-3c47-4f29-9e58-0d1f2a7b6c83'
const CLIENT = 'c2a7f3de-91b4-4d0a-b6f1-7e5d3c2b1a02'
const TEAMS = 'https://flows.example/workflows/1?sig=t0p-s3cret'
const json = (folder: string, name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8'))

/** Somebody at a keyboard: each line of `typed` answers the prompt of that text. The real prompts, on streams. */
async function sit(
  folder: string,
  typed: readonly (readonly [asked: string, keys: string])[],
  options: InitOptions = {},
) {
  const [input, output] = [new PassThrough(), new PassThrough()]
  // Each prompt ends its output, which a terminal does not mind.
  output.end = () => output
  let screen = ''
  let said = ''
  output.setEncoding('utf8').on('data', text => {
    screen += stripVTControlCharacters(text)
  })
  const ended = initAt(options, {
    ...{ folder, root: folder, environment: {}, terminal: true, streams: { input, output } },
    say: text => {
      said += `${stripVTControlCharacters(text)}\n`
    },
  })
  let from = 0
  for (const [asked, keys] of typed) {
    await Promise.race([until(() => screen.indexOf(asked, from) >= 0), ended])
    from = screen.indexOf(asked, from) + asked.length
    input.write(keys)
  }
  return { code: await ended, screen, said }
}

const DOWN = '\u001b[B'
const ANSWERS = [
  ['Where is Waxseal going to run?', '\r'],
  ['Directory (tenant) id', `${TENANT}\r`],
  ['Your own mail domains', 'birchwood.example\r'],
  ['Address of the Teams workflow', `${TEAMS}\r`],
  ['Client id of the app', `${CLIENT}\r`],
  ['Value of its client secret', 'n0b0dy-sees-this\r'],
  ['The day the secret ends', '2027-05-31\r'],
  ['Write this?', '\r'],
] as const

describe('waxseal init, with somebody who answers', () => {
  test('asks at most eight things, and writes settings that the program reads', async () => {
    const folder = await command.folder('asked')
    const { code, said, screen } = await sit(folder, ANSWERS)
    expect(code).toBe(0)
    const { IsEncrypted, Values } = json(folder, 'local.settings.json')
    expect({ IsEncrypted, Values }).toEqual({
      IsEncrypted: false,
      Values: {
        ...{ FUNCTIONS_WORKER_RUNTIME: 'node', AzureWebJobsStorage: 'UseDevelopmentStorage=true' },
        ...{ POLL_SCHEDULE: '0 */5 * * * *', AZURE_TENANT_ID: TENANT, INTERNAL_DOMAINS: 'birchwood.example' },
        ...{ TEAMS_WEBHOOK_URL: TEAMS, AZURE_CLIENT_ID: CLIENT, AZURE_CLIENT_SECRET: 'n0b0dy-sees-this' },
        CLIENT_SECRET_EXPIRES: '2027-05-31',
      },
    })
    expect(readSettings(Values)).toMatchObject({ AZURE_TENANT_ID: TENANT, TEAMS_WEBHOOK_URL: TEAMS })
    expect(statSync(join(folder, 'local.settings.json')).mode & 0o777).toBe(0o600)
    expect(json(folder, 'waxseal.config.json')).toEqual({ $schema: './waxseal.config.schema.json' })
    expect(() =>
      parseConfig(readFileSync(join(folder, 'waxseal.config.json'), 'utf8'), detections, 0),
    ).not.toThrow()
    for (const secret of ['t0p-s3cret', 'n0b0dy']) expect(screen + said).not.toContain(secret)
    expect(said).toContain('+     "AZURE_TENANT_ID": "5b6a1d0e-3c47-4f29-9e58-0d1f2a7b6c83"')
    expect(said).toMatch(/\+ {5}"AZURE_CLIENT_SECRET": \(secret \d, not shown\)/)
    expect(said).toContain('Secrets stand in local.settings.json alone')
  })

  test('writes secrets into a file of its own, whatever lies in its place', async () => {
    const folder = await command.folder('linked')
    const elsewhere = join(folder, 'elsewhere.txt')
    writeFileSync(elsewhere, 'mine')
    symlinkSync(elsewhere, join(folder, 'local.settings.json.new'))
    writeFileSync(join(folder, 'waxseal.config.json.new'), 'left behind', { mode: 0o666 })
    expect((await sit(folder, ANSWERS)).code).toBe(0)
    expect(readFileSync(elsewhere, 'utf8')).toBe('mine')
    expect(lstatSync(join(folder, 'local.settings.json'))).toMatchObject({ mode: 0o100600 })
    expect(json(folder, 'waxseal.config.json')).toHaveProperty('$schema')
  })

  test('never has more than eight questions, with the place and the last word', () => {
    for (const target of ['local', 'azure'])
      expect(QUESTIONS.filter(one => one.target === target).length + 2).toBeLessThanOrEqual(8)
  })

  test('asks again for what is wrong, and does not ask for what a flag said', async () => {
    const folder = await command.folder('again')
    const { said, screen } = await sit(
      folder,
      [
        ['Directory (tenant) id', 'birchwood\r'],
        ['must be a GUID', `${'\u007f'.repeat(9)}${TENANT}\r`],
        ['Address of the Teams workflow', 'https://x.webhook.office.com/1\r'],
        ['is an Office 365 connector', '\u0015\r'],
        ['Client id', '\r'],
        ['Write this?', '\r'],
      ],
      { target: 'local', domains: 'birchwood.example' },
    )
    expect(screen).not.toContain('Your own mail domains')
    expect(screen).not.toContain('client secret')
    expect(json(folder, 'local.settings.json').Values).toMatchObject({ AZURE_TENANT_ID: TENANT })
    expect(said).not.toContain('TEAMS_WEBHOOK_URL')
  })

  test('writes nothing when told not to', async () => {
    const folder = await command.folder('no')
    const typed = [...ANSWERS.slice(0, -1), ['Write this?', 'n\r'] as const]
    expect((await sit(folder, typed)).said).toContain('Nothing was written.')
    expect(existsSync(join(folder, 'local.settings.json'))).toBe(false)
  })

  test('shows what changes in files that are there, and keeps the rest', async () => {
    const folder = await command.folder('there')
    const Values = {
      AZURE_TENANT_ID: CLIENT,
      TENANT_NAME: 'Birchwood',
      MY_OWN: 'a-k3y-of-mine',
      AZURE_CLIENT_SECRET: '0ld',
    }
    writeFileSync(
      join(folder, 'local.settings.json'),
      JSON.stringify({ IsEncrypted: false, Host: { CORS: '*' }, Values }, null, 2),
    )
    writeFileSync(join(folder, 'waxseal.config.json'), '{\n  "alertFrom": "high"\n}\n')
    const { said, screen } = await sit(folder, ANSWERS)
    const file = json(folder, 'local.settings.json')
    expect(file).toMatchObject({
      Host: { CORS: '*' },
      Values: { TENANT_NAME: 'Birchwood', MY_OWN: 'a-k3y-of-mine' },
    })
    expect(said).toContain(`-     "AZURE_TENANT_ID": "${CLIENT}",\n+     "AZURE_TENANT_ID": "${TENANT}",`)
    expect(said).toMatch(
      /- {5}"AZURE_CLIENT_SECRET": \(secret (\d), not shown\)\n\+ {5}"AZURE_CLIENT_SECRET": \(secret (?!\1)\d, not shown\),/,
    )
    for (const secret of ['0ld', 'n0b0dy', 'a-k3y-of-mine', 't0p-s3cret'])
      expect(said + screen).not.toContain(secret)
    expect(json(folder, 'waxseal.config.json')).toEqual({
      $schema: './waxseal.config.schema.json',
      alertFrom: 'high',
    })

    const again = await sit(folder, ANSWERS.slice(0, -1))
    expect(again.said).toBe('Nothing to change: the files say so already.\n')
  })

  test('for Azure writes parameters that the template takes, and no secret', async () => {
    const folder = await command.folder('azure')
    await sit(folder, [
      ['Where is Waxseal going to run?', `${DOWN}\r`],
      ['Who is mailed', 'operator@msp.example\r'],
      ['What cards call', 'Birchwood\r'],
      ['Your own mail domains', '\r'],
      ['Write this?', 'y\r'],
    ])
    const { parameters } = json(folder, 'infra/azuredeploy.parameters.json')
    expect(parameters).toEqual({
      alertEmail: { value: 'operator@msp.example' },
      tenantName: { value: 'Birchwood' },
    })
    for (const { name } of QUESTIONS.filter(({ target }) => target === 'azure'))
      expect(template.parameters).toHaveProperty(name)
    const values = Object.fromEntries(
      Object.entries(parameters).map(([name, one]) => [name, (one as { value: string }).value]),
    )
    expect(() => deploy(template, values)).not.toThrow()
  })
})

describe('waxseal init, with nobody to ask', () => {
  test('writes with --yes what flags and environment say, and the program starts from it', async () => {
    const folder = await command.folder('flags')
    const args = ['init', '--tenant', TENANT, '--domains', 'birchwood.example', '--yes']
    const ended = await command.run(args, { cwd: folder, env: { TEAMS_WEBHOOK_URL: TEAMS } })
    expect(ended).toMatchObject({ code: 0, stderr: '' })
    expect(ended.stdout).not.toContain('t0p-s3cret')
    expect(json(folder, 'local.settings.json').Values).toMatchObject({
      AZURE_TENANT_ID: TENANT,
      TEAMS_WEBHOOK_URL: TEAMS,
    })
    const { $schema } = json(folder, 'waxseal.config.json')
    expect(join(folder, $schema)).toBe(join(ROOT, 'waxseal.config.schema.json'))

    const second = await command.run(args, { cwd: folder, env: { TEAMS_WEBHOOK_URL: TEAMS } })
    expect(second.stdout).toBe('Nothing to change: the files say so already.\n')
    const doctor = await command.run(['doctor', '--json'], {
      cwd: folder,
      env: { MANAGEMENT_API_URL: 'http://127.0.0.1:9' },
    })
    expect(doctor.stdout).toContain(`"saw":"tenant ${TENANT}"`)
  })

  test('without --yes shows what it would write, and writes nothing', async () => {
    const folder = await command.folder('shown')
    const ended = await command.run(['init', '--tenant', TENANT], { cwd: folder, env: {} })
    expect(ended.code).toBe(2)
    expect(ended.stdout).toContain(`+     "AZURE_TENANT_ID": "${TENANT}"`)
    expect(complaintsOf(ended)).toEqual(['Nothing was written, as nobody could be asked; with --yes it is.'])
    expect(existsSync(join(folder, 'local.settings.json'))).toBe(false)
  })

  test('tells everything that is wrong or missing, with the flag that gives it', async () => {
    const cwd = await command.folder('wrong')
    const args = ['init', '--yes', '--domains', 'n0t a domain@', '--client-id', 'me']
    const ended = await command.run(args, {
      cwd,
      env: { TEAMS_WEBHOOK_URL: 'http://flows.example/?sig=s3cret' },
    })
    expect(ended).toMatchObject({ code: 2, stdout: '' })
    expect(complaintsOf(ended)).toEqual([
      'AZURE_TENANT_ID is needed. Give it with --tenant.',
      expect.stringMatching(/^INTERNAL_DOMAINS holds .* Give it with --domains\.$/),
      expect.stringMatching(/^TEAMS_WEBHOOK_URL uses http/),
      'AZURE_CLIENT_ID must be a GUID. Give it with --client-id.',
    ])
    expect(ended.stderr).not.toContain('s3cret')
  })

  test('leaves a file alone that it cannot read', async () => {
    const cwd = await command.folder('broken')
    writeFileSync(join(cwd, 'local.settings.json'), '{ "Values": { "AZURE_CLIENT_SECRET": "s3cret", } }')
    const ended = await command.run(['init', '--yes', '--tenant', TENANT], { cwd, env: {} })
    expect(complaintsOf(ended)).toEqual([
      'local.settings.json is not JSON with an object "Values"; correct it, or move it away.',
    ])
    expect(readFileSync(join(cwd, 'local.settings.json'), 'utf8')).toContain('s3cret')
  })
})

test('local settings yield to the environment, and bring no storage of their own', async () => {
  const folder = await command.folder('taken')
  const Values = {
    AZURE_TENANT_ID: TENANT,
    TENANT_NAME: 'File',
    INTERNAL_DOMAINS: '',
    AzureWebJobsStorage: 'UseDevelopmentStorage=true',
  }
  writeFileSync(join(folder, 'local.settings.json'), JSON.stringify({ Values }))
  const environment: Record<string, string> = { TENANT_NAME: 'Environment' }
  takeLocalSettings(environment, join(folder, 'local.settings.json'))
  expect(environment).toEqual({ AZURE_TENANT_ID: TENANT, TENANT_NAME: 'Environment' })
})
