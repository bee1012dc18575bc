import type { ContentType } from './content.ts'
import type { Tenant } from './tenant.ts'

export interface Listed {
  readonly contentId: string
  readonly contentUri: string
  readonly contentType: string
  readonly contentCreated: string
  readonly contentExpiration: string
}

export interface TestClient {
  get(path: string): Promise<Response>
  post(path: string, body?: string): Promise<Response>
  /** One page; `range` is the query behind `contentType`. */
  list(contentType: ContentType, range?: string): Promise<Response>
  /** Follows `NextPageUri` as a faithful client does, at most `limit` pages. */
  listAll(contentType: ContentType, range?: string, limit?: number): Promise<Listed[]>
  /** With the token, wherever the address points. */
  open(uri: string): Promise<Response>
}

export const PUBLISHER = 'f3b1c8de-7a40-4b6e-9c0d-52d1a6e7b384'

export async function takeToken(tenant: Tenant, resource = 'https://manage.office.com'): Promise<string> {
  const answer = await askToken(tenant, resource)
  const { access_token } = await json<{ access_token: string }>(answer)
  return access_token
}

export const askToken = (tenant: Tenant, resource: string, header = tenant.identityHeader) =>
  fetch(`${tenant.identityEndpoint}?resource=${encodeURIComponent(resource)}&api-version=2019-08-01`, {
    headers: { 'X-IDENTITY-HEADER': header },
  })

/** The smallest client that could work: a token, the feed's paths, and a publisher on every call. */
export async function connect(tenant: Tenant, token?: string): Promise<TestClient> {
  const base = `${tenant.managementUrl}/api/v1.0/${tenant.tenantId}/activity/feed/`
  const headers = { Authorization: `Bearer ${token ?? (await takeToken(tenant))}` }
  const signed = (url: string) => `${url}${url.includes('?') ? '&' : '?'}PublisherIdentifier=${PUBLISHER}`
  const open = (uri: string) => fetch(signed(uri), { headers })
  const get = (path: string) => open(base + path)
  const list = (contentType: ContentType, range = '') =>
    get(`subscriptions/content?contentType=${contentType}${range && `&${range}`}`)
  return {
    get,
    open,
    list,
    post: (path, body) =>
      fetch(signed(base + path), { method: 'POST', headers, ...(body === undefined ? {} : { body }) }),
    listAll: async (contentType, range, limit = 20) => {
      const found: Listed[] = []
      let page = await list(contentType, range)
      for (let n = 1; ; n++) {
        found.push(...(await json<Listed[]>(page)))
        const next = page.headers.get('NextPageUri')
        if (!next || n >= limit) return found
        page = await open(next)
      }
    },
  }
}

/** The one place where tests say what they expect a body to be. */
export const json = async <T>(response: Response): Promise<T> => response.json() as Promise<T>

export const errorCode = async (response: Response) =>
  `${response.status} ${(await json<{ error: { code: string } }>(response)).error.code}`

export const start = (client: TestClient, contentType: ContentType) =>
  client.post(`subscriptions/start?contentType=${contentType}`)

/** `startTime=…&endTime=…` for two moments in milliseconds. */
export const between = (from: number, to: number) =>
  `startTime=${new Date(from).toISOString().slice(0, 19)}&endTime=${new Date(to).toISOString().slice(0, 19)}`
