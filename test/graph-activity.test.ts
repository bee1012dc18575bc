import { describe, expect, it } from 'vitest'
import { cutMemory, makeActivityFeeds } from '../core/activity-feed.ts'
import { activityFailure } from '../core/feeds/graph-activity/failures.ts'
import {
  hourPath,
  line,
  makeContainer,
  TENANT as TENANT_ID,
} from '../core/feeds/graph-activity/feed.test-kit.ts'
import { makeActivityFeed } from '../core/feeds/graph-activity/feed.ts'
import { silent } from '../core/log.ts'
import { readSettings } from '../core/settings.ts'
import { makeMemoryTables } from '../core/stores/memory.ts'
import { makeState } from '../core/stores/state.ts'
import { makeChain, makeClock, TENANT } from './chain/kit.ts'

const state = () => makeState(makeMemoryTables(), TENANT)

describe('the feed', () => {
  const BASE = { AZURE_TENANT_ID: TENANT_ID, AzureWebJobsStorage: 'UseDevelopmentStorage=true' }
  const credential = () => ({ getToken: async () => null })
  const wired = (environment: Readonly<Record<string, string>>) => {
    const platform = { now: () => 0, log: silent, environment }
    return makeActivityFeeds(readSettings({ ...BASE, ...environment }), platform, state(), credential).map(
      ({ id }) => id,
    )
  }

  it('is there where its log is named', () => {
    expect(wired({})).toEqual([])
    expect(wired({ GRAPH_ACTIVITY_URL: 'https://logs.example' })).toEqual(['graph-activity'])
    expect(wired({ GRAPH_ACTIVITY_CONNECTION_STRING: 'UseDevelopmentStorage=true' })).toEqual([
      'graph-activity',
    ])
  })

  it('remembers the cuts of a week, and of no more than sixteen days', async () => {
    const memory = cutMemory(state())
    for (let day = 20_000; day < 20_016; day++) await memory.remember(day, { a: [[day, 1]] })
    expect(await memory.recall(20_000)).toEqual({ a: [[20_000, 1]] })
    await memory.remember(20_016, { b: [[1, 1]] })
    expect(await memory.recall(20_000)).toEqual({})
    expect(await memory.recall(20_001)).toEqual({ a: [[20_001, 1]] })
  })
})

describe('the operator is told', () => {
  async function toldOf(container: ReturnType<typeof makeContainer>['container']) {
    const clock = makeClock(Date.UTC(2026, 10, 20, 13) / 1000)
    const feed = makeActivityFeed({
      container,
      memory: cutMemory(state()),
      tenantId: TENANT_ID,
      now: clock.now,
      log: silent,
    })
    const chain = makeChain({ clock, feeds: [feed], sinkNames: ['teams'] })
    await chain.poll()
    return (await chain.notices('teams')).map(({ sentence }) => sentence)
  }

  it('of a log that is another tenant’s', async () => {
    const { append, container } = makeContainer()
    append(`${line(1)}\r\n`, hourPath('12', 'resourceId=/'))
    expect(await toldOf(container)).toEqual([expect.stringContaining('only resourceId=/')])
  })

  it('of a log that may not be read, and which role would help', async () => {
    const { append, container } = makeContainer()
    append(`${line(1)}\r\n`)
    const denied = Object.assign(new Error('no'), {
      name: 'RestError',
      statusCode: 403,
      code: 'AuthorizationPermissionMismatch',
    })
    const context = { address: container.address, ended: false, now: () => 0 }
    const read = () => Promise.reject(activityFailure(denied, context))
    expect(await toldOf({ ...container, read })).toEqual([
      expect.stringContaining('"Storage Blob Data Reader"'),
    ])
  })

  it('of nothing where all is well', async () => {
    const { append, container } = makeContainer()
    append(`${line(1)}\r\n`)
    expect(await toldOf(container)).toEqual([])
  })
})
