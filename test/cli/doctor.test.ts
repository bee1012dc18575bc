import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import type { TenantOptions } from '../../emulator/index.ts'
import { linesOf, makeCommand } from './command.ts'
import { type Firm, startFirm } from './firm.ts'

const command = makeCommand()

async function openFirm(options: TenantOptions = {}, settings: Record<string, string> = {}): Promise<Firm> {
  const firm = await startFirm(options, settings)
  onTestFinished(firm.stop)
  return firm
}

async function examine(firm: Firm, data: string, ...more: string[]) {
  const ended = await command.run(['doctor', '--json', '--data', data, ...more], firm.surroundings())
  firm.checkSecrets(ended)
  const lines = linesOf(ended)
  const of = (kind: string) => lines.filter(({ type }) => type === kind)
  const ids = of('check').map(({ id }) => id)
  return {
    ...ended,
    ids,
    checks: of('check'),
    permissions: of('permission'),
    coverage: of('coverage'),
    summary: lines.at(-1),
  }
}

describe('waxseal doctor', () => {
  test('without a tenant names the setting, and exits 1', async () => {
    const { code, stdout, stderr } = await command.run(['doctor'], { env: {} })
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
    expect(stdout).toContain('✖ A setting is wrong: AZURE_TENANT_ID is missing;')
    expect(stdout).toMatch(/\n {4}fix {7}Whoever runs Waxseal corrects it/)
  })

  test('before anything has run is yellow, exits 0, and leaves nothing behind', async () => {
    const firm = await openFirm()
    const data = join(await command.folder('new'), 'state')
    const { code, ids, summary } = await examine(firm, data)
    expect({ code, summary }).toMatchObject({ code: 0, summary: { type: 'summary', state: 'yellow' } })
    expect(ids).toEqual([
      ...['settings-good', 'clock-right', 'cloud-right', 'sign-in-works', 'feed-works'],
      ...[
        'subscription-absent',
        'subscription-absent',
        'subscription-absent',
        'receiver-untried',
        'storage-none',
      ],
    ])
    expect(existsSync(data)).toBe(false)
    expect(firm.tenant.audit().calls.start).toBeUndefined()
  })

  test('tells what permissions add, and what nothing makes visible', async () => {
    const firm = await openFirm({ roles: ['ActivityFeed.Read'] })
    const graph = { GRAPH_API_URL: firm.tenant.graphUrl }
    const { env } = firm.surroundings()
    const ended = await command.run(['doctor', '--json'], {
      env: { ...env, ...graph },
      cwd: await command.folder('bare'),
    })
    const lines = linesOf(ended)
    expect(lines).toContainEqual(
      expect.objectContaining({
        type: 'permission',
        value: 'ActivityFeed.Read',
        need: 'required',
        granted: true,
      }),
    )
    expect(lines).toContainEqual(
      expect.objectContaining({
        type: 'permission',
        value: 'MailboxSettings.Read',
        granted: false,
        adds: expect.stringContaining('inbox rules'),
      }),
    )
    expect(lines).toContainEqual(
      expect.objectContaining({
        type: 'coverage',
        what: 'inbox rules and forwards as they stand',
        sees: 'no',
      }),
    )
  })

  test('with a wrong set-up is red, exits 1, and says it to people without a secret', async () => {
    const firm = await openFirm({ roles: [] })
    const ended = await command.run(['doctor'], { ...firm.surroundings(), cwd: await command.folder('red') })
    firm.checkSecrets(ended)
    expect(ended).toMatchObject({ code: 1, stderr: '' })
    expect(ended.stdout).toMatch(
      /✖ The app is not yet allowed to read the audit feed\.\n {4}saw {7}a sign-in without/,
    )
    expect(ended.stdout).toContain('Somebody is needed: see what is marked ✖.')
  })

  test('looks at everything else behind a retired Teams address', async () => {
    const retired = 'https://birchwood.webhook.office.com/webhookb2/s3cret'
    const firm = await openFirm({}, { TEAMS_WEBHOOK_URL: retired })
    const { code, ids, stdout } = await examine(firm, join(await command.folder('retired'), 'state'))
    expect(code).toBe(1)
    expect(ids).toEqual(expect.arrayContaining(['feed-works', 'teams-retired']))
    expect(stdout).not.toContain('s3cret')
  })
})

describe.runIf(inject('storage'))('waxseal doctor --fix', () => {
  test('starts subscriptions and makes storage, once; then a run turns it green', async () => {
    const firm = await openFirm()
    const data = await command.folder('fix')
    const fixed = await examine(firm, data, '--fix')
    expect(fixed).toMatchObject({ code: 0, stderr: '' })
    expect(fixed.ids).toEqual(expect.arrayContaining(['storage-works', 'subscription-started', 'poll-never']))
    expect(firm.tenant.audit().calls.start).toEqual({ 200: 3 })

    const again = await examine(firm, data, '--fix')
    expect(again.ids).toContain('subscription-started')
    expect(firm.tenant.audit().calls.start).toEqual({ 200: 3 })

    await command.run(['start', '--once', '--json', '--data', data], firm.surroundings())
    firm.pass(13 * 3_600_000)
    await command.run(['start', '--once', '--json', '--data', data], firm.surroundings())
    const { checks, code } = await examine(firm, data)
    expect(code).toBe(0)
    const states = Object.fromEntries(checks.map(({ check, state }) => [check, state]))
    expect(states).toEqual({
      ...{ settings: 'green', clock: 'green', cloud: 'green', 'sign-in': 'green', 'audit-feed': 'green' },
      ...{ subscription: 'green', storage: 'green', polling: 'green', pace: 'green' },
      ...{ receiver: 'unknown', 'mail-reads': 'unknown' },
    })
  })
})
