import { makeCredential } from './credentials.ts'
import type { Feed } from './feeds/feed.ts'
import { CLOUDS } from './feeds/management/clouds.ts'
import { makeManagementFeed } from './feeds/management/feed.ts'
import type { SubscriptionState } from './feeds/management/subscription.ts'
import type { Log } from './log.ts'
import type { ContentType } from './model/content-blob.ts'
import { termsFor } from './model/turns.ts'
import { makeSender } from './net/send.ts'
import { makeSharedPace, type TurnBook } from './net/shared-pace.ts'
import { sleep as realSleep, type Sleep } from './net/sleep.ts'
import { makeTokenSource } from './net/token.ts'
import type { Settings } from './settings.ts'
import type { State } from './stores/state.ts'

export interface ManagementPlatform {
  now(): number
  random(): number
  readonly log: Log
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly sleep?: Sleep
}

/** What Microsoft grants every tenant at least; larger ones get more. */
const QUOTA = { requests: 2_000, perMs: 60_000 }

/** One feed a content type. They share a quota with each other and with all other processes, and so a sender and its pace. */
export function makeManagementFeeds(
  settings: Settings,
  { now, random, log, environment, sleep = realSleep }: ManagementPlatform,
  state: State,
  book: TurnBook,
): Feed[] {
  const cloud = CLOUDS[settings.M365_CLOUD]
  const tenantId = settings.AZURE_TENANT_ID
  const tokens = makeTokenSource({ credential: () => makeCredential(environment), scope: cloud.scope, now })
  const pause = makeSharedPace({ book, quota: QUOTA, terms: termsFor(QUOTA), now, sleep, log })
  const http = makeSender({ now, random, log, sleep, pause })
  return settings.CONTENT_TYPES.map(contentType =>
    makeManagementFeed({
      origin: settings.MANAGEMENT_API_URL ?? cloud.origin,
      tenantId,
      publisher: settings.PUBLISHER_ID ?? tenantId,
      contentType,
      http,
      tokens,
      state: subscriptionState(state, contentType),
      now,
      log,
    }),
  )
}

function subscriptionState(state: State, contentType: ContentType): SubscriptionState {
  const name = `subscription.${contentType}`
  return { change: next => state.change(name, next) }
}
