import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

export interface Call {
  readonly method: string
  /** As it came over the wire: `%24` stays `%24`, which is how a mangled content id is noticed. */
  readonly path: string
  /** Path and query as they came over the wire. */
  readonly target: string
  /** Names in lower case, values decoded. */
  readonly query: ReadonlyMap<string, string>
  readonly headers: IncomingHttpHeaders
  readonly body: string
  readonly bytes: number
  /** Its place in the order of arrivals and answers. */
  readonly arrived: number
}

export interface Reply {
  readonly status: number
  /** Sent in the case written here. */
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Real milliseconds to wait before answering. */
  readonly delayMs?: number
  /** `reset`: no answer at all; `dropped`: half the body under the full Content-Length, then the line goes dead. */
  readonly broken?: 'reset' | 'dropped'
}

export interface Listener {
  /** `http://127.0.0.1:<port>`, no slash at the end. */
  readonly url: string
  close(): Promise<void>
}

export const jsonReply = (status: number, body: unknown, headers: Record<string, string> = {}): Reply => ({
  status,
  headers: { 'Content-Type': 'application/json; charset=utf-8', ...headers },
  body: JSON.stringify(body),
})

/** Serves on loopback only. `date` is what the `Date` header says, in milliseconds; `tick` numbers arrivals. */
export async function listen(options: {
  port: number
  date: () => number
  tick: () => number
  handle: (call: Call) => Reply | Promise<Reply>
}): Promise<Listener> {
  const server = createServer((request, response) => {
    answer(request, response).catch(error => {
      if (response.headersSent) response.destroy()
      else response.writeHead(500).end(`Emulator error: ${error instanceof Error ? error.stack : error}`)
    })
  })

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const reply = await options.handle(await readCall(request, options.tick()))
    if (reply.delayMs) await sleep(reply.delayMs, undefined, { ref: false })
    if (reply.broken === 'reset') return void request.socket.resetAndDestroy()
    const body = Buffer.from(reply.body ?? '')
    response.sendDate = false
    response.writeHead(reply.status, {
      ...reply.headers,
      Date: new Date(options.date()).toUTCString(),
      'Content-Length': body.length,
    })
    if (reply.broken === 'dropped') {
      response.write(body.subarray(0, body.length >> 1), () => request.socket.destroy())
    } else response.end(body)
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The emulator got no port.')
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function readCall(request: IncomingMessage, arrived: number): Promise<Call> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const body = Buffer.concat(chunks)
  const target = request.url ?? '/'
  const mark = target.indexOf('?')
  const search = new URLSearchParams(mark < 0 ? '' : target.slice(mark + 1))
  return {
    method: request.method ?? 'GET',
    path: mark < 0 ? target : target.slice(0, mark),
    target,
    query: new Map([...search].map(([name, value]) => [name.toLowerCase(), value])),
    headers: request.headers,
    body: body.toString('utf8'),
    bytes: body.length,
    arrived,
  }
}
