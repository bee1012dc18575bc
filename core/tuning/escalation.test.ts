import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeFinding } from '../../test/chain/findings.ts'
import { MIDNIGHT } from '../../test/support/histories.ts'
import type { Finding } from '../model/finding.ts'
import { DAY, HOUR } from '../model/time.ts'
import { type Seen, weigh } from './escalation.ts'

const ADA = 'ada@birchwood.example'
const mailboxes = (count: number) => Array.from({ length: count }, (_, n) => `m${n}@birchwood.example`)

/** A finding of the n-th day, one hour after its midnight. */
const on = (day: number, more: Partial<Finding> = {}) =>
  makeFinding({ start: MIDNIGHT + day * DAY + HOUR, count: 100, ...more })

/** What each finding after the others is broken by. */
function weighAll(findings: readonly Finding[], isKnown?: (address: string) => boolean) {
  let seen: Seen | undefined
  return findings.map(finding => {
    const weighed = weigh(seen, finding, isKnown)
    seen = weighed.seen
    return weighed.broken
  })
}

const last = (...findings: Finding[]) => weighAll(findings).at(-1)

describe('what is allowed', () => {
  it('is what the first day shows, however it grows in it', () => {
    expect(
      weighAll([
        on(0),
        on(0, { count: 9_000, mailboxes: mailboxes(50), addresses: ['203.0.113.9'], severity: 'high' }),
        on(0, { key: ['other'], mailboxes: ['other@birchwood.example'] }),
        on(0, { end: MIDNIGHT + DAY - 1, addresses: ['2001:db8:7::1'] }),
        on(1, { count: 9_000, mailboxes: mailboxes(50), addresses: ['203.0.113.10', '2001:db8:7::2'] }),
      ]),
    ).toEqual([undefined, undefined, undefined, undefined, undefined])
  })

  it('goes on over midnight, for what is done at night', () => {
    const late = on(0, { start: MIDNIGHT + DAY - 600, end: MIDNIGHT + DAY - 60, count: 40 })
    const rest = on(1, {
      start: MIDNIGHT + DAY + 60,
      end: MIDNIGHT + DAY + HOUR,
      count: 4_000,
      mailboxes: mailboxes(50),
    })
    const next = { ...rest, end: MIDNIGHT + 2 * DAY - 60 }
    expect(weighAll([late, rest, next])).toEqual([undefined, undefined, undefined])
  })

  it('is what came before, for findings of an earlier day that come late', () => {
    expect(last(on(3), on(1, { mailboxes: mailboxes(3) }))).toBeUndefined()
  })
})

describe('an entry is broken by', () => {
  it('a count of five times the largest that was allowed', () => {
    expect(last(on(0), on(1, { count: 499 }))).toBeUndefined()
    expect(last(on(0), on(1, { count: 500 }))).toBe(
      'it counts 500, and at most 100 was seen under this entry',
    )
    expect(last(on(0), on(1, { count: 499 }), on(2, { count: 2_494 }))).toBeUndefined()
    expect(last(on(0), on(1, { count: 499 }), on(2, { count: 2_495 }))).toContain('at most 499')
  })

  it('its own growth, in however small steps', () => {
    const steps = Array.from({ length: 30 }, (_, n) => on(1, { count: Math.round(100 * 1.2 ** n) }))
    const broken = weighAll([on(0), ...steps]).slice(1)
    expect(broken.map(one => one !== undefined)).toEqual(steps.map(({ count }) => count >= 500))
  })

  it('what was broken before: that is no measure for later', () => {
    expect(last(on(0), on(1, { count: 700 }), on(2, { count: 600 }))).toContain('at most 100')
    expect(
      last(
        on(0),
        on(1, { mailboxes: ['new@birchwood.example'] }),
        on(2, { mailboxes: ['new@birchwood.example'] }),
      ),
    ).toContain('mailbox not seen')
  })

  it('counts of the same detection alone', () => {
    expect(last(on(0), on(1, { detection: 'other', count: 9_000 }))).toBeUndefined()
    expect(
      last(on(0), on(1, { detection: 'other', count: 9 }), on(2, { detection: 'other', count: 45 })),
    ).toContain('at most 9')
  })

  it.each([
    [[ADA, 'ben@birchwood.example'], 'mailbox not seen under this entry (ben@birchwood.example)'],
    [
      mailboxes(5),
      'mailboxes not seen under this entry (m0@birchwood.example, m1@birchwood.example, m2@birchwood.example + 2 more)',
    ],
  ])('mailboxes not seen before', (given, words) => {
    expect(last(on(0), on(1, { mailboxes: given }))).toBe(words)
  })

  it.each([
    ['192.0.2.200', undefined],
    ['198.51.100.7', 'network not seen under this entry (198.51.100.0/24)'],
    ['2001:db8:1::1', 'network not seen under this entry (2001:db8:1::/64)'],
    ['52.97.1.1', 'network not seen under this entry (Microsoft’s own)'],
    ['10.1.2.3', 'network not seen under this entry (private addresses)'],
  ])('a network not seen before: %s', (address, words) => {
    expect(last(on(0), on(1, { addresses: ['192.0.2.7', address] }))).toBe(words)
  })

  it('no part of Microsoft’s networks, and no network somebody vouched for, besides those seen', () => {
    expect(last(on(0, { addresses: ['52.97.1.1'] }), on(1, { addresses: ['40.99.7.7'] }))).toBeUndefined()
    const isKnown = (address: string) => address.startsWith('198.51.100.')
    expect(weighAll([on(0), on(1, { addresses: ['198.51.100.7'] })], isKnown)).toEqual([undefined, undefined])
  })

  it('something worse than what was seen, and every way at once is told', () => {
    expect(
      last(
        on(0),
        on(1, { severity: 'critical', count: 500, mailboxes: ['x@y.example'], addresses: ['203.0.113.1'] }),
      ),
    ).toBe(
      'mailbox not seen under this entry (x@y.example); network not seen under this entry (203.0.113.0/24); ' +
        'it counts 500, and at most 100 was seen under this entry; ' +
        'it is critical, and at most medium was seen under this entry',
    )
  })
})

