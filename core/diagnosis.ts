import { makeCredential } from './credentials.ts'
import type { DoctorDeps } from './doctor/deps.ts'
import { type Doctor, makeDoctor as makeDoctorOf } from './doctor/doctor.ts'
import { secretDate } from './doctor/secret-date.ts'
import type { Feed } from './feeds/feed.ts'
import { GRAPH_CLOUDS } from './feeds/graph/clouds.ts'
import { CLOUDS } from './feeds/management/clouds.ts'
import type { Log } from './log.ts'
import { makeSender } from './net/send.ts'
import { makeTokenSource } from './net/token.ts'
import type { Settings } from './settings.ts'
import { teamsDoubts } from './sinks/teams/url.ts'

interface Surroundings {
  now(): number
  random(): number
  readonly log: Log
  readonly environment: Readonly<Record<string, string | undefined>>
}

type Parts = Pick<
  DoctorDeps,
  'observers' | 'sinks' | 'tables' | 'queue' | 'state' | 'ledger' | 'outbox' | 'mailboxes'
> & {
  readonly feeds: readonly Feed[]
}

/** `doctor` for one app: the same on a laptop and inside the function, because firewall and identity differ. */
export function makeDoctor(
  settings: Settings,
  { environment, log, now, random }: Surroundings,
  { feeds, ...parts }: Parts,
): Doctor {
  const { AZURE_TENANT_ID, GRAPH_API_URL, M365_CLOUD, MANAGEMENT_API_URL, PUBLISHER_ID } = settings
  const { AZURE_CLIENT_CERTIFICATE_PATH, AZURE_CLIENT_ID, AZURE_CLIENT_SECRET, IDENTITY_ENDPOINT } =
    environment
  const cloud = CLOUDS[M365_CLOUD]
  const credential = () => makeCredential(environment)
  const secret = secretDate(environment, settings.CLIENT_SECRET_EXPIRES)
  // A test server must not set us on the real Graph, nor on the real sign-in service.
  const graph = GRAPH_API_URL !== undefined || MANAGEMENT_API_URL === undefined
  const teams = URL.parse(environment.TEAMS_WEBHOOK_URL?.trim() ?? '')
  const origin = MANAGEMENT_API_URL ?? cloud.origin
  return makeDoctorOf({
    ...parts,
    tenant: AZURE_TENANT_ID,
    cloud: M365_CLOUD,
    contentTypes: settings.CONTENT_TYPES,
    deployed: Boolean(environment.WEBSITE_SITE_NAME),
    identity: Boolean(IDENTITY_ENDPOINT) && !AZURE_CLIENT_SECRET && !AZURE_CLIENT_CERTIFICATE_PATH,
    clientId: AZURE_CLIENT_ID,
    secret,
    api: { origin, tenantId: AZURE_TENANT_ID, publisher: PUBLISHER_ID ?? AZURE_TENANT_ID },
    authorities:
      MANAGEMENT_API_URL === undefined
        ? [...new Set([cloud, ...Object.values(CLOUDS)].map(({ authority }) => authority))]
        : [MANAGEMENT_API_URL],
    http: makeSender({ now, random, log }),
    tokens: makeTokenSource({ credential, scope: cloud.scope, now }),
    ...(graph && {
      graphTokens: makeTokenSource({ credential, scope: GRAPH_CLOUDS[M365_CLOUD].scope, now }),
    }),
    feeds: feeds.filter(({ id }) => settings.CONTENT_TYPES.some(content => content === id)),
    allFeeds: feeds,
    doubts: teams === null ? [] : teamsDoubts(teams),
    now,
    random,
  })
}
