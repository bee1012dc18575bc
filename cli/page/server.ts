import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import { readAssets } from './assets.ts'
import type { PageState } from './page.ts'
import { renderPage, shownState } from './page.ts'

export interface PageServer {
  readonly url: string
  close(): Promise<void>
}

/** Shows `getState()` at `http://127.0.0.1:<port>/`; port 0 takes a free one. Rejects when the port is taken. */
export async function servePage(
  getState: () => PageState | Promise<PageState>,
  options: { readonly port: number },
): Promise<PageServer> {
  const assets = readAssets()
  let origin = ''
  const server = createServer((request, response) => {
    respond(request, response).catch(() => {
      if (!response.headersSent) send(response, 500, 'text/plain', 'The state could not be read.')
      else response.destroy()
    })
  })

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!isOurs(request.headers.host, origin)) {
      return send(response, 421, 'text/plain', 'This page is for 127.0.0.1 only.')
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return send(response, 405, 'text/plain', 'Only GET.', { allow: 'GET, HEAD' })
    }
    const path = URL.parse(request.url ?? '/', origin)?.pathname
    if (path === '/') return send(response, 200, 'text/html', renderPage(await getState(), assets, true))
    if (path !== '/state') return send(response, 404, 'text/plain', 'Not here.')
    const body = JSON.stringify(shownState(await getState()))
    const etag = `"${createHash('sha256').update(body).digest('base64url')}"`
    if (request.headers['if-none-match'] === etag)
      return send(response, 304, 'application/json', '', { etag })
    send(response, 200, 'application/json', body, { etag })
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the page has no port')
  origin = `http://127.0.0.1:${address.port}`
  return {
    url: `${origin}/`,
    close() {
      server.closeAllConnections()
      return new Promise(resolve => server.close(() => resolve()))
    },
  }
}

/**
 * A site elsewhere can point its own name at 127.0.0.1 and read us as its own origin (DNS rebinding); the browser
 * still sends that name as Host.
 */
function isOurs(host: string | undefined, origin: string): boolean {
  const port = new URL(origin).port
  return host === `127.0.0.1:${port}` || host === `localhost:${port}`
}

function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response
    .writeHead(status, {
      'content-type': `${type}; charset=utf-8`,
      'cache-control': 'no-store',
      'content-security-policy': "frame-ancestors 'none'",
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      ...headers,
    })
    .end(body)
}
