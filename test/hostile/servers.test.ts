import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { makeCredential } from '../../core/credentials.ts'
import { findCloud } from '../../core/doctor/tenant-cloud.ts'
import { makeGraph } from '../../core/feeds/graph/transport.ts'
import { openContainer } from '../../core/feeds/graph-activity/container.ts'
import { makeManagementFeed } from '../../core/feeds/management/feed.ts'
import { silent } from '../../core/log.ts'
import { runSignal } from '../../core/net/deadline.ts'
import { inTurn, serve, thrownBy } from '../../core/net/loopback.test-kit.ts'
import { makeSender } from '../../core/net/send.ts'
import { makeTokenSource } from '../../core/net/token.ts'
import { makeTeamsSink } from '../../core/sinks/teams/sink.ts'
import { makeWebhookSink } from '../../core/sinks/webhook/sink.ts'
import { SAMPLE_ALERTS } from '../support/sample-alerts.ts'

const [sample] = SAMPLE_ALERTS
if (!sample) throw new Error('there is no sample')
const SECRET = 's3cret-0f-0urs'
/** For a whole call, in milliseconds. */
const PATIENCE = 400
/** What a call may take on a machine that has other work. */
const LATEST = 10_000

const tokens = { token: async () => SECRET, forget() {} }
const now = Date.now
const BLOB = { feed: 'Audit.Exchange', id: 'a$1', created: '2026-11-20T08:00:00Z', expires: undefined }

function management(origin: string) {
  return makeManagementFeed({
    ...{ origin, tenantId: 't', publisher: 'p', contentType: 'Audit.Exchange', tokens, now, log: silent },
    http: makeSender({ now, random: Math.random }),
    state: { change: async next => next() !== undefined },
  })
}

const subject = { what: 'sign-ins', permission: 'AuditLog.Read.All' }
const query = { family: 'directory', version: 'v1.0', path: '/auditLogs/signIns', subject } as const
const graph = (origin: string) => makeGraph({ origin, tokens, now, random: Math.random })

/** The identity library remembers the first address it sees for as long as the process lives: a door, to whoever is next. */
let doorTo = 0
beforeAll(async () => {
  const door = createServer(socket => {
    const inside = connect(doorTo, '127.0.0.1')
    for (const one of [socket, inside])
      one.on('error', () => {}).on('close', () => [socket, inside].map(two => two.destroy()))
    socket.pipe(inside).pipe(socket)
  })
  await new Promise<void>(listening => door.listen(0, '127.0.0.1', listening))
  vi.stubEnv('IDENTITY_ENDPOINT', `http://127.0.0.1:${(door.address() as AddressInfo).port}/msi/token`)
  vi.stubEnv('IDENTITY_HEADER', SECRET)
  return () => void door.close()
})
afterAll(() => void vi.unstubAllEnvs())

async function listed(origin: string, signal: AbortSignal) {
  for await (const _ of management(origin).list({ from: 0, to: 60 }, signal));
}

/** Every client there is, each asking once, with something that nobody else should get. */
const CLIENTS: Readonly<Record<string, (origin: string, signal: AbortSignal) => Promise<unknown>>> = {
  subscriptions: (origin, signal) => management(origin).subscribe(signal),
  'a listing': listed,
  'a blob': (origin, signal) => management(origin).fetch({ ...BLOB, uri: `${origin}/a$1` }, signal),
  'a large blob': async (origin, signal) =>
    management(origin).stream?.({ ...BLOB, uri: `${origin}/a$1` }, signal, async bytes => {
      for await (const _ of bytes);
    }),
  'a page of Graph': (origin, signal) => graph(origin).page(query, { signal }),
  'a page behind a link': (origin, signal) => graph(origin).follow(`${origin}/next`, query, { signal }),
  'a search of the audit log': (origin, signal) =>
    graph(origin).object({ ...query, family: 'audit-search', body: { a: 1 } }, { signal, retries: 0 }),
  'a hunting query': (origin, signal) =>
    graph(origin).object({ ...query, family: 'hunting', body: { Query: 'x' } }, { signal }),
  'the sign-in document': (origin, signal) => findCloud('t', [origin], signal),
  'a token': (origin, signal) => {
    doorTo = Number(new URL(origin).port)
    const credential = () => makeCredential(process.env)
    return makeTokenSource({
      credential,
      scope: 'https://x.example/.default',
      now,
      timeoutMs: PATIENCE,
    }).token(signal)
  },
  'the activity log': (origin, signal) => {
    const key = Buffer.from(SECRET).toString('base64')
    const connectionString = `DefaultEndpointsProtocol=http;AccountName=logs;AccountKey=${key};BlobEndpoint=${origin}/logs`
    return openContainer({ connectionString }, { now, retryDelayInMs: 1 }).read('a', 0, 100, signal)
  },
  Teams: (origin, signal) =>
    makeTeamsSink({ url: `${origin}/?sig=${SECRET}`, now: () => 0, timeoutMs: PATIENCE }).send(
      sample.alert,
      sample.posted,
      signal,
    ),
  'a webhook': (origin, signal) =>
    makeWebhookSink({ url: `${origin}/${SECRET}`, now: () => 0, timeoutMs: PATIENCE }).send(
      sample.alert,
      sample.posted,
      signal,
    ),
}

