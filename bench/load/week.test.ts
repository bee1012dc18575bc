import { expect, test } from 'vitest'
import { makeParser } from '../../core/feeds/normalise/parse.ts'
import { DEFAULT_TENANT_ID } from '../../emulator/index.ts'
import { EVENING, week } from './week.ts'

const SCALE = { records: 5_000, mailboxes: 50 }
const DAY = 86_400_000

test('a week has about as many records as asked for, all but a few of which can be read, and is the same each time', () => {
  const blobs = [...week(SCALE)]
  expect(blobs).toEqual([...week(SCALE)])
  const parse = makeParser(DEFAULT_TENANT_ID)
  const ids = new Set<string>()
  let [all, unreadable] = [0, 0]
  for (const { records, text } of blobs) {
    const raw: unknown[] = JSON.parse(text)
    expect(raw).toHaveLength(records)
    for (const one of raw) {
      const { record } = parse(one)
      all++
      if (record === undefined) unreadable++
      else ids.add(record.id)
    }
  }
  expect(Math.abs(ids.size - SCALE.records)).toBeLessThan(SCALE.records / 10)
  expect(unreadable).toBeGreaterThan(0)
  expect(all - unreadable - ids.size).toBeGreaterThan(0)
})

test('each theft is in one blob, and what is not held back is within reach in the evening of the last day', () => {
  const blobs = [...week(SCALE)]
  const loot = blobs.flatMap(blob => blob.loot)
  expect(new Set(loot).size).toBe(loot.length)
  expect(loot).toHaveLength(30)
  for (const { availableAt, live } of blobs) {
    expect(availableAt).toBeGreaterThan(EVENING - 7 * DAY + 5 * 60_000)
    if (!live) expect(availableAt).toBeLessThan(EVENING)
  }
})
