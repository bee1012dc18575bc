import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Stands before Azurite's blob service. Its own requests go through `fetch`, where tests count them and let them fail. */
export interface BlobProxy {
  readonly connectionString: string
  stop(): Promise<void>
}

/** `before`: done before each request is passed on. */
export async function startBlobProxy(
  connectionString: string,
  before: () => Promise<void>,
): Promise<BlobProxy> {
  const target = new URL(/BlobEndpoint=([^;]+)/.exec(connectionString)?.[1] ?? '')
  const server = createServer(async ({ headers, method = 'GET', url = '/' }, response) => {
    try {
      await before()
      const answer = await fetch(target.origin + url, { method, headers: forwarded(headers) })
      await pass(answer, response)
    } catch {
      response.destroy()
    }
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    connectionString: connectionString.replace(target.host, `127.0.0.1:${port}`),
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const OWN = new Set(['host', 'connection', 'keep-alive', 'transfer-encoding', 'content-encoding'])

function forwarded(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      OWN.has(name) || typeof value !== 'string' ? [] : [[name, value]],
    ),
  )
}

/** A body shorter than its answer says breaks off. */
async function pass(answer: Response, response: ServerResponse): Promise<void> {
  const body = Buffer.from(await answer.arrayBuffer())
  response.writeHead(
    answer.status,
    Object.fromEntries([...answer.headers].filter(([name]) => !OWN.has(name))),
  )
  response.write(body)
  const told = answer.headers.get('content-length')
  if (told !== null && Number(told) > body.length) response.destroy()
  else response.end()
}
