import { expect, it } from 'vitest'
import { ConfigError } from '../../model/errors.ts'
import { readSettings } from '../../settings.ts'

const BASE = {
  AZURE_TENANT_ID: '41463f53-8812-40f4-890f-865bf6e35190',
  AzureWebJobsStorage: 'UseDevelopmentStorage=true',
}
const feeds = (value?: string) => readSettings({ ...BASE, GRAPH_FEEDS: value }).GRAPH_FEEDS

it('switch all logs on unless told, none or some where told', () => {
  expect(feeds()).toHaveLength(5)
  expect(feeds('all')).toEqual(feeds())
  expect(feeds('none')).toEqual([])
  expect(feeds('Sign-Ins, graph-directory-audits')).toEqual(['graph-directory-audits', 'graph-sign-ins'])
})

it.each(['sign-in', 'all,none', ',', 'sign-ins,sign-ins'])('refuse %s, and name what there is', value => {
  expect(() => feeds(value)).toThrow(ConfigError)
  expect(() => feeds(value)).toThrow(/^GRAPH_FEEDS must be all, none, or .*directory-audits, sign-ins/)
})

it('refuse to send tokens in the open', () => {
  expect(() => readSettings({ ...BASE, GRAPH_API_URL: 'http://graph.example' })).toThrow(
    /GRAPH_API_URL must begin with https/,
  )
  expect(readSettings({ ...BASE, GRAPH_API_URL: 'http://127.0.0.1:9/v1.0' }).GRAPH_API_URL).toBe(
    'http://127.0.0.1:9',
  )
})

it('read a month of the past unless told, and half a year at most', () => {
  const days = (BACKFILL_DAYS?: string) => readSettings({ ...BASE, BACKFILL_DAYS }).BACKFILL_DAYS
  expect([days(), days('0'), days('180')]).toEqual([30, 0, 180])
  for (const wrong of ['181', '-1', '7.5', 'all'])
    expect(() => days(wrong)).toThrow(/^BACKFILL_DAYS must be a whole number from 0 to 180/)
})
