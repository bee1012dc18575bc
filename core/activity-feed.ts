import type { TokenCredential } from '@azure/identity'
import type { Feed } from './feeds/feed.ts'
import { openContainer } from './feeds/graph-activity/container.ts'
import { type CutMemory, type DayCuts, makeActivityFeed } from './feeds/graph-activity/feed.ts'
import type { Log } from './log.ts'
import type { Settings } from './settings.ts'
import type { State } from './stores/state.ts'

export interface ActivityPlatform {
  now(): number
  readonly log: Log
  readonly environment: Readonly<Record<string, string | undefined>>
}

/** The log of Graph requests, where a setting says in which storage account it is. */
export function makeActivityFeeds(
  settings: Settings,
  { now, log, environment }: ActivityPlatform,
  state: State,
  credential: () => TokenCredential,
): Feed[] {
  const { AZURE_TENANT_ID, GRAPH_ACTIVITY_CONNECTION_STRING, GRAPH_ACTIVITY_URL } = settings
  const source =
    GRAPH_ACTIVITY_CONNECTION_STRING !== undefined
      ? { connectionString: GRAPH_ACTIVITY_CONNECTION_STRING }
      : GRAPH_ACTIVITY_URL !== undefined
        ? { url: GRAPH_ACTIVITY_URL, credential: credential() }
        : undefined
  if (source === undefined) return []
  return [
    makeActivityFeed({
      container: openContainer(source, { now }),
      memory: cutMemory(state),
      tenantId: AZURE_TENANT_ID,
      ownAppId: environment.AZURE_CLIENT_ID,
      now,
      log,
    }),
  ]
}

/** Listings reach back seven days, so a row a day used in turn is all it takes, and there is nothing to clear away. */
const ROWS = 16

export function cutMemory(state: State): CutMemory {
  const name = (day: number) => `graph-activity.${day % ROWS}`
  return {
    async recall(day) {
      const row = await state.read<{ day: number; cuts: DayCuts }>(name(day))
      return row?.day === day ? row.cuts : {}
    },
    remember: (day, cuts) => state.write(name(day), { day, cuts }),
  }
}