/** A server that talks as it likes on every connection. */
async function talking(talk: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>()
  const server = createServer(socket => {
    sockets.add(socket)
    socket.on('error', () => {}).once('data', () => talk(socket))
  })
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function slowly(socket: Socket, text: string): void {
  const timer = setInterval(() => void (socket.destroyed ? clearInterval(timer) : socket.write(text)), 20)
}

function endlessly(socket: Socket, text: string): void {
  const more = () => void (!socket.destroyed && socket.write(text, () => setImmediate(more)))
  more()
}

const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n'
const TALKS: Readonly<Record<string, (socket: Socket) => void>> = {
  'never answers': () => {},
  'sends headers that never end, a byte at a time': socket => slowly(socket, 'x'),
  'sends headers that never end, one after the other': socket => {
    socket.write(HEAD)
    slowly(socket, 'X-More: yes\r\n')
  },
  'sends a body a byte at a time': socket => {
    socket.write(`${HEAD}Content-Length: 100000\r\n\r\n`)
    slowly(socket, ' ')
  },
  'sends a refusal a byte at a time': socket => {
    socket.write('HTTP/1.1 400 No\r\nContent-Length: 100000\r\n\r\n')
    slowly(socket, ' ')
  },
  'sends a body without end': socket => {
    socket.write(`${HEAD}\r\n[`)
    endlessly(socket, `${' '.repeat(65_536)}`)
  },
}

/** What a receiver of alerts says in its body decides nothing: the status came, and that was all. */
const TAKEN = /sends a body/

describe.each(Object.entries(CLIENTS))('%s, asked of a server', (name, ask) => {
  it.each(Object.entries(TALKS))('that %s, ends in time', async (how, talk) => {
    const origin = await talking(talk)
    const began = performance.now()
    const signal = runSignal(Date.now() + PATIENCE, Date.now())
    const before = process.memoryUsage().rss
    const outcome = await ask(origin, signal).then(
      () => 'taken',
      (error: unknown) => error,
    )
    expect(performance.now() - began).toBeLessThan(LATEST)
    expect(process.memoryUsage().rss - before).toBeLessThan(400_000_000)
    const isSink = name === 'Teams' || name === 'a webhook'
    if (isSink && TAKEN.test(how)) expect(outcome).toBe('taken')
    else expect(outcome).toBeInstanceOf(Error)
    expect(String(outcome)).not.toContain(SECRET)
  })

  it.each([301, 302, 303, 307, 308])('that redirects with %i, asks nobody else', async status => {
    const elsewhere = await serve(inTurn({ body: '{}' }))
    const away = await serve(inTurn({ status, headers: { Location: `${elsewhere.origin}/x` } }))
    const signal = () => runSignal(Date.now() + PATIENCE, Date.now())
    await thrownBy(ask(away.origin, signal()))
    expect(away.requests.length).toBeGreaterThan(0)
    expect(elsewhere.requests).toEqual([])

    const home = await serve(({ url }) =>
      url === '/moved' ? { body: '{}' } : { status, headers: { Location: '/moved' } },
    )
    await thrownBy(ask(home.origin, signal()))
    const moved = home.requests.filter(({ url }) => url === '/moved')
    // The SDK of storage follows within its own account, as it may.
    if (name !== 'the activity log') expect(moved).toEqual([])
  })
})

/** Links to somebody else that look like ours, and links that are ours and look odd. `E`: where the other listens. */
const FOREIGN = [
  'http://E/x',
  'http://O@E/x',
  'http://O%40E/x',
  'http://user:O@E/x',
  '//E/x',
  '\\\\E\\x',
  'http:\\\\E\\x',
  'http://E\\@O/x',
  'http://E#@O/x',
  'http://E?@O/x',
  'https://O/x',
  'http://localhost:P/x',
  'http://[::1]:P/x',
  'http://[::ffff:127.0.0.1]:P/x',
  'http://127.0.0.1.evil.example:P/x',
  'http://127.0.0.1:P.evil.example/x',
  'http://\u{ff11}27.0.0.1.evil.example/x',
  ' \thttp://E/x',
  'ht\ntp://E/x',
  'javascript:fetch("http://E/x")',
  'file:///etc/passwd',
  'data:application/json,[]',
  'ftp://O/x',
  'x',
]

describe.each(FOREIGN)('a link to %s', link => {
  let other: Awaited<ReturnType<typeof serve>>
  beforeEach(async () => {
    other = await serve(inTurn({ body: '[]' }))
  })
  const linkTo = (origin: string) =>
    link
      .replaceAll('E', new URL(other.origin).host)
      .replaceAll('O', new URL(origin).host)
      .replaceAll('P', new URL(origin).port)
  const signal = () => runSignal(Date.now() + 2_000, Date.now())

  it('in a contentUri gets no request', async () => {
    const own = await serve(inTurn({ body: '[]' }))
    const error = await thrownBy(management(own.origin).fetch({ ...BLOB, uri: linkTo(own.origin) }, signal()))
    expect(error).toMatchObject({ name: 'FeedError' })
    expect([other.requests, own.requests]).toEqual([[], []])
  })

  it('in a NextPageUri gets no request', async () => {
    const own = await serve(() => ({
      headers: { NextPageUri: encodeURI(linkTo(own.origin)).replaceAll('%5C', '\\').replaceAll('%25', '%') },
      body: '[]',
    }))
    expect(await thrownBy(listed(own.origin, signal()))).toMatchObject({ name: 'FeedError' })
    expect(other.requests).toEqual([])
    expect(own.requests).toHaveLength(1)
  })

  it('in an @odata.nextLink gets no request', async () => {
    const own = await serve(inTurn({ body: '{"value":[]}' }))
    const error = await thrownBy(graph(own.origin).follow(linkTo(own.origin), query, { signal: signal() }))
    expect(error).toMatchObject({ name: 'FeedError' })
    expect([other.requests, own.requests]).toEqual([[], []])
  })
})