const findings = fc.array(
  fc
    .record({
      day: fc.nat(4),
      key: fc.constantFrom('a', 'b'),
      detection: fc.constantFrom('probe', 'other', '__proto__'),
      count: fc.integer({ min: 1, max: 2_000 }),
      mailboxes: fc.subarray(mailboxes(4)),
      addresses: fc.subarray(['192.0.2.7', '198.51.100.7', '52.97.1.1', '10.0.0.1']),
      severity: fc.constantFrom('low' as const, 'medium' as const, 'high' as const),
    })
    .map(({ day, key, ...rest }) => on(day, { ...rest, key: [key] })),
  { minLength: 1, maxLength: 12 },
)

describe('whatever comes', () => {
  it('the same finding again gets the same answer and leaves the same behind', () => {
    fc.assert(
      fc.property(findings, all => {
        let seen: Seen | undefined
        for (const finding of all) {
          const first = weigh(seen, finding)
          const stored: Seen = JSON.parse(JSON.stringify(first.seen))
          expect(weigh(stored, finding)).toEqual({ ...first, seen: stored })
          seen = stored
        }
      }),
      { numRuns: 500, seed: 1 },
    )
  })

  it('what is allowed after the first day reaches no mailbox, network or severity that the first did not', () => {
    fc.assert(
      fc.property(findings, all => {
        const verdicts = weighAll(all)
        const since = (all[0]?.end ?? 0) + DAY
        const early = all.filter(({ end }) => end < since)
        const known = new Set(early.flatMap(one => one.mailboxes))
        const rest = all.filter((one, n) => verdicts[n] === undefined && one.end >= since)
        for (const one of rest) expect(one.mailboxes.filter(mailbox => !known.has(mailbox))).toEqual([])
        for (const [n, one] of all.entries()) if (one.end < since) expect(verdicts[n]).toBeUndefined()
      }),
      { numRuns: 500, seed: 1 },
    )
  })

  it('the memory stays small enough for a row', () => {
    const long = (n: number) => `${'m'.repeat(190)}${n}@x.example`
    const many = (day: number) => Array.from({ length: 1_000 }, (_, n) => long(day * 1_000 + n))
    let seen: Seen | undefined
    for (let n = 0; n < 20; n++) {
      const addresses = Array.from({ length: 200 }, (_, k) => `2001:db8:${n}:${k}:a:b:c:d`)
      ;({ seen } = weigh(seen, on(0, { key: [`${n}`], mailboxes: many(n), addresses })))
    }
    expect(Buffer.byteLength(JSON.stringify(seen))).toBeLessThan(700_000)
  })
})
