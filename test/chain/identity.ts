import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Tenant } from '../../emulator/index.ts'

/**
 * The managed-identity endpoint of this process. Microsoft's library looks for one once and keeps to it for good, so
 * several tenants in one process need one door that leads to the tenant of the moment.
 */
export async function startIdentity() {
  let tenant: Tenant | undefined
  const server = createServer((request, response) => {
    const { search } = new URL(request.url ?? '/', 'http://localhost')
    const headers = { 'X-IDENTITY-HEADER': tenant?.identityHeader ?? '' }
    fetch(`${tenant?.identityEndpoint}${search}`, { headers }).then(
      async answer => {
        response.writeHead(answer.status, { 'Content-Type': 'application/json' })
        response.end(await answer.text())
      },
      () => response.destroy(),
    )
  })
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  return {
    endpoint: `http://127.0.0.1:${port}/identity/token`,
    leadTo(next: Tenant) {
      tenant = next
    },
    stop() {
      server.closeAllConnections()
      server.close()
    },
  }
}
