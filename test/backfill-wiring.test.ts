import { expect, it } from 'vitest'
import { makeBackfill } from '../core/backfill.ts'
import { detections } from '../core/detections/index.ts'
import { operationsOfPast } from '../core/engine/past.ts'
import { openGraph } from '../core/graph.ts'
import { silent } from '../core/log.ts'
import { readSettings } from '../core/settings.ts'
import { makeMemoryTables } from '../core/stores/memory.ts'
import { makeState } from '../core/stores/state.ts'
import { census } from './support/census.ts'
import { diary } from './support/diary.ts'

const BASE = {
  AZURE_TENANT_ID: '41463f53-8812-40f4-890f-865bf6e35190',
  AzureWebJobsStorage: 'UseDevelopmentStorage=true',
}

function wired(environment: Readonly<Record<string, string>>): string[] {
  const platform = { now: () => 0, random: () => 0, log: silent }
  const tables = makeMemoryTables()
  const settings = readSettings({ ...BASE, ...environment })
  const graph = openGraph(settings, platform, () => {
    throw new Error('Nothing was to be asked yet')
  })
  const state = makeState(tables, 't')
  return makeBackfill({ settings, platform, state, tables, graph, detections }).map(({ id }) => id)
}

it('the past is read unless it, or Graph, is switched off', () => {
  expect(wired({})).toEqual(['graph-audit-search'])
  expect(wired({ BACKFILL_DAYS: '0' })).toEqual([])
  expect(wired({ GRAPH_FEEDS: 'none' })).toEqual([])
  expect(wired({ MANAGEMENT_API_URL: 'http://127.0.0.1:9' })).toEqual([])
})

it('what is searched for is what somebody learns from, as Entra and Exchange spell it', () => {
  const operations = operationsOfPast(detections)
  expect(operations).toEqual(
    expect.arrayContaining([
      'MailItemsAccessed',
      'UserLoggedIn',
      'Consent to application',
      'Consent to application.',
    ]),
  )
  // Read by detections without a past alone.
  expect(operations).not.toContain('SearchExported')
  expect(new Set(operations).size).toBe(operations.length)
  // The diary reads everything.
  expect(operationsOfPast([census, diary])).toEqual([])
  expect(operationsOfPast([census])).toEqual([])
})
