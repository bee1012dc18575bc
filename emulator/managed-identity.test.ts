import { ManagedIdentityCredential } from '@azure/identity'
import { afterEach, expect, test, vi } from 'vitest'
import { startTenant, type Tenant } from './tenant.ts'
import { connect } from './test-client.ts'

let tenant: Tenant
afterEach(async () => {
  vi.unstubAllEnvs()
  await tenant.stop()
})

test('Microsoft’s own credential takes its token here, and the Management API accepts it', async () => {
  tenant = await startTenant()
  vi.stubEnv('IDENTITY_ENDPOINT', tenant.identityEndpoint)
  vi.stubEnv('IDENTITY_HEADER', tenant.identityHeader)
  const token = await new ManagedIdentityCredential().getToken('https://manage.office.com/.default')
  expect(token.expiresOnTimestamp).toBeGreaterThan(tenant.clock.now())
  const client = await connect(tenant, token.token)
  expect((await client.get('subscriptions/list')).status).toBe(200)
})
