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
})
