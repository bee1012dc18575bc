import { activityBody } from '../../core/feeds/graph-activity/body.ts'
import { activityEntry, type GraphCall, makeRandom } from '../../emulator/index.ts'
import { guid, type RawRecord, TENANT } from './records.ts'

/** The log names people by object id. */
export const objectId = (name: string) => guid(`user ${name}`)

export const CRM = guid('a CRM on a server')
const EDGE =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0'

/** `at`: seconds. A user by name; without one the application acts by itself. */
export type GraphRequest = Omit<GraphCall, 'appId' | 'userId'> & {
  readonly app?: string
  readonly user?: string | undefined
}

/** A request to Graph as the feed makes a record of it. */
export function graphRequest({ at, app = CRM, user, ...call }: GraphRequest): RawRecord {
  const random = makeRandom(JSON.stringify([at, app, user, call]))
  const entry = activityEntry(
    { random, tenantId: TENANT },
    {
      host: 'graph.example',
      userAgent: EDGE,
      ...(user === undefined
        ? { roles: 'Mail.Read' }
        : { scopes: 'openid Mail.Read User.Read', userId: objectId(user) }),
      ...call,
      at: at * 1000,
      appId: app,
    },
  )
  const body = activityBody(entry)
  if (body === undefined) throw new Error('No request')
  return body
}
