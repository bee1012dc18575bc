import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isoSeven, parseTime, readStamp, stamp, zoneless } from './times.ts'

const NOON = Date.UTC(2026, 10, 17, 12, 30, 45, 120)

test.each([
  ['2026-11-17', Date.UTC(2026, 10, 17)],
  ['2026-11-17T12:30', Date.UTC(2026, 10, 17, 12, 30)],
  ['2026-11-17T12:30:45', Date.UTC(2026, 10, 17, 12, 30, 45)],
  ['2026-11-17T12:30:45Z', Date.UTC(2026, 10, 17, 12, 30, 45)],
  ['2026-11-17T12:30:45.1200000Z', NOON],
  ['2026-11-17t12:30:45.12z', NOON],
])('%s is a query time', (text, ms) => expect(parseTime(text)).toBe(ms))

test.each(['', 'yesterday', '17/11/2026', '2026-13-45', '2026-11-17T25:00'])('"%s" is no query time', text =>
  expect(parseTime(text)).toBeUndefined(),
)

test('the service spells one moment in several ways', () => {
  expect(isoSeven(NOON)).toBe('2026-11-17T12:30:45.1200000Z')
  expect(zoneless(NOON)).toBe('2026-11-17T12:30:45')
  expect(stamp(NOON, 42)).toBe('20261117123045120000042')
})

test('a stamp reads back as the moment and the tail it was made of', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4e12 }), fc.nat(999_999), (ms, tail) => {
      expect(readStamp(stamp(ms, tail))).toEqual({ ms, tail })
    }),
  )
  expect(readStamp('2026')).toBeUndefined()
})
