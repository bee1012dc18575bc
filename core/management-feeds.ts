import { makeCredential } from './credentials.ts'
import type { Feed } from './feeds/feed.ts'
import { CLOUDS } from './feeds/management/clouds.ts'
import { makeManagementFeed } from './feeds/management/feed.ts'
import type { SubscriptionState } from './feeds/management/subscription.ts'
import type { Log } from './log.ts'
import type { ContentType } from './model/content-blob.ts'
import { makeSender } from './net/send.ts'
import { makeTokenSource } from './net/token.ts'
import type { Settings } from './settings.ts'
import type { State } from './stores/state.ts'

export interface ManagementPlatform {
  now(): number
  random(): number
  readonly log: Log
  readonly environment: Readonly<Record<string, string | undefined>>
}

/** One feed a content type. They share a quota, and so a sender. */
export function makeManagementFeeds(
  settings: Settings,
  { now, random, log, environment }: ManagementPlatform,
  state: State,
): Feed[] {
  const cloud = CLOUDS[settings.M365_CLOUD]
  const tenantId = settings.AZURE_TENANT_ID
  const tokens = makeTokenSource({ credential: () => makeCredential(environment), scope: cloud.scope, now })
  const http = makeSender({ now, random, log })
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
  return { recall: () => state.read(name), remember: value => state.write(name, value) }
}
