import { expect, it } from 'vitest'
import { openGraph } from '../core/graph.ts'
import { makeGraphFeeds } from '../core/graph-feeds.ts'
import { silent } from '../core/log.ts'
import { readSettings } from '../core/settings.ts'
import { makeMemoryTables } from '../core/stores/memory.ts'
import { makeState } from '../core/stores/state.ts'

const BASE = {
  AZURE_TENANT_ID: '41463f53-8812-40f4-890f-865bf6e35190',
  AzureWebJobsStorage: 'UseDevelopmentStorage=true',
}

function wired(environment: Readonly<Record<string, string>>): string[] {
  const platform = { now: () => 0, random: () => 0, log: silent }
  const state = makeState(makeMemoryTables(), 't')
  const credential = () => {
    throw new Error('Nothing was to be asked yet')
  }
  const settings = readSettings({ ...BASE, ...environment })
  const feeds = makeGraphFeeds(settings, platform, state, openGraph(settings, platform, credential))
  return feeds.map(({ id }) => id)
}

it('Graph is read unless it is switched off', () => {
  expect(wired({})).toHaveLength(5)
  expect(wired({ GRAPH_FEEDS: 'sign-ins' })).toEqual(['graph-sign-ins'])
  expect(wired({ GRAPH_FEEDS: 'none' })).toEqual([])
})

it('another address of the audit API alone does not set us on the real Graph', () => {
  const MANAGEMENT_API_URL = 'http://127.0.0.1:9'
  expect(wired({ MANAGEMENT_API_URL })).toEqual([])
  expect(wired({ MANAGEMENT_API_URL, GRAPH_API_URL: 'http://127.0.0.1:8' })).toHaveLength(5)
})
