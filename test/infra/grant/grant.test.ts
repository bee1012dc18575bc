import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildSync } from 'esbuild'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { PERMISSIONS, RESOURCES } from '../../../core/permissions.ts'
import {
  AUDIT_READ,
  CLIENT,
  type Directory,
  directory,
  FEED_READ,
  IDENTITY,
  MANAGEMENT,
  MANAGEMENT_APIS,
  MICROSOFT_GRAPH,
  TENANT,
} from './directory.ts'

const SCRIPT = join(import.meta.dirname, '../../../infra/grant.sh')
const GRANTED = { principalId: IDENTITY, resourceId: MANAGEMENT_APIS.id, appRoleId: FEED_READ }
let made: string
let folder: string

interface Call {
  readonly args: readonly string[]
  readonly query?: string
  readonly given: unknown
  readonly told: unknown
}

// As JavaScript it starts in half the time, and a run of the script asks it ten times.
beforeAll(() => {
  made = mkdtempSync(join(tmpdir(), 'waxseal-az-'))
  const entryPoints = [join(import.meta.dirname, 'fake-az.ts')]
  buildSync({ entryPoints, outfile: join(made, 'az.mjs'), bundle: true, platform: 'node', format: 'esm' })
})
afterAll(() => rmSync(made, { recursive: true, force: true }))
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'waxseal grant '))
  const executable = (name: string, script: string) => {
    writeFileSync(join(folder, name), `#!/bin/bash\n${script}\n`)
    chmodSync(join(folder, name), 0o755)
  }
  executable('az', `exec "${process.execPath}" "${join(made, 'az.mjs')}" "$@"`)
  executable('sleep', `echo "slept $1" >> "${join(folder, 'sleeps')}"`)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Runs the script in a tenant; what it leaves behind in there is the tenant of the next run. */
function grant(args: readonly string[], tenant?: Directory) {
  if (tenant !== undefined) writeFileSync(join(folder, 'directory'), JSON.stringify(tenant))
  writeFileSync(join(folder, 'calls'), '')
  const { status, stdout, stderr } = spawnSync('bash', [SCRIPT, ...args], {
    encoding: 'utf8',
    env: {
      PATH: `${folder}:/usr/bin:/bin`,
      FAKE_DIRECTORY: join(folder, 'directory'),
      FAKE_CALLS: join(folder, 'calls'),
    },
  })
  const calls = readFileSync(join(folder, 'calls'), 'utf8').split('\n').filter(Boolean)
  const left: Directory = existsSync(join(folder, 'directory'))
    ? JSON.parse(readFileSync(join(folder, 'directory'), 'utf8'))
    : directory()
  const called: Call[] = calls.map(line => JSON.parse(line))
  const writes = called.filter(({ args: of }) => of.includes('POST') || of.includes('create'))
  return { status, stdout, stderr, calls: called, writes: writes.length, assignments: left.assignments }
}

const ID = ['--principal-id', IDENTITY]

