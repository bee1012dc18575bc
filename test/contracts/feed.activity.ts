import { inject } from 'vitest'
import type { ActivitySource } from '../../core/feeds/graph-activity/container.ts'
import {
  activityEntry,
  type GraphCall,
  type ManualClock,
  MINUTE,
  makeActivityArchive,
  makeRandom,
} from '../../emulator/index.ts'
import { startBlobProxy } from '../support/blob-proxy.ts'
import { uniqueName } from '../support/names.ts'

/** Hours of requests to Graph, half of them before the clock's time; an hour grows as the clock goes on. */
export interface Activity {
  readonly source: ActivitySource
  /** As records, by no code of the product's. */
  readonly happened: readonly { readonly RecordType: number }[]
  stop(): Promise<void>
}

export async function openActivity({
  clock,
  tenantId,
}: {
  readonly clock: ManualClock
  readonly tenantId: string
}): Promise<Activity> {
  const random = makeRandom('graph activity')
  const start = clock.now()
  // So many that most are told of by how often they came in the day: a request more or less is seen.
  const users = Array.from({ length: 40 }, () => random.guid())
  const apps = Array.from({ length: 20 }, () => random.guid())
  const calls = Array.from({ length: 120 }, (): GraphCall => {
    const app = {
      at: start + random.int(-180, 150) * MINUTE,
      appId: random.pick(apps),
      status: random.pick([200, 403]),
    }
    return random.chance(0.7)
      ? { ...app, userId: random.pick(users), path: '/v1.0/me/messages?$top=10' }
      : { ...app, path: `/beta/users/${random.pick(users)}/mailFolders/inbox/messages` }
  })
  const entries = calls.map(call => activityEntry({ random, tenantId }, call))
  const container = uniqueName('activity')
  const storage = inject('storage')
  const archive = makeActivityArchive({ connectionString: storage, container, tenantId, clock, random })
  archive.log(entries)
  const { connectionString, stop } = await startBlobProxy(storage, archive.settle)
  return {
    source: { connectionString, container },
    happened: entries.map(({ properties, time }, n) => ({
      Id: properties.requestId,
      /** The log knows no types. */
      RecordType: -1,
      CreationTime: time.slice(0, 19),
      Operation: 'Microsoft Graph Activity',
      UserId: calls[n]?.userId,
      AppAccessContext: { ClientAppId: calls[n]?.appId },
      ResultStatus: calls[n]?.status === 200 ? 'Succeeded' : 'Failed',
    })),
    stop,
  }
}
