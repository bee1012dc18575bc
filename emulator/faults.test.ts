import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeManualClock } from './clock.ts'
import { type Fault, makeFaults, type Subject } from './faults.ts'

const clock = makeManualClock(0)
const blob = (n: number): Subject => ({
  kind: 'blob',
  identity: `Audit.Exchange#${n}`,
  contentType: 'Audit.Exchange',
})
const schedule = (seed: number, ...faults: Fault[]) => makeFaults({ seed, faults }, clock)

test('the same seed strikes the same blobs, in whatever order they are asked for', () => {
  const asked = fc.array(fc.nat(30), { maxLength: 60 })
  fc.assert(
    fc.property(fc.nat(), asked, asked, (seed, one, other) => {
      const faults: Fault[] = [{ kind: 'server-error', rate: 0.5, hits: 2 }]
      const struck = (order: readonly number[]) => {
        const deck = schedule(seed, ...faults)
        const hits = new Map<number, boolean[]>()
        for (const n of order) {
          hits.set(n, [...(hits.get(n) ?? []), deck.strike(blob(n), 'server-error') !== undefined])
        }
        return hits
      }
      const [first, second] = [struck(one), struck(other)]
      for (const [n, attempts] of first) {
        const shared = Math.min(attempts.length, second.get(n)?.length ?? 0)
        expect(attempts.slice(0, shared)).toEqual(second.get(n)?.slice(0, shared) ?? [])
      }
    }),
  )
})

test('another seed strikes others', () => {
  const pattern = (seed: number) =>
    Array.from({ length: 64 }, (_, n) =>
      schedule(seed, { kind: 'reset', rate: 0.5 }).strike(blob(n), 'reset') ? 1 : 0,
    ).join('')
  expect(pattern(1)).toBe(pattern(1))
  expect(pattern(1)).not.toBe(pattern(2))
})

test('a rate is the share of blobs that are struck at all', () => {
  const faults = schedule(3, { kind: 'reset', rate: 0.2 })
  const struck = Array.from({ length: 2_000 }, (_, n) => faults.strike(blob(n), 'reset')).filter(Boolean)
  expect(struck.length).toBeGreaterThan(320)
  expect(struck.length).toBeLessThan(480)
})

test('a fault heals after its hits, unless it is permanent or lies in the data', () => {
  const hits = (fault: Fault) => {
    const faults = schedule(1, fault)
    return Array.from({ length: 9 }, () => faults.strike(blob(1), fault.kind)).filter(Boolean).length
  }
  expect(hits({ kind: 'server-error' })).toBe(1)
  expect(hits({ kind: 'server-error', hits: 3 })).toBe(3)
  expect(hits({ kind: 'server-error', permanent: true })).toBe(9)
  expect(hits({ kind: 'poison' })).toBe(9)
  expect(hits({ kind: 'expired' })).toBe(9)
})

test('two faults on one blob take their turns', () => {
  const faults = schedule(1, { kind: 'reset' }, { kind: 'server-error' })
  const order = [1, 2, 3].map(() => faults.strike(blob(1), 'reset', 'server-error')?.kind)
  expect(order).toEqual(['reset', 'server-error', undefined])
})

test('a storm lasts as long as it lasts, and no longer', () => {
  const faults = schedule(1, { kind: 'throttle', from: 100, until: 200 })
  const at = (ms: number) => {
    clock.set(ms)
    return faults.strike(blob(1), 'throttle') !== undefined
  }
  expect([99, 100, 150, 199, 200].map(at)).toEqual([false, true, true, true, false])
  clock.set(0)
})

test('a fault keeps to the requests, content types and pages it is aimed at', () => {
  const page = (kind: 'first' | 'later'): Subject => ({
    kind: 'content',
    identity: kind,
    contentType: 'Audit.General',
    page: kind,
  })
  const faults = schedule(
    1,
    { kind: 'reset', on: ['blob'], permanent: true },
    { kind: 'unauthorized', pages: 'later', permanent: true },
    { kind: 'slow', ms: 5, contentTypes: ['Audit.Exchange'], permanent: true },
  )
  expect(faults.strike(page('first'), 'reset', 'unauthorized', 'slow')).toBeUndefined()
  expect(faults.strike(page('later'), 'reset', 'unauthorized', 'slow')?.kind).toBe('unauthorized')
  expect(faults.strike(blob(1), 'reset')?.kind).toBe('reset')
  expect(faults.strike(blob(1), 'slow')).toMatchObject({ ms: 5 })
})
