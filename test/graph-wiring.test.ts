import { expect, it } from 'vitest'
import { HUNTING_QUERIES } from '../core/feeds/graph/hunting/queries.ts'
import { openGraph } from '../core/graph.ts'
import { makeGraphFeeds } from '../core/graph-feeds.ts'
import { silent } from '../core/log.ts'
import { readSettings } from '../core/settings.ts'
import { makeContext } from '../core/stores/context.ts'
import { makeMemoryTables } from '../core/stores/memory.ts'
import { makeState } from '../core/stores/state.ts'
import { makeObservers } from '../core/tenant-observers.ts'

const BASE = {
  AZURE_TENANT_ID: '41463f53-8812-40f4-890f-865bf6e35190',
  AzureWebJobsStorage: 'UseDevelopmentStorage=true',
}

function wire(environment: Readonly<Record<string, string>>) {
  const platform = { now: () => 0, random: () => 0, log: silent }
  const tables = makeMemoryTables()
  const state = makeState(tables, 't')
  const credential = () => {
    throw new Error('Nothing was to be asked yet')
  }
  const settings = readSettings({ ...BASE, ...environment })
  const graph = openGraph(settings, platform, credential)
  const context = makeContext(tables, 't')
  const observers = makeObservers({ settings, platform, state, tables, context, graph, credential })
  return { feeds: makeGraphFeeds(settings, platform, state, graph), observers }
}

const wired = (environment: Readonly<Record<string, string>>) => wire(environment).feeds.map(({ id }) => id)

it('Graph is read unless it is switched off', () => {
  expect(wired({})).toHaveLength(5)
  expect(wired({ GRAPH_FEEDS: 'sign-ins' })).toEqual(['graph-sign-ins'])
  expect(wired({ GRAPH_FEEDS: 'none' })).toEqual([])
})

it('hunting goes by its permission, also where no log of Graph is read', () => {
  const hunting = (environment: Readonly<Record<string, string>>) =>
    wire(environment).observers.filter(({ id }) => id.startsWith('hunting-')).length
  expect(hunting({ GRAPH_FEEDS: 'none' })).toBe(HUNTING_QUERIES.length)
  expect(hunting({ MANAGEMENT_API_URL: 'http://127.0.0.1:9' })).toBe(0)
})

it('another address of the audit API alone does not set us on the real Graph', () => {
  const MANAGEMENT_API_URL = 'http://127.0.0.1:9'
  expect(wired({ MANAGEMENT_API_URL })).toEqual([])
  expect(wired({ MANAGEMENT_API_URL, GRAPH_API_URL: 'http://127.0.0.1:8' })).toHaveLength(5)
})
