import fc from 'fast-check'
import { expect, it } from 'vitest'
import { planListing } from '../../model/checkpoint.ts'
import { DAY, HOUR, MINUTE, parseWireTime } from '../../model/time.ts'
import { blobsOf, filterOf, spanOf } from './slices.ts'
import { STREAMS } from './streams.ts'

const NOON = Date.UTC(2026, 10, 20, 12) / 1000
const stream = STREAMS[0] as (typeof STREAMS)[number]

it('is over and the lag behind it before a blob can be listed', () => {
  const blobs = blobsOf(stream, NOON, { from: NOON - DAY, to: NOON + DAY })
  for (const blob of blobs.filter(({ id }) => id.startsWith('first.')))
    expect((parseWireTime(blob.created) ?? 0) - spanOf(blob).to).toBe(15 * MINUTE)
  expect(blobs.every(blob => spanOf(blob).to <= (parseWireTime(blob.created) ?? 0))).toBe(true)
})

it('leaves out no time and no round, however often and when it is listed', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: HOUR }),
      fc.array(fc.integer({ min: 1, max: 7 * HOUR }), { minLength: 1, maxLength: 30 }),
      (start, gaps) => {
        const since = NOON + start
        let now = since
        let checkpoint: { listedTo: number } | undefined
        const listed = new Map<string, { from: number; to: number }>()
        for (const gap of [0, ...gaps]) {
          now += gap
          for (const slice of planListing(now, checkpoint).slices) {
            for (const blob of blobsOf(stream, since, slice)) listed.set(blob.id, spanOf(blob))
            checkpoint = { listedTo: slice.to }
          }
        }
        const covers = (pass: string, at: number) =>
          [...listed].some(([id, { from, to }]) => id.startsWith(`${pass}.`) && from <= at && at < to)
        const begin = Math.floor(since / HOUR) * HOUR
        for (const at of [begin - 7 * DAY, begin - 3 * DAY, begin - 1]) expect(covers('past', at)).toBe(true)
        for (const { name, span, lag } of stream.passes)
          for (let at = begin - lag; at + span + lag < now; at += 5 * MINUTE)
            expect(covers(name, at), `${name} ${at - begin}`).toBe(true)
      },
    ),
    { numRuns: 60 },
  )
})

it('are the same for the same clock, and each listed under one time of availability', () => {
  const whole = blobsOf(stream, NOON, { from: NOON - DAY, to: NOON + DAY })
  const parts = [-DAY, -5 * HOUR, 17 * MINUTE, 3 * HOUR].flatMap((from, n, all) =>
    blobsOf(stream, NOON, { from: NOON + from, to: NOON + (all[n + 1] ?? DAY) }),
  )
  const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)
  expect(parts.sort(byId)).toEqual(whole.sort(byId))
  expect(new Set(whole.map(({ id }) => id)).size).toBe(whole.length)
})

it('costs a stream fewer than two hundred requests a day, and the past of a week thirty', () => {
  const later = NOON + 10 * DAY
  const aDay = blobsOf(stream, NOON, { from: later, to: later + DAY })
  expect(aDay.length).toBeLessThan(200)
  const first = planListing(NOON, undefined).slices.flatMap(slice => blobsOf(stream, NOON - 1, slice))
  expect(first.filter(({ id }) => id.startsWith('past.'))).toHaveLength(28)
  expect(first.length).toBeLessThan(40)
})

it('asks for its time to the last digit and no further', () => {
  const [, , service] = STREAMS
  const span = { from: NOON, to: NOON + 15 * MINUTE }
  expect(filterOf(stream, span)).toBe(
    'activityDateTime ge 2026-11-20T12:00:00Z and activityDateTime le 2026-11-20T12:14:59.9999999Z',
  )
  expect(filterOf(service ?? stream, span)).toMatch(
    / and signInEventTypes\/any\(t: t eq 'nonInteractiveUser'\)$/,
  )
})

it('cannot be read out of an id that names none', () => {
  const blob = { feed: stream.id, uri: '', created: '', expires: undefined }
  for (const id of [
    '',
    'first',
    'first.2026-11-20T12:00:00Z',
    'first.2026-11-20T12:00:00Z.2026-11-20T12:00:00Z',
  ])
    expect(() => spanOf({ ...blob, id })).toThrow(/names no span/)
})