describe('grant.sh', () => {
  test('is bash, from its first line to its last', () => {
    expect(spawnSync('bash', ['-n', SCRIPT], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' })
  })

  test('without --yes shows what is missing and the command for it, and changes nothing', () => {
    const { status, stdout, stderr, writes } = grant(ID, directory())
    expect({ status, stderr, writes }).toEqual({ status: 0, stderr: '', writes: 0 })
    expect(stdout).toContain(`Tenant ${TENANT}, identity waxseal-identity (${IDENTITY})`)
    expect(stdout).toContain('ActivityFeed.Read of Office 365 Management APIs (required): the audit feed')
    expect(stdout).toContain(
      `az rest --method POST --url https://graph.example/v1.0/servicePrincipals/${IDENTITY}/appRoleAssignments ` +
        `--headers Content-Type=application/json --body '${JSON.stringify(GRANTED)}'`,
    )
    expect(stdout).toContain(`To do it: ${SCRIPT} --principal-id ${IDENTITY} --yes`)
    expect(stdout).not.toContain('AuditLog.Read.All')
  })

  test('the command it shows is the one that it runs', () => {
    const shown = grant(ID, directory())
      .stdout.split('\n')
      .find(line => line.startsWith('  az rest'))
    const { calls } = grant([...ID, '--yes'], directory())
    const run = calls.find(({ args }) => args.includes('POST'))?.args.slice(0, -3)
    const words = spawnSync('bash', ['-c', `printf '%s\\n' ${shown?.replace(/^ *az /, '')}`], {
      encoding: 'utf8',
    })
    expect(words.stdout.trim().split('\n')).toEqual(run)
  })

  test('with --yes grants the one permission, by name, for applications', () => {
    const { status, stderr, assignments, stdout } = grant([...ID, '--yes'], directory())
    expect({ status, stderr, assignments }).toEqual({ status: 0, stderr: '', assignments: [GRANTED] })
    expect(stdout).toContain('1 granted. A running app keeps the token it has, for up to 24 hours')
  })

  test('run again, it finds everything granted and does nothing', () => {
    grant([...ID, '--yes'], directory())
    for (const args of [ID, [...ID, '--yes']]) {
      const { status, stdout, writes, assignments } = grant(args)
      expect({ status, writes, assignments }).toEqual({ status: 0, writes: 0, assignments: [GRANTED] })
      expect(stdout).toMatch(/Granted already\..*Nothing to do\.\n$/s)
    }
  })

  test('takes the client id of an app registration for its principal', () => {
    const { status, assignments } = grant(['--principal-id', CLIENT, '--yes'], directory())
    expect({ status, assignments }).toEqual({ status: 0, assignments: [GRANTED] })
  })

  test('grants an optional permission that is asked for, and only that', () => {
    const { stdout, assignments } = grant([...ID, '--with', 'AuditLog.Read.All', '--yes'], directory())
    expect(stdout).toContain('AuditLog.Read.All of Microsoft Graph (optional): directory changes')
    expect(assignments).toEqual([
      GRANTED,
      { principalId: IDENTITY, resourceId: MICROSOFT_GRAPH.id, appRoleId: AUDIT_READ },
    ])
  })

  describe('where the tenant has no principal of the audit feed', () => {
    const without = (change: Partial<Directory> = {}) =>
      directory({
        servicePrincipals: directory().servicePrincipals.filter(({ appId }) => appId !== MANAGEMENT),
        ...change,
      })

    test('says so and shows how it is created', () => {
      const { status, stdout, writes } = grant(ID, without())
      expect({ status, writes }).toEqual({ status: 0, writes: 0 })
      expect(stdout).toContain(`az ad sp create --id ${MANAGEMENT}`)
      expect(stdout).toContain('Nothing was changed.')
    })

    test('creates it, waits until it shows, and grants', () => {
      // Not there when it is looked for, and twice more after it was created.
      const { status, stdout, writes, assignments } = grant([...ID, '--yes'], without({ unseen: 3 }))
      expect({ status, writes, assignments }).toEqual({ status: 0, writes: 2, assignments: [GRANTED] })
      expect(stdout).toContain('Created Office 365 Management APIs in this tenant.')
      expect(readFileSync(join(folder, 'sleeps'), 'utf8')).toBe('slept 1\nslept 2\n')
    })

    test('gives up with a word when it does not show', () => {
      const { status, stderr, assignments } = grant([...ID, '--yes'], without({ unseen: 99 }))
      expect({ status, assignments }).toEqual({ status: 1, assignments: [] })
      expect(stderr).toBe(
        'Office 365 Management APIs was created but does not show yet; run this again in a minute.\n',
      )
    })
  })

  describe('says in one sentence', () => {
    const DENIED =
      'Forbidden({"error":{"code":"Authorization_RequestDenied","message":"Insufficient privileges"}})'

    test('who can grant, when the account may not', () => {
      const { status, stderr, assignments } = grant([...ID, '--yes'], directory({ refusal: DENIED }))
      expect({ status, assignments }).toEqual({ status: 1, assignments: [] })
      expect(stderr).toBe(
        'Your account has no right to do this (granting ActivityFeed.Read). A Privileged Role Administrator or ' +
          `Global Administrator has to run: ${SCRIPT} --principal-id ${IDENTITY} --yes\n`,
      )
    })

    test('that somebody has to sign in', () => {
      const broken = "Please run 'az login' to setup account."
      expect(grant(ID, directory({ broken }))).toMatchObject({
        status: 1,
        stdout: '',
        stderr: expect.stringMatching(/^The Azure CLI is not signed in[^\n]+az login[^\n]+\n$/),
      })
    })

    test('what az said, when it is nothing known, and no token in it', () => {
      const broken = 'Service Unavailable (eyJ0eXAiOiJKV1QiLCJhbGciOi.J9-x_y)\nsecond line'
      const { status, stderr } = grant(ID, directory({ broken }))
      expect({ status, stderr }).toEqual({
        status: 1,
        stderr:
          'az failed at reading which tenant you are signed in to: ERROR: Service Unavailable ([token]) second line \n',
      })
    })

    test('that no such identity is in the tenant', () => {
      const { status, stderr } = grant(['--principal-id', TENANT], directory())
      expect({ status, stderr }).toEqual({
        status: 1,
        stderr: expect.stringMatching(
          new RegExp(`^There is no identity ${TENANT} in tenant ${TENANT}\\.[^\\n]+\\n$`),
        ),
      })
    })

    test('that the cloud offers no such permission', () => {
      const bare = { ...MANAGEMENT_APIS, appRoles: MANAGEMENT_APIS.appRoles.slice(0, 2) }
      const servicePrincipals = directory().servicePrincipals.map(one =>
        one.appId === MANAGEMENT ? bare : one,
      )
      const { status, stderr } = grant([...ID, '--yes'], directory({ servicePrincipals }))
      expect({ status, stderr }).toEqual({
        status: 1,
        stderr: expect.stringMatching(
          /^Office 365 Management APIs offers no application permission[^\n]+\n$/,
        ),
      })
    })

    test('that az is not there', () => {
      const { status, stdout, stderr } = spawnSync('/bin/bash', [SCRIPT, ...ID], {
        encoding: 'utf8',
        env: { PATH: join(folder, 'nothing') },
      })
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
      expect(stderr).toMatch(/^The Azure CLI \(az\) is not on this machine[^\n]+\n$/)
    })

    test.for<[args: string[], why: string]>([
      [[], '--principal-id is missing'],
      [['--principal-id'], '--principal-id needs a value'],
      [['--principal-id', 'waxseal'], '--principal-id is not an id'],
      [[...ID, '--with', 'Mail.Read'], '--with Mail.Read is not an optional permission'],
      [[...ID, '--with', 'ActivityFeed.Read'], '--with ActivityFeed.Read is not an optional permission'],
      [[...ID, '--with', '.*'], '--with .* is not an optional permission'],
      [['--force'], '--force is not known here'],
    ])('what is wrong with %j', ([args, why]) => {
      const { status, stdout, stderr, calls } = grant(args, directory())
      expect({ status, stdout, calls }).toEqual({ status: 2, stdout: '', calls: [] })
      expect(stderr.startsWith(why)).toBe(true)
      expect(stderr.trim().split('\n')).toHaveLength(1)
    })
  })

  test('asks az in the query language that az understands', ctx => {
    const { calls } = grant([...ID, '--with', 'AuditLog.Read.All', '--yes'], directory())
    const queries = calls.flatMap(({ query, given, told }) =>
      query === undefined ? [] : [{ query, given, told }],
    )
    expect(queries.length).toBeGreaterThan(6)
    const program =
      'import json,sys,jmespath\nfor q in json.load(sys.stdin): assert jmespath.search(q["query"],q["given"])==q["told"],q'
    const python = (code: string) =>
      spawnSync('python3', ['-c', code], { input: JSON.stringify(queries), encoding: 'utf8' })
    if (python('import jmespath').status !== 0) ctx.skip('python3 with jmespath is not on this machine')
    expect(python(program)).toMatchObject({ status: 0, stderr: '' })
  })
})

describe('both grant scripts', () => {
  const text = (name: string) => readFileSync(join(SCRIPT, '..', name), 'utf8')
  const table = (name: string) => text(name).match(/^(?:required|optional)\|[^"\n]+/gm) ?? []

  test('know the same permissions as waxseal grant and doctor, one of them required', () => {
    const known = PERMISSIONS.map(({ adds, need, resource, value }) =>
      [need, RESOURCES[resource].appId, RESOURCES[resource].name, value, adds].join('|'),
    )
    expect(table('grant.sh')).toEqual(known)
    expect(table('grant.ps1')).toEqual(known)
    const required = table('grant.sh').filter(line => line.startsWith('required|'))
    expect(required).toEqual([
      expect.stringContaining(`|${MANAGEMENT}|Office 365 Management APIs|ActivityFeed.Read|`),
    ])
    expect(table('grant.sh').length).toBeGreaterThan(5)
  })

  test('offer nothing that can write or read mail', () => {
    for (const line of table('grant.sh'))
      expect(line).not.toMatch(/\|(?:Mail\.|[\w.]*(?:Write|Send|FullControl))/)
  })

  test('look roles up by name and hold no id of one', () => {
    const known = ['c5393580-f805-4401-95e8-94b7a6ef2fc2', '00000003-0000-0000-c000-000000000000', IDENTITY]
    for (const name of ['grant.sh', 'grant.ps1'])
      for (const [id] of text(name).matchAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g))
        expect(known).toContain(id)
  })

  test('are told of with --list, in the words of the table', () => {
    const { status, stdout, calls } = grant(['--list'])
    expect({ status, calls }).toEqual({ status: 0, calls: [] })
    for (const line of table('grant.sh')) {
      const [need, , resource, permission, adds] = line.split('|')
      expect(stdout).toContain(`${permission} (${need}, ${resource}): ${adds}.`)
    }
  })
})
