import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renderCard } from '../../core/sinks/teams/card.ts'
import { SAMPLE_ALERTS } from '../../test/support/sample-alerts.ts'
import type { PageCard } from './page.ts'
import type { PageServer } from './server.ts'
import { servePage } from './server.ts'

let cards: PageCard[] = []
let server: PageServer

beforeAll(async () => {
  server = await servePage(() => ({ tenant: 'Birchwood Ltd', cards }), { port: 0 })
})
afterAll(() => server.close())

/** fetch does not let a Host header through. */
function statusFor(host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(server.url, { headers: { host } }, response => {
      response.resume()
      resolve(response.statusCode)
    })
      .on('error', reject)
      .end()
  })
}

describe('servePage', () => {
  it('listens on 127.0.0.1', () => {
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/)
  })

  it('serves the page, not to be kept or framed', async () => {
    const answer = await fetch(server.url)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('content-security-policy')).toBe("frame-ancestors 'none'")
    expect(await answer.text()).toContain('<title>Waxseal · Birchwood Ltd</title>')
  })

  it('answers the state, and 304 until it changes', async () => {
    const first = await fetch(`${server.url}state`)
    const etag = first.headers.get('etag') ?? ''
    expect(await first.json()).toMatchObject({ cards: [] })
    const again = () => fetch(`${server.url}state`, { headers: { 'if-none-match': etag } })
    expect((await again()).status).toBe(304)
    const [sample] = SAMPLE_ALERTS
    if (!sample) throw new Error('there is no sample')
    cards = [{ card: renderCard(sample.alert, sample.posted), postedAt: sample.posted }]
    const changed = await again()
    expect(changed.status).toBe(200)
    expect(await changed.json()).toMatchObject({ cards: [{ posted: '20 Nov 2026 10:20' }] })
  })

  it('refuses a name that someone else points at this machine', async () => {
    const { port } = new URL(server.url)
    expect(await statusFor(`evil.example:${port}`)).toBe(421)
    expect(await statusFor('127.0.0.1')).toBe(421)
    expect(await statusFor(`localhost:${port}`)).toBe(200)
  })

  it('knows nothing else', async () => {
    expect((await fetch(`${server.url}../etc/passwd`)).status).toBe(404)
    expect((await fetch(server.url, { method: 'POST' })).status).toBe(405)
  })

  it('says so when the port is taken', async () => {
    const { port } = new URL(server.url)
    await expect(servePage(() => ({ tenant: '', cards: [] }), { port: Number(port) })).rejects.toThrow(
      'EADDRINUSE',
    )
  })

  it('answers 500 and lives on when the state cannot be read', async () => {
    let broken = true
    const shaky = await servePage(
      () => {
        if (broken) throw new Error('storage is away')
        return { tenant: 'x', cards: [] }
      },
      { port: 0 },
    )
    const failed = await fetch(`${shaky.url}state`)
    expect(failed.status).toBe(500)
    expect(await failed.text()).not.toContain('storage')
    broken = false
    expect((await fetch(`${shaky.url}state`)).status).toBe(200)
    await shaky.close()
  })
})
