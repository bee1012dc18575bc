import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test, vi } from 'vitest'
import { declarations } from '../../core/settings.ts'
import { startReceiver } from '../support/receiver.ts'
import { installFakeCore, type Outcome } from './fake-core.ts'
import { answerOf, GET, queued, TICK, written } from './triggers.ts'
import { SECRET, startWorld, type World } from './world.ts'

const storage = inject('storage')
const core = installFakeCore()
const CREDENTIALS = ['AZURE_CLIENT_ID', 'AZURE_CLIENT_SECRET', 'AZURE_CLIENT_CERTIFICATE_PATH']

const lines = ({ logs }: Outcome) => logs.map(({ level, message }) => `${level}: ${message}`)

// The tests tell one story and build on each other.
describe.runIf(storage)('whole invocations', () => {
  let world: World
  let message: string

  beforeAll(async () => {
    world = await startWorld(storage)
    for (const name of [...Object.keys(declarations), ...CREDENTIALS]) vi.stubEnv(name, undefined)
    for (const [name, value] of Object.entries(world.env)) vi.stubEnv(name, value)
    vi.spyOn(console, 'info').mockReturnValue()
    await import('../../functions/index.ts')
  })
  afterAll(async () => {
    vi.restoreAllMocks()
    vi.unstubAllEnvs()
    await world?.tenant.stop()
  })

  test('health answers 503 before anything was listed', async () => {
    const { status, contentType, body } = answerOf(await core.run('health', GET))
    expect({ status, contentType }).toEqual({ status: 503, contentType: 'application/json' })
    expect(body).toMatchObject({ doctor: { state: 'yellow', checks: [{ id: 'subscription-absent' }, {}] } })
    expect(body).toMatchObject({ ok: false, feeds: [{ feed: 'Audit.Exchange', ok: false }, {}] })
  })

  test('poll puts what is new on the queue, as base64 of JSON, and health answers 200', async () => {
    world.breakIn()
    const outcome = await core.run('poll', TICK)
    expect(outcome.status).toBe('success')
    expect(lines(outcome)).toContain('information: Feed Audit.Exchange: 1 blobs are new.')
    message = await world.take()
    expect(Buffer.from(message, 'base64').toString('base64')).toBe(message)
    expect(await world.ledgerOf(message)).toMatchObject([{ state: 'listed' }])
    expect(answerOf(await core.run('health', GET))).toMatchObject({
      status: 200,
      body: { ok: true, feeds: [{ blobs: { listed: 1, pending: 1, done: 0 } }, { ok: true }] },
    })
  })

  test('ingest reads the blobs of a message and writes finding, outbox and ledger', async () => {
    const outcome = await core.run('ingest', queued(message))
    expect(lines(outcome)).toEqual(['information: Read 1 records of 1 blobs; 1 findings stand.'])
    expect(await world.findings()).toMatchObject([
      { finding: { detection: 'inbox-rule-forwarding' }, incident: expect.any(String) },
    ])
    for (const sink of ['teams', 'webhook'])
      expect(await world.outbox.all(sink)).toMatchObject([{ delivery: { state: 'pending' } }])
    expect(await world.ledgerOf(message)).toMatchObject([
      { state: 'done', counts: { parsed: 1, evaluated: 1 } },
    ])
  })

  test('deliver posts a card to Teams and a signed webhook, once', async () => {
    expect(lines(await core.run('deliver', TICK))).toEqual([
      'information: Alerts: 2 sent, 0 waiting, 0 refused.',
    ])
    expect(lines(await core.run('deliver', TICK))).toEqual([])
    const [{ content } = {}, ...moreCards] = world.tenant.cards()
    const [{ body = '', headers = {} } = {}, ...moreWebhooks] = world.tenant.webhooks()
    expect([moreCards, moreWebhooks]).toEqual([[], []])
    expect(JSON.stringify(content)).toContain('amara@birchwood.example')
    const signed = Object.entries(headers).map(([name, value]) => [name, String(value)] as const)
    expect(() => new Webhook(SECRET).verify(body, Object.fromEntries(signed))).not.toThrow()
    expect(body).toContain('inbox-rule-forwarding')
  })

  test('the same message again changes nothing', async () => {
    const outcome = await core.run('ingest', queued(message))
    expect(lines(outcome)).toEqual(['information: Read 0 records of 0 blobs; 0 findings stand.'])
    expect(lines(await core.run('deliver', TICK))).toEqual([])
  })

  test.each([
    'plain words',
    '"a text"',
    '[]',
    'null',
    '{"feed":"Audit.Exchange"}',
    '{"feed":7,"blobs":[]}',
    '{"feed":"Audit.Exchange","blobs":[{"id":"private"}]}',
    '{"feed":"Audit.Exchange","blobs":["private"]}',
  ])('ingest fails on the tampered message %s, in a sentence that does not repeat it', async text => {
    expect(await core.run('ingest', written(text))).toMatchObject({
      status: 'failure',
      message: 'The queue holds a message that no poller sent; it was not used',
      stackTrace: expect.not.stringContaining('private'),
      logs: [],
    })
  })

  test('ingest fails on a feed that is not read, and names it', async () => {
    expect(await core.run('ingest', written('{"feed":"Audit.Teapot","blobs":[]}'))).toMatchObject({
      status: 'failure',
      message: 'No feed named Audit.Teapot is configured',
    })
  })

  test('a message that points elsewhere sends nothing there, and its blob is set aside', async () => {
    const thief = await startReceiver(response => response.end('[]'))
    onTestFinished(thief.close)
    const text = Buffer.from(message, 'base64').toString()
    const tampered = text
      .replaceAll(world.tenant.managementUrl, thief.origin)
      .replace(/"id":"[^"]*"/, '"id":"another"')
    expect(lines(await core.run('ingest', written(tampered)))).toEqual([
      'information: Read 0 records of 0 blobs; 0 findings stand.',
    ])
    expect(thief.received).toEqual([])
    const entry = await world.ledgerOf(Buffer.from(tampered).toString('base64'))
    expect(entry).toMatchObject([{ state: 'quarantined', reason: 'foreign-origin' }])
  })

  test('quarantine marks the blobs of a poison message, tells the operator, and health answers 503', async () => {
    world.breakIn()
    await core.run('poll', TICK)
    const poison = await world.take()
    expect(await core.run('quarantine', queued(poison))).toMatchObject({ status: 'success' })
    expect(await world.ledgerOf(poison)).toMatchObject([{ state: 'quarantined' }])
    expect(lines(await core.run('poll', TICK))).toContain(
      'information: Feed Audit.Exchange: 0 blobs are new.',
    )
    expect(answerOf(await core.run('health', GET))).toMatchObject({
      status: 503,
      body: { ok: false, feeds: [{ ok: false, blobs: { done: 1 } }, { ok: true }] },
    })
    await core.run('deliver', TICK)
    expect(JSON.stringify(world.tenant.cards().map(({ content }) => content))).toContain('cannot be read')
  })

  test('quarantine lets go of a message that names no records, and says so', async () => {
    const outcome = await core.run('quarantine', written('plain words'))
    expect(outcome.status).toBe('success')
    expect(lines(outcome)).toEqual([
      'error: The poison queue held a message that no poller sent; it names no records and was dropped.',
    ])
  })
})
