import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type TurnRow, takeTurns, termsFor } from './turns.ts'

const QUOTA = { requests: 2_000, perMs: 60_000 }
const TERMS = termsFor(QUOTA)

it('nine tenths of a quota are handed out, and never more than all of it in any stretch', () => {
  expect((TERMS.turns * QUOTA.perMs) / TERMS.windowMs).toBeGreaterThan(0.9 * QUOTA.requests)
  const asks = fc.array(fc.tuple(fc.integer({ min: 0, max: 4_000 }), fc.integer({ min: 1, max: 200 })), {
    minLength: 1,
    maxLength: 200,
  })
  fc.assert(
    fc.property(asks, steps => {
      let now = 1_790_000_000_000
      let row: TurnRow | undefined
      const windows = new Map<number, number>()
      for (const [wait, want] of steps) {
        now += wait
        const taken = takeTurns(row, now, want, TERMS)
        row = taken.row
        const { from, to, turns } = taken.lease
        expect(to).toBeGreaterThan(now)
        expect(turns).toBeLessThanOrEqual(want)
        windows.set(from, (windows.get(from) ?? 0) + turns)
      }
      // Turns may be used at either end of their window, so a stretch counts every window that it touches.
      for (const start of windows.keys()) {
        let most = 0
        for (const [from, turns] of windows)
          if (from + TERMS.windowMs > start && from < start + QUOTA.perMs + TERMS.windowMs) most += turns
        expect(most).toBeLessThanOrEqual(QUOTA.requests)
      }
    }),
  )
})

it('what is asked for late in a window is a share of it', () => {
  const begin = Math.ceil(1_790_000_000_000 / TERMS.windowMs) * TERMS.windowMs
  expect(takeTurns(undefined, begin, 30, TERMS).lease.turns).toBe(30)
  expect(takeTurns(undefined, begin + 2_700, 30, TERMS).lease.turns).toBe(3)
  expect(takeTurns(undefined, begin + 2_999, 30, TERMS).lease.turns).toBe(1)
})

it('a full window is followed by the next, up to ten ahead, and then there are none', () => {
  let row: TurnRow | undefined
  const starts: number[] = []
  for (;;) {
    const taken = takeTurns(row, 0, TERMS.turns, TERMS)
    if (taken.lease.turns === 0) break
    starts.push(taken.lease.from / TERMS.windowMs)
    row = taken.row
  }
  expect(starts).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
})

it('what is left of a window is given, and of the ten ahead the last is ours still', () => {
  const nearlyFull = { window: 9, taken: TERMS.turns - 3 }
  expect(takeTurns(nearlyFull, 0, 30, TERMS)).toEqual({
    row: { window: 9, taken: TERMS.turns },
    lease: { from: 27_000, to: 30_000, turns: 3 },
  })
  const full = { window: 9, taken: TERMS.turns }
  expect(takeTurns(full, 0, 30, TERMS)).toEqual({ row: full, lease: { from: 30_000, to: 33_000, turns: 0 } })
  expect(takeTurns({ window: 10, taken: 5 }, 0, 8, TERMS).row).toEqual({ window: 0, taken: 8 })
})

it('a row from far ahead was written by a wrong clock, and its pause is kept', () => {
  const pause = { at: 1, until: 2 }
  const { row, lease } = takeTurns({ window: 200, taken: 95, pause }, 0, 8, TERMS)
  expect(row).toEqual({ window: 0, taken: 8, pause })
  expect(lease).toEqual({ from: 0, to: 3_000, turns: 8, pause })
})
