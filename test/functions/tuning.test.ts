import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest'
import { declarations } from '../../core/settings.ts'
import { HOUR } from '../../emulator/index.ts'
import { installFakeCore } from './fake-core.ts'
import { answerOf, GET, queued, TICK } from './triggers.ts'
import { startWorld, type World } from './world.ts'

const storage = inject('storage')
const core = installFakeCore()
const CREDENTIALS = ['AZURE_CLIENT_ID', 'AZURE_CLIENT_SECRET', 'AZURE_CLIENT_CERTIFICATE_PATH']
const AMARA = 'amara@birchwood.example'

const day = (days: number) => new Date(Date.now() + days * 24 * HOUR).toISOString().slice(0, 10)

// The tests tell one story and build on each other.
describe.runIf(storage)('whole invocations, tuned by a file', () => {
  let world: World
  let folder: string
  let path: string

  const write = (tuning: object) => writeFile(path, JSON.stringify(tuning))
  const round = async () => {
    await core.run('poll', TICK)
    const outcome = await core.run('ingest', queued(await world.take()))
    expect(outcome).toMatchObject({ status: 'success' })
    await core.run('deliver', TICK)
  }

  beforeAll(async () => {
    world = await startWorld(storage)
    folder = await mkdtemp(join(tmpdir(), 'waxseal-tuning-'))
    path = join(folder, 'tuning.json')
    for (const name of [...Object.keys(declarations), ...CREDENTIALS]) vi.stubEnv(name, undefined)
    const { INTERNAL_DOMAINS: _, ...env } = world.env
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
    vi.stubEnv('WAXSEAL_CONFIG', path)
    vi.spyOn(console, 'info').mockReturnValue()
    await import('../../functions/index.ts')
  })
  afterAll(async () => {
    vi.restoreAllMocks()
    vi.unstubAllEnvs()
    await world?.tenant.stop()
    await rm(folder, { recursive: true, force: true })
  })

  test('a file with mistakes is told by health, in full, and fails every function by name', async () => {
    await write({ alertfrom: 'high', allow: [{}] })
    const { status, body } = answerOf(await core.run('health', GET))
    expect(status).toBe(503)
    expect(body).toEqual({
      ok: false,
      problems: [
        'tuning.json: allow[0].reason is missing.',
        'tuning.json: allow[0].owner is missing.',
        'tuning.json: allow[0].until is missing.',
        'tuning.json: alertfrom is not known; did you mean alertFrom?',
        'tuning.json: allow[0] names nothing to allow; give detection, actor, app, mailbox, network or several.',
      ],
    })
    expect(await core.run('poll', TICK)).toMatchObject({
      status: 'failure',
      stackTrace: expect.stringMatching(/^ConfigError: tuning\.json: allow\[0\]\.reason is missing\./),
    })
  })

  test('what the file allows is found and stored, and no card is posted', async () => {
    await write({
      internalDomains: ['birchwood.example'],
      allow: [
        {
          detection: 'inbox-rule-forwarding',
          actor: AMARA,
          reason: 'Amara’s new ledger',
          owner: 'it@birchwood.example',
          from: day(-5),
          until: day(30),
        },
      ],
    })
    world.breakIn({ ago: 30 * HOUR })
    await round()
    expect(await world.findings(3)).toMatchObject([
      { finding: { detection: 'inbox-rule-forwarding' }, allowed: { reason: 'Amara’s new ledger' } },
    ])
    expect(await world.outbox.all('teams')).toEqual([])
    expect(world.tenant.cards()).toEqual([])
  })

  test('what goes beyond it is posted, and the card says which entry and how', async () => {
    world.breakIn({ ip: '203.0.113.66' })
    await round()
    const [card, ...more] = world.tenant.cards()
    expect(more).toEqual([])
    expect(JSON.stringify(card?.content)).toMatch(
      /This goes beyond what is allowed until .*Amara’s new ledger.*: network not seen under this entry/,
    )
    expect(world.tenant.webhooks()).toHaveLength(1)
  })
})
