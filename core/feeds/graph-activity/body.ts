import { GRAPH_REQUESTS } from '../../model/graph-operations.ts'
import { readGraphUri } from '../../model/graph-uri.ts'
import { isObject, lower, number, text } from '../../model/values.ts'
import { creationTime, guidIn } from '../graph/wire.ts'

const GRAPH = '00000003-0000-0000-c000-000000000000'

/** An entry of the log as a record with the names that all records share, and the log's own for what only it has. */
export interface ActivityBody extends Readonly<Record<string, unknown>> {
  readonly AppAccessContext: Readonly<
    Record<'AADSessionId' | 'UniqueTokenId' | 'ClientAppId' | 'APIId', string | undefined>
  >
  readonly requestMethod: string
  readonly requestUri: string
}

/**
 * `undefined` for what is no request. An entry says most things twice; `properties` is the half to be trusted: at the top,
 * numbers are text and the level never changes. The request's id is the record's: what is delivered again is the same.
 */
export function activityBody(entry: unknown): ActivityBody | undefined {
  const properties = isObject(entry) ? entry.properties : undefined
  if (!isObject(entry) || !isObject(properties)) return undefined
  const at = creationTime(properties.timeGenerated) ?? creationTime(entry.time)
  const [requestUri, requestMethod] = [text(properties.requestUri), text(properties.requestMethod)]
  if (at === undefined || requestUri === undefined || requestMethod === undefined) return undefined
  const status = number(properties.responseStatusCode)
  const user = guidIn(properties.userId)
  return {
    Id: text(properties.requestId),
    CreationTime: at,
    Operation: GRAPH_REQUESTS[0],
    OrganizationId: guidIn(properties.tenantId) ?? guidIn(entry.tenantId),
    Workload: 'MicrosoftGraph',
    ResultStatus: status !== undefined && status >= 200 && status < 400 ? 'Succeeded' : 'Failed',
    UserType: user === undefined ? 5 : 0,
    UserId: user,
    UserKey: guidIn(properties.servicePrincipalId),
    ClientIP: text(properties.ipAddress) ?? text(entry.callerIpAddress),
    UserAgent: text(properties.userAgent),
    AppAccessContext: {
      AADSessionId: text(properties.C_Sid) ?? text(properties.sessionId),
      UniqueTokenId: text(properties.signInActivityId),
      ClientAppId: guidIn(properties.appId),
      APIId: GRAPH,
    },
    C_Idtyp: text(properties.C_Idtyp),
    clientAuthMethod: text(properties.clientAuthMethod),
    requestMethod: requestMethod.toUpperCase(),
    requestUri,
    responseStatusCode: status,
    roles: text(properties.roles),
    scopes: text(properties.scopes),
  }
}

/**
 * Is this one of the requests we make ourselves? They can be more than half of the log. Reading messages is none of them,
 * nor is changing anything: whoever does that under our id is to be seen.
 */
export function isOurs(
  { AppAccessContext, requestMethod, requestUri }: ActivityBody,
  own: string | undefined,
) {
  if (own === undefined || lower(AppAccessContext.ClientAppId) !== own.toLowerCase()) return false
  const { path } = readGraphUri(requestUri)
  return !path.includes('messages') && (requestMethod === 'GET' || path[0] === 'security')
}
