import { afterEach, describe, expect, it } from 'vitest'
import type { Receiver } from '../../../test/support/receiver.ts'
import { startReceiver } from '../../../test/support/receiver.ts'
import { SAMPLE_ALERTS } from '../../../test/support/sample-alerts.ts'
import { silent } from '../../log.ts'
import { ConfigError, SinkError } from '../../model/errors.ts'
import { renderCard } from './card.ts'
import { makeTeamsSink } from './sink.ts'

const [first] = SAMPLE_ALERTS
if (!first) throw new Error('there is no sample')
const { alert, posted } = first
const never = new AbortController().signal
const now = () => posted

let receiver: Receiver | undefined
afterEach(async () => {
  await receiver?.close()
  receiver = undefined
})

async function failure(answer: Parameters<typeof startReceiver>[0], timeoutMs = 5_000): Promise<SinkError> {
  receiver = await startReceiver(answer)
  const sink = makeTeamsSink({ url: `${receiver.origin}/workflows/p4th?sig=S3cr3t`, now, timeoutMs })
  const error = await sink.send(alert, posted, never).catch((caught: unknown) => caught)
  if (!(error instanceof SinkError)) throw new Error(`expected a SinkError, got ${error}`)
  expect(error.message).toContain('127.0.0.1')
  expect(`${error.message} ${error.stack} ${error.cause}`).not.toMatch(/S3cr3t|p4th/)
  return error
}

const status = (code: number, headers: Record<string, string> = {}, body = '') =>
  failure(response => response.writeHead(code, headers).end(body))

describe('makeTeamsSink', () => {
  it('says once what is doubtful about the address, and not the address', () => {
    const told: string[] = []
    const log = { ...silent, warn: (message: string) => told.push(message) }
    makeTeamsSink({ url: 'https://flows.example/p4th', now, log })
    expect(told).toEqual([expect.stringContaining('TEAMS_WEBHOOK_URL has no "sig" part')])
    expect(told.join()).not.toContain('p4th')
  })

  it('posts the card in the envelope that Workflows takes', async () => {
    receiver = await startReceiver(response => response.writeHead(202).end())
    const sink = makeTeamsSink({ url: `${receiver.origin}/flow?sig=x`, now })
    await sink.send(alert, posted, never)
    expect(sink.id).toBe('teams')
    const [request] = receiver.received
    expect(request?.url).toBe('/flow?sig=x')
    expect(request?.headers['content-type']).toBe('application/json; charset=utf-8')
    expect(JSON.parse(request?.body ?? '')).toEqual({
      type: 'message',
      attachments: [
        {
          contentType: 'application/vnd.microsoft.card.adaptive',
          contentUrl: null,
          content: renderCard(alert, posted),
        },
      ],
    })
  })

  it('takes any 2xx, even when the rest of the answer breaks off', async () => {
    receiver = await startReceiver((response, _, number) => {
      if (number === 1) return response.writeHead(200).end('1')
      response.writeHead(202, { 'content-length': '100' }).write('half', () => response.destroy())
    })
    const sink = makeTeamsSink({ url: receiver.origin, now })
    await sink.send(alert, posted, never)
    await sink.send(alert, posted, never)
    expect(receiver.received).toHaveLength(2)
  })

  it('asks to be tried again after 429 and 5xx, when the receiver says so', async () => {
    expect(await status(429, { 'retry-after': '17' })).toMatchObject({ code: 'retry', retryAfterMs: 17_000 })
  })

  it('reads a Retry-After that is a date', async () => {
    const at = new Date((posted + 90) * 1000).toUTCString()
    const date = new Date(posted * 1000).toUTCString()
    expect(await status(503, { 'retry-after': at, date })).toMatchObject({
      code: 'retry',
      retryAfterMs: 90_000,
    })
  })

  it('asks to be tried again without a time when none was given', async () => {
    expect(await status(502)).toMatchObject({ code: 'retry', retryAfterMs: undefined })
  })

  it.each([400, 401, 403, 404, 410, 413, 422])('parks after %i and says what to do', async code => {
    const error = await status(
      code,
      {},
      '{"error":{"code":"WorkflowTriggerIsNotEnabled","message":"/p4th?sig=S3cr3t"}}',
    )
    expect(error.code).toBe('park')
    expect(error.message).toContain(`answered ${code} (WorkflowTriggerIsNotEnabled): the`)
  })

  it('does not follow a redirect', async () => {
    const other = await startReceiver(response => response.end())
    try {
      const moved = await status(308, { location: other.origin })
      expect(moved.code).toBe('park')
      expect(other.received).toEqual([])
    } finally {
      await other.close()
    }
  })

  it('tries again after a temporary redirect, which a sign-in page of a proxy is', async () => {
    expect(await status(302, { location: '/login' })).toMatchObject({ code: 'retry' })
  })

  it('asks to be tried again when there is no answer in time', async () => {
    const error = await failure(() => {}, 50)
    expect(error).toMatchObject({ code: 'retry', retryAfterMs: undefined })
    expect(error.message).toContain('did not answer within 0.05 s')
  })

  it('asks to be tried again when the connection breaks', async () => {
    const error = await failure(response => response.destroy())
    expect(error.code).toBe('retry')
    expect(error.message).toMatch(/could not be reached \([A-Z_]+\)/)
  })

  it('asks to be tried again when nobody listens', async () => {
    const gone = await startReceiver(response => response.end())
    await gone.close()
    const sink = makeTeamsSink({ url: `${gone.origin}/p4th`, now })
    await expect(sink.send(alert, posted, never)).rejects.toThrow(/could not be reached \(ECONNREFUSED\)/)
  })

  it('stops when the run is stopped', async () => {
    const stop = new AbortController()
    receiver = await startReceiver(() => stop.abort())
    const sink = makeTeamsSink({ url: receiver.origin, now })
    await expect(sink.send(alert, posted, stop.signal)).rejects.toMatchObject({
      code: 'retry',
      message: expect.stringContaining('The run ended before'),
    })
  })

  it('refuses an address that cannot work, without repeating it', () => {
    expect(() => makeTeamsSink({ url: 'http://flows.example/p4th', now })).toThrow(ConfigError)
    expect(() => makeTeamsSink({ url: 'http://flows.example/p4th', now })).not.toThrow(/p4th/)
  })
})
