import type { Random } from '../random.ts'

/** A request to Microsoft Graph. */
export interface GraphCall {
  readonly at: number
  readonly method?: string
  /** Behind the host: `/v1.0/me/messages?$top=10`. */
  readonly path: string
  readonly host?: string
  readonly status?: number
  readonly appId: string
  /** Object id of the user whose token it is; absent: the application's own. */
  readonly userId?: string
  readonly ip?: string
  readonly userAgent?: string
  /** Separated by blanks. */
  readonly scopes?: string
  readonly roles?: string
  /** `0` a public client, `1` a secret, `2` a certificate. */
  readonly clientAuthMethod?: '0' | '1' | '2'
  readonly session?: string
}

/** An entry of MicrosoftGraphActivityLogs as it lies in a storage account; the half that says more is in `properties`. */
export interface ActivityEntry {
  readonly time: string
  readonly properties: Readonly<Record<string, string | number | boolean>>
  readonly [field: string]: unknown
}

export function activityEntry(
  { random, tenantId }: { readonly random: Random; readonly tenantId: string },
  call: GraphCall,
): ActivityEntry {
  const { at, appId, userId, method = 'GET', path, status = 200, ip = '192.0.2.10' } = call
  const { host = 'graph.microsoft.com', userAgent = '', scopes = '', roles = '', session } = call
  const clientAuthMethod = call.clientAuthMethod ?? (userId === undefined ? '1' : '0')
  // Ten millionths of a second, as Microsoft writes them.
  const time = `${new Date(at).toISOString().slice(0, -1)}${random.int(1000, 9999)}Z`
  const requestId = random.guid()
  const version = path.split('/')[1] ?? 'v1.0'
  const durationMs = random.int(20_000, 900_000)
  return {
    time,
    resourceId: `/TENANTS/${tenantId.toUpperCase()}/PROVIDERS/MICROSOFT.AADIAM`,
    operationName: 'Microsoft Graph Activity',
    operationVersion: version,
    category: 'MicrosoftGraphActivityLogs',
    resultSignature: String(status),
    durationMs: String(durationMs),
    callerIpAddress: ip,
    correlationId: requestId,
    level: 'Informational',
    location: 'West Europe',
    properties: {
      timeGenerated: time,
      location: 'West Europe',
      requestId,
      operationId: requestId,
      clientRequestId: random.guid(),
      apiVersion: version,
      requestMethod: method,
      responseStatusCode: status,
      tenantId,
      durationMs,
      responseSizeBytes: random.int(0, 90_000),
      signInActivityId: random.hex(22),
      roles,
      appId,
      UserPrincipalObjectID: userId ?? random.guid(),
      scopes,
      identityProvider: `https://sts.windows.net/${tenantId}/`,
      clientAuthMethod,
      isReplay: false,
      C_Idtyp: userId === undefined ? 'app' : 'user',
      ...(session !== undefined && { C_Sid: session }),
      ipAddress: ip,
      userAgent,
      requestUri: `https://${host}${path}`,
      policyEvaluated: false,
      ...(userId === undefined ? { servicePrincipalId: random.guid() } : { userId }),
    },
    tenantId,
  }
}
