import { globSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { findPermission, PERMISSIONS } from '../../core/permissions.ts'
import { type GrantOffice, type ServicePrincipal, startTenant } from '../../emulator/index.ts'
import { complaintsOf, makeCommand } from './command.ts'

const command = makeCommand()
const IDENTITY = '0f6d6b0c-6f0e-4c7c-8a55-2f1f5d6a7b01'
const CLIENT = 'c2a7f3de-91b4-4d0a-b6f1-7e5d3c2b1a02'

// Ids of this tenant, invented: a command that knew them by heart would not find them.
const roleId = (hex: string) => `${hex.repeat(8)}-0000-4000-8000-000000000000`
const role = (hex: string, value: string, member = 'Application') => ({
  ...{ id: roleId(hex), value, allowedMemberTypes: [member] },
})
const MANAGEMENT: ServicePrincipal = {
  id: '11111111-2222-4333-8444-555555555555',
  appId: 'c5393580-f805-4401-95e8-94b7a6ef2fc2',
  displayName: 'Office 365 Management APIs',
  servicePrincipalType: 'Application',
  appRoles: [
    role('a', 'ActivityFeed.ReadDlp'),
    role('b', 'ActivityFeed.Read', 'User'),
    role('c', 'ActivityFeed.Read'),
  ],
}
const GRAPH: ServicePrincipal = {
  id: '66666666-7777-4888-8999-aaaaaaaaaaaa',
  appId: '00000003-0000-0000-c000-000000000000',
  displayName: 'Microsoft Graph',
  servicePrincipalType: 'Application',
  appRoles: [role('d', 'AuditLog.Read.All'), role('e', 'Domain.Read.All')],
}
const FEED = { principalId: IDENTITY, resourceId: MANAGEMENT.id, appRoleId: roleId('c') }

function makeOffice(
  change: Partial<GrantOffice> = {},
  kind: ServicePrincipal['servicePrincipalType'] = 'ManagedIdentity',
): GrantOffice {
  const app: ServicePrincipal = {
    ...{ id: IDENTITY, appId: CLIENT, displayName: 'waxseal-identity', appRoles: [] },
    servicePrincipalType: kind,
  }
  const servicePrincipals = [app, MANAGEMENT, GRAPH]
  return { servicePrincipals, assignments: [], absent: [], mayWrite: true, unseen: 0, ...change }
}

/** Each run is a process of its own, signed in as an administrator. */
async function open(grants: GrantOffice) {
  const tenant = await startTenant({ grants })
  onTestFinished(tenant.stop)
  const env = {
    PATH: await command.folder('no az here'),
    AZURE_TENANT_ID: tenant.tenantId,
    GRAPH_API_URL: tenant.graphUrl,
    IDENTITY_ENDPOINT: tenant.identityEndpoint,
    IDENTITY_HEADER: tenant.identityHeader,
  }
  const run = async (...args: string[]) => {
    const ended = await command.run(['grant', ...args], { env })
    expect(ended.stdout + ended.stderr).not.toMatch(/[\w-]{43}/)
    return ended
  }
  return { tenant, run, grant: (...args: string[]) => run('--principal-id', IDENTITY, ...args) }
}

describe('waxseal grant', () => {
  test('shows roles with their ids, the principal and the command, and changes nothing', async () => {
    const office = makeOffice()
    const { grant, tenant } = await open(office)
    const { code, stdout, stderr } = await grant('--with', 'auditlog.read.all')
    expect({ code, stderr, assignments: office.assignments }).toEqual({
      code: 0,
      stderr: '',
      assignments: [],
    })
    expect(stdout).toContain(`Identity waxseal-identity (${IDENTITY})`)
    expect(stdout).toContain('ActivityFeed.Read of Office 365 Management APIs (required): the audit feed')
    expect(stdout).toContain(
      `  Missing. Role ${roleId('c')} of Office 365 Management APIs (${MANAGEMENT.id}). Would run:\n` +
        `  az rest --method POST --url ${tenant.graphUrl}/v1.0/servicePrincipals/${IDENTITY}/appRoleAssignments --headers Content-Type=application/json --body '${JSON.stringify(FEED)}'`,
    )
    expect(stdout).toContain(
      `To do it: waxseal grant --principal-id ${IDENTITY} --with AuditLog.Read.All --yes`,
    )
    expect(stdout).not.toContain('Domain.Read.All')
    expect(stdout).not.toContain('adminconsent')
  })

  test('puts ids alone into commands, and names as text, whatever the directory says', async () => {
    const office = makeOffice()
    const [app, ...others] = office.servicePrincipals
    const named = { ...app, displayName: 'x\u001b]0;owned\u0007\u202e\nGranted.' } as ServicePrincipal
    const sly = { ...MANAGEMENT, id: "x' ; touch owned ; '" }
    const { grant } = await open({ ...office, servicePrincipals: [named, ...others] })
    expect((await grant()).stdout).toContain(`Identity x]0;owned Granted. (${IDENTITY})\n`)
    const world = await open({ ...office, servicePrincipals: [named, sly, GRAPH] })
    const { stdout } = await world.grant()
    expect(stdout).not.toContain('touch owned')
    expect(stdout).toContain('Missing, and so is Office 365 Management APIs in this tenant.')
  })

  test('names the page to accept on for an app registration, known by its client id', async () => {
    const { run, tenant } = await open(makeOffice({}, 'Application'))
    const { stdout } = await run('--principal-id', CLIENT)
    expect(stdout).toContain(
      `https://login.microsoftonline.com/${tenant.tenantId}/adminconsent?client_id=${CLIENT}`,
    )
  })

  test('with --yes grants what is missing, and a second time nothing', async () => {
    const office = makeOffice()
    const { grant } = await open(office)
    const first = await grant('--yes', '--with', 'AuditLog.Read.All', '--with', 'Domain.Read.All')
    expect(first).toMatchObject({ code: 0, stderr: '' })
    expect(first.stdout).toContain('3 granted. A running app keeps the token it has')
    expect(office.assignments).toEqual([
      FEED,
      { ...FEED, resourceId: GRAPH.id, appRoleId: roleId('d') },
      { ...FEED, resourceId: GRAPH.id, appRoleId: roleId('e') },
    ])
    const second = await grant('--yes', '--with', 'AuditLog.Read.All', '--with', 'Domain.Read.All')
    expect(second.stdout.match(/Granted already\./g)).toHaveLength(3)
    expect(second.stdout).toContain('Nothing to do.')
    expect(office.assignments).toHaveLength(3)
    expect((await grant('--with', 'Domain.Read.All')).stdout).toContain('Nothing to do.')
  })

  test('signs in as whoever az knows, and not as the app whose secret is set', async ctx => {
    if (process.platform === 'win32') ctx.skip('the stand-in for az is a shell script')
    const office = makeOffice()
    const { tenant } = await open(office)
    const headers = { 'X-IDENTITY-HEADER': tenant.identityHeader }
    const resource = encodeURIComponent('https://graph.microsoft.com')
    const answer = await fetch(`${tenant.identityEndpoint}?api-version=2019-08-01&resource=${resource}`, {
      headers,
    })
    const { access_token: accessToken } = (await answer.json()) as Record<string, string>
    const PATH = await command.folder('az')
    const token = JSON.stringify({ accessToken, expires_on: Math.floor(Date.now() / 1000) + 3_600 })
    await writeFile(join(PATH, 'az'), `#!/bin/sh\necho '${token}'\n`, { mode: 0o755 })
    const env = {
      ...{ PATH: `${PATH}:/usr/bin:/bin`, AZURE_TENANT_ID: tenant.tenantId, GRAPH_API_URL: tenant.graphUrl },
      ...{ AZURE_CLIENT_ID: CLIENT, AZURE_CLIENT_SECRET: 'the secret of the app' },
    }
    const { code, stderr } = await command.run(['grant', '--yes'], { env })
    expect({ code, stderr, assignments: office.assignments }).toEqual({
      code: 0,
      stderr: '',
      assignments: [FEED],
    })
  })

  test('creates the resource where the tenant has none, and waits until it shows', async () => {
    const office = makeOffice({ absent: [MANAGEMENT], unseen: 2 })
    office.servicePrincipals.splice(1, 1)
    const { grant } = await open(office)
    const shown = await grant()
    expect(shown.stdout).toContain(`Would run:\n  az ad sp create --id ${MANAGEMENT.appId}`)
    expect(office.servicePrincipals).toHaveLength(2)
    const { code, stdout } = await grant('--yes')
    expect(stdout).toContain('Created Office 365 Management APIs in this tenant.')
    expect({ code, assignments: office.assignments }).toEqual({ code: 0, assignments: [FEED] })
  })

  test('says which permission the tenant does not offer, and exits 1', async () => {
    const office = makeOffice()
    const { grant } = await open(office)
    const { code, stdout } = await grant('--yes', '--all')
    expect(code).toBe(1)
    expect(stdout.match(/offers no such permission in this tenant/g)).toHaveLength(PERMISSIONS.length - 3)
    expect(office.assignments).toHaveLength(3)
  })

  test('tells who may, where the account may not', async () => {
    const { grant } = await open(makeOffice({ mayWrite: false }))
    const ended = await grant('--yes')
    expect(ended.code).toBe(2)
    expect(complaintsOf(ended)).toEqual([
      `Your account has no right to do this. A Privileged Role Administrator or Global Administrator has to run: waxseal grant --principal-id ${IDENTITY} --yes`,
    ])
  })

  test('tells how to sign in, where nobody is', async () => {
    const env = {
      PATH: await command.folder('nothing'),
      AZURE_TENANT_ID: IDENTITY,
      GRAPH_API_URL: 'http://127.0.0.1:9',
    }
    const ended = await command.run(['grant', '--principal-id', IDENTITY], { env })
    expect(ended).toMatchObject({ code: 2, stdout: '' })
    expect(complaintsOf(ended)).toEqual([
      expect.stringMatching(/^Nobody is signed in to the tenant: run az login --tenant /),
    ])
  })

  test('tells that no such identity is in the tenant', async () => {
    const { run } = await open(makeOffice())
    const ended = await run('--principal-id', MANAGEMENT.id.replace('1', '9'))
    expect(complaintsOf(ended)).toEqual([
      expect.stringMatching(/^There is no identity 9\S+ in this tenant\./),
    ])
  })

  test.each([
    [[], /^--principal-id is missing/],
    [['--principal-id', 'waxseal'], /^--principal-id is not an id/],
    [['--principal-id', IDENTITY, '--with', 'Mail.Read'], /^--with Mail\.Read is not an optional permission/],
    [['--with', 'ActivityFeed.Read'], /^--with ActivityFeed\.Read is not an optional permission/],
  ])('tells what is wrong with %j', async (args, why) => {
    const ended = await command.run(['grant', ...args], { env: {} })
    expect(ended).toMatchObject({ code: 2, stdout: '' })
    expect(complaintsOf(ended)).toEqual([expect.stringMatching(why)])
  })

  test('lists what each permission adds, without asking anybody', async () => {
    const { code, stdout } = await command.run(['grant', '--list'], { env: {} })
    expect(code).toBe(0)
    for (const { adds, value } of PERMISSIONS)
      expect(stdout).toMatch(new RegExp(`^${value} of .*: ${adds}\\.$`, 'm'))
  })
})

describe('the table of permissions', () => {
  /** Read where somebody gave it for reasons of their own; never asked for, because it opens mail. */
  const NOT_OFFERED = new Set(['Mail.ReadBasic.All'])

  test('has every permission that a refusal names', () => {
    const root = new URL('../../', import.meta.url)
    const files = globSync('core/**/*.ts', { cwd: fileURLToPath(root) }).filter(
      file => !/\.(test|cases)\.ts$/.test(file),
    )
    const named = files.flatMap(file =>
      [
        ...readFileSync(new URL(file, root), 'utf8').matchAll(/(?:permission: |PERMISSION = )'([\w.]+)'/g),
      ].map(([, name = '']) => name),
    )
    expect(named).toContain('AuditLog.Read.All')
    expect(named.filter(name => findPermission(name) === undefined && !NOT_OFFERED.has(name))).toEqual([])
  })
})
