import { expect, onTestFinished, test } from 'vitest'
import { makeManualClock } from '../clock.ts'
import type { TenantOptions } from '../options.ts'
import { startTenant } from '../tenant.ts'
import { errorCode, json, takeToken } from '../test-client.ts'

interface Page {
  readonly value: readonly Readonly<Record<string, unknown>>[]
  readonly '@odata.nextLink'?: string
}

const guid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

async function setUp(options: TenantOptions = {}) {
  const clock = makeManualClock(Date.UTC(2026, 10, 17, 9))
  const tenant = await startTenant({ clock, tokenLifeSeconds: 86_400, ...options })
  onTestFinished(() => tenant.stop())
  tenant.setDirectory({
    users: Array.from({ length: 5 }, (_, n) => ({ id: guid(n), mail: `p${n}@birchwood.example` })),
    servicePrincipals: [1, 2].map(n => ({ id: guid(n), appId: guid(n + 10), displayName: `App ${n}` })),
    appRoleAssignments: [{ principalId: guid(2), resourceId: guid(1), appRoleId: guid(9) }],
  })
  const token = await takeToken(tenant, 'https://graph.microsoft.com')
  const open = (url: string) => fetch(url, { headers: { Authorization: `Bearer ${token}` } })
  return { tenant, open, get: (path: string) => open(`${tenant.graphUrl}/v1.0${path}`) }
}

test('collections come in pages, behind links that are good in one spelling alone', async () => {
  const { open, get } = await setUp({ graphPageSize: 2 })
  const sizes: number[] = []
  let page = await json<Page>(await get('/users?$select=mail&$top=999'))
  for (;;) {
    sizes.push(page.value.length)
    expect(page.value.every(entry => Object.keys(entry).join() === 'mail')).toBe(true)
    const next = page['@odata.nextLink']
    if (next === undefined) break
    expect((await open(next.replace('_$%24_', '_%24%24_'))).status).toBe(400)
    page = await json<Page>(await open(next))
  }
  expect(sizes).toEqual([2, 2, 1])
})

test('applications are found by id, and roles from both ends', async () => {
  const { get } = await setUp()
  const only = `$filter=${encodeURIComponent(`appId in ('${guid(12)}','${guid(13)}')`)}`
  expect((await json<Page>(await get(`/servicePrincipals?${only}`))).value).toMatchObject([{ id: guid(2) }])
  const given = [{ appRoleId: guid(9) }]
  const at = (n: number, end: string) => get(`/servicePrincipals/${guid(n)}/${end}`)
  expect((await json<Page>(await at(1, 'appRoleAssignedTo'))).value).toMatchObject(given)
  expect((await json<Page>(await at(2, 'appRoleAssignments'))).value).toMatchObject(given)
  expect((await json<Page>(await at(2, 'appRoleAssignedTo'))).value).toEqual([])
  expect(await errorCode(await at(7, 'appRoleAssignedTo'))).toBe('404 ResourceNotFound')
  expect((await get('/servicePrincipals?$filter=displayName%20eq%20%27x%27')).status).toBe(400)
  expect((await get('/users?$top=1000')).status).toBe(400)
})

test.each([
  ['Domain.Read.All', '/domains'],
  ['User.ReadBasic.All', '/users'],
  ['OrgContact.Read.All', '/contacts'],
  ['Application.Read.All', '/servicePrincipals'],
  ['Directory.Read.All', '/oauth2PermissionGrants'],
] as const)('%s opens %s, and nothing else does but Directory.Read.All', async (role, path) => {
  const paths = ['/domains', '/users', '/contacts', '/servicePrincipals', '/oauth2PermissionGrants']
  const { get } = await setUp({ roles: [role] })
  for (const other of paths) {
    const allowed = other === path || role === 'Directory.Read.All'
    const reply = await get(other)
    if (allowed) expect(reply.status).toBe(200)
    else expect(await errorCode(reply)).toBe('403 Authorization_RequestDenied')
  }
})

test('its faults are the schedule’s', async () => {
  const faults = { seed: 1, faults: [{ kind: 'foreign-next-page', on: ['directory'] }] } as const
  const { get, tenant } = await setUp({ graphPageSize: 2, faults })
  const { '@odata.nextLink': next = '' } = await json<Page>(await get('/users'))
  expect(next.startsWith(tenant.foreignUrl ?? '?')).toBe(true)
})
