import { Webhook } from 'standardwebhooks'
import { afterEach, describe, expect, it } from 'vitest'
import type { Receiver } from '../../../test/support/receiver.ts'
import { startReceiver } from '../../../test/support/receiver.ts'
import { SAMPLE_ALERTS } from '../../../test/support/sample-alerts.ts'
import { ConfigError } from '../../model/errors.ts'
import { renderWebhook } from './render.ts'
import { makeWebhookSink } from './sink.ts'

const [first] = SAMPLE_ALERTS
if (!first) throw new Error('there is no sample')
const { alert, posted } = first
const never = new AbortController().signal
const secretOf = (byte: string) => `whsec_${Buffer.from(byte.repeat(32)).toString('base64')}`

let receiver: Receiver | undefined
afterEach(async () => {
  await receiver?.close()
  receiver = undefined
})

describe('makeWebhookSink', () => {
  it('posts what a Standard Webhooks receiver verifies', async () => {
    receiver = await startReceiver(response => response.writeHead(204).end())
    // The receiving library compares with the real clock.
    const now = () => Date.now() / 1000
    const sink = makeWebhookSink({ url: `${receiver.origin}/hook`, secret: secretOf('a'), now })
    await sink.send(alert, posted, never)
    const [request] = receiver.received
    if (!request) throw new Error('nothing was received')
    expect(request.headers['webhook-id']).toBe('7f3a9c41d2e0-1')
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    )
    expect(new Webhook(secretOf('a')).verify(request.body, headers)).toEqual(renderWebhook(alert, posted))
    expect(() => new Webhook(secretOf('b')).verify(request.body, headers)).toThrow()
  })

  it('keeps the id and renews the time on every try', async () => {
    receiver = await startReceiver((response, _, number) =>
      response.writeHead(number === 1 ? 503 : 200).end(),
    )
    let clock = 1_000
    const sink = makeWebhookSink({ url: receiver.origin, secret: secretOf('a'), now: () => clock })
    await expect(sink.send(alert, posted, never)).rejects.toMatchObject({ code: 'retry' })
    clock = 2_000
    await sink.send(alert, posted, never)
    const seen = receiver.received.map(({ headers }) => [headers['webhook-id'], headers['webhook-timestamp']])
    expect(seen).toEqual([
      ['7f3a9c41d2e0-1', '1000'],
      ['7f3a9c41d2e0-1', '2000'],
    ])
    const signatures = receiver.received.map(({ headers }) => headers['webhook-signature'])
    expect(new Set(signatures).size).toBe(2)
  })

  it('signs with both secrets during a change', async () => {
    receiver = await startReceiver(response => response.end())
    const sink = makeWebhookSink({
      url: receiver.origin,
      secret: `${secretOf('a')} ${secretOf('b')}`,
      now: () => 1,
    })
    await sink.send(alert, posted, never)
    expect(receiver.received[0]?.headers['webhook-signature']).toMatch(/^v1,[\w+/=]{44} v1,[\w+/=]{44}$/)
  })

  it('goes unsigned without a secret only', async () => {
    receiver = await startReceiver(response => response.end())
    await makeWebhookSink({ url: receiver.origin, now: () => 1 }).send(alert, posted, never)
    expect(receiver.received[0]?.headers['webhook-signature']).toBeUndefined()
    expect(receiver.received[0]?.headers['webhook-id']).toBe('7f3a9c41d2e0-1')
  })

  it('parks when the receiver is gone', async () => {
    receiver = await startReceiver(response => response.writeHead(410).end())
    const sink = makeWebhookSink({ url: `${receiver.origin}/s3cret-path`, now: () => 1 })
    const sent = sink.send(alert, posted, never)
    await expect(sent).rejects.toMatchObject({
      code: 'park',
      message: expect.stringContaining('WEBHOOK_URL'),
    })
    await expect(sent).rejects.not.toThrow(/s3cret/)
  })

  it('names every setting that cannot work, and quotes none', () => {
    const make = (url: string, secret: string) => () => makeWebhookSink({ url, secret, now: () => 1 })
    expect(make('http://hooks.example', 'whsec_short=')).toThrow(ConfigError)
    expect(make('http://hooks.example', 'topsecret')).toThrow(/WEBHOOK_URL.*\n.*WEBHOOK_SECRET/)
    expect(make('https://hooks.example', 'topsecret')).not.toThrow(/topsecret/)
    expect(make('https://hooks.example', 'whsec_!!!!')).toThrow(/not base64/)
    expect(make('https://hooks.example', `whsec_${'YWFh'.repeat(5)}`)).toThrow(/holds 15 bytes/)
    expect(make('https://hooks.example', `whsec_${'YWFh'.repeat(30)}`)).toThrow(/holds 90 bytes/)
    expect(make('https://hooks.example', secretOf('a'))).not.toThrow()
  })
})
