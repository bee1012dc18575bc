import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY, dayOf, dayText, iso, parseWireTime } from './time.ts'

const moment = Date.UTC(2026, 10, 18, 21, 13, 33) / 1000

describe('a time on the wire', () => {
  it.each([
    '2026-11-18T21:13:33',
    '2026-11-18T21:13:33Z',
    '2026-11-18T21:13:33.9999999Z',
    '2026-11-18T21:13:33.000',
    '2026-11-18 21:13:33',
    '2026-11-18 21:13:33.000000000',
    '2026-11-18T21:13:33+00:00',
    '2026-11-18T21:13:33+0000',
    ' 2026-11-18T21:13:33\r\n',
  ])('%j is UTC, whatever the zone of the machine', given => {
    expect(parseWireTime(given)).toBe(moment)
  })

  it.each([
    ['2026-11-18T21:13', moment - 33],
    ['2026-11-18', moment - (moment % DAY)],
    ['2024-02-29T00:00:00', Date.UTC(2024, 1, 29) / 1000],
    ['1970-01-01T00:00:00Z', 0],
  ])('%j is %j', (given, at) => {
    expect(parseWireTime(given)).toBe(at)
  })

  it.each([
    '',
    'now',
    '11/18/2026 9:13:33 PM',
    '2026-11-18T21:13:33+02:00',
    '2026-11-18T21:13:33-00:00x',
    '2026-11-18T21:13:33z',
    '2026-11-18T21:13:3Z',
    '2026-11-18T24:00:00',
    '2026-11-18T21:60:00',
    '2026-11-18T21:13:60',
    '2026-02-29T00:00:00',
    '2026-04-31T00:00:00',
    '2026-13-01T00:00:00',
    '2026-00-10T00:00:00',
    '2026-11-00T00:00:00',
    '0001-01-01T00:00:00',
    '1969-12-31T23:59:59',
    '٢٠٢٦-11-18T21:13:33',
    'at 2026-11-18T21:13:33',
    1_794_950_013,
    null,
    undefined,
    new Date(0),
  ])('%j is none', given => {
    expect(parseWireTime(given)).toBeUndefined()
  })

  it('comes back from its text', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Date.UTC(9999, 11, 31) / 1000 }), at => {
        expect(parseWireTime(iso(at))).toBe(at)
        expect(parseWireTime(iso(at).slice(0, -1))).toBe(at)
        expect(dayText(dayOf(at))).toBe(iso(at).slice(0, 10).replaceAll('-', ''))
      }),
    )
  })

  it('is never misread: what is not a time of that text is none', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}$/), given => {
        const at = parseWireTime(given)
        if (at !== undefined) expect(iso(at)).toBe(`${given}Z`)
      }),
    )
  })

  it('is none when any of its characters is another, unless that is a time as well', () => {
    const plain = iso(moment).slice(0, 19)
    for (let place = 0; place < plain.length; place++)
      for (let code = 0x20; code < 0x7f; code++) {
        const given = plain.slice(0, place) + String.fromCharCode(code) + plain.slice(place + 1)
        const at = parseWireTime(given)
        if (at !== undefined) expect(iso(at)).toBe(`${given.replace(' ', 'T')}Z`)
      }
  })

  it('exists on the days of the calendar, and on no 29th to 31st that is none of them', () => {
    const two = (n: number) => String(n).padStart(2, '0')
    for (const year of [1970, 2000, 2024, 2026, 2100, 2400])
      for (let month = 1; month <= 12; month++)
        for (const day of [1, 27, 28, 29, 30, 31, 32]) {
          const at = Date.UTC(year, month - 1, day) / 1000
          const exists = new Date(at * 1000).getUTCMonth() === month - 1
          expect(parseWireTime(`${year}-${two(month)}-${two(day)}`)).toBe(exists ? at : undefined)
        }
  })
})
