import { describe, expect, it } from 'vitest'
import { everything } from '../../test/chain/kit.ts'
import type { ContentBlob } from '../model/content-blob.ts'
import { DAY, dayOf, iso } from '../model/time.ts'
import { ASTRAY, type LedgerEntry, makeLedger } from './ledger.ts'
import { makeMemoryTables } from './memory.ts'

const FEED = 'Audit.Exchange'
const NOW = Date.UTC(2026, 10, 20, 12) / 1000

const blob = (n: number, created = NOW - 60): ContentBlob => ({
  feed: FEED,
  id: `20261120$${n}$audit_exchange`,
  uri: `https://feed.example/audit/${n}`,
  created: iso(created),
  expires: iso(created + 7 * DAY),
})

function setUp() {
  const tables = makeMemoryTables()
  const ledger = makeLedger(tables, 't')
  const end = async (one: ContentBlob, change: Partial<LedgerEntry>) =>
    ledger.end(FEED, [{ ...(await ledger.find(one, NOW)), ...change }])
  return { tables, ledger, end }
}

describe('a listed blob', () => {
  it('is to be queued the first time it is seen, once per listing', async () => {
    const { ledger } = setUp()
    expect(await ledger.listed(FEED, [blob(1), blob(2), blob(1)], NOW)).toEqual([blob(1), blob(2)])
    expect(await ledger.listed(FEED, [blob(2), blob(3)], NOW + 60)).toEqual([blob(3)])
  })

  it('is to be queued again when it has gone astray, and remembers when it was first seen', async () => {
    const { ledger } = setUp()
    await ledger.listed(FEED, [blob(1)], NOW)
    expect(await ledger.listed(FEED, [blob(1)], NOW + ASTRAY - 1)).toEqual([])
    expect(await ledger.listed(FEED, [blob(1)], NOW + ASTRAY)).toEqual([blob(1)])
    expect(await ledger.find(blob(1), 0)).toMatchObject({ listedAt: NOW, resendAt: NOW + 2 * ASTRAY })
    expect(await ledger.listed(FEED, [blob(1)], NOW + ASTRAY + 1)).toEqual([])
  })

  it('that was put off is to be queued again at its time, without the reason', async () => {
    const { ledger, end } = setUp()
    await ledger.listed(FEED, [blob(1)], NOW)
    await end(blob(1), { resendAt: NOW + 300, reason: 'throttled' })
    expect(await ledger.listed(FEED, [blob(1)], NOW + 299)).toEqual([])
    expect(await ledger.listed(FEED, [blob(1)], NOW + 300)).toEqual([blob(1)])
    expect((await ledger.find(blob(1), 0)).reason).toBeUndefined()
  })

  it.each(['done', 'expired', 'quarantined'] as const)('that is %s is not queued again', async state => {
    const { ledger, end } = setUp()
    await ledger.listed(FEED, [blob(1)], NOW)
    await end(blob(1), { state })
    expect(await ledger.listed(FEED, [blob(1)], NOW + DAY)).toEqual([])
  })

  it('that was set aside is queued again when it is offered under another address', async () => {
    const { ledger, end } = setUp()
    await ledger.listed(FEED, [{ ...blob(1), uri: 'https://foreign.example/1' }], NOW)
    await end(blob(1), { state: 'quarantined', reason: 'foreign-origin' })
    expect(await ledger.listed(FEED, [blob(1)], NOW + 60)).toEqual([blob(1)])
    expect((await ledger.find(blob(1), 0)).blob.uri).toBe(blob(1).uri)
  })

  it('is known by its id and day, however many there are of one moment', async () => {
    const { ledger } = setUp()
    const many = Array.from({ length: 250 }, (_, n) => blob(n))
    expect(await ledger.listed(FEED, many, NOW)).toHaveLength(250)
    expect(await ledger.listed(FEED, [...many].reverse(), NOW + 60)).toEqual([])
  })
})

it('a blob nobody listed counts as listed now', async () => {
  const { ledger } = setUp()
  expect(await ledger.find(blob(1), NOW)).toEqual({
    blob: blob(1),
    state: 'listed',
    listedAt: NOW,
    resendAt: NOW + ASTRAY,
  })
})

it('entries are those of the days asked for, of one feed and one tenant, over all weeks', async () => {
  const { tables, ledger } = setUp()
  const days = Array.from({ length: 16 }, (_, n) => NOW - n * DAY)
  await ledger.listed(
    FEED,
    days.map((created, n) => blob(n, created)),
    NOW,
  )
  await ledger.listed('Audit.General', [{ ...blob(99), feed: 'Audit.General' }], NOW)
  await makeLedger(tables, 'u').listed(FEED, [blob(98)], NOW)
  const found = await everything(ledger.entries(FEED, dayOf(NOW) - 9, dayOf(NOW) - 2))
  expect(found.map(entry => entry.blob.created)).toEqual(days.slice(2, 10).reverse().map(iso))
})

it('entries of many blobs come in their order, those of one hour in one read', async () => {
  const { end, ledger, tables } = setUp()
  const [old, young, unknown] = [blob(1, NOW - DAY), blob(2), blob(3)]
  await ledger.listed(FEED, [old, young, blob(4)], NOW)
  await end(young, { state: 'done' })
  const { reads } = tables.stats()
  const found = await ledger.findAll(FEED, [unknown, young, old], NOW + 1)
  expect(tables.stats().reads - reads).toBe(2)
  expect(found).toEqual(await Promise.all([unknown, young, old].map(one => ledger.find(one, NOW + 1))))
  expect(found.map(({ state }) => state)).toEqual(['listed', 'done', 'listed'])
})
