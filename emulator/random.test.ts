import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fraction, makeRandom, mulberry32 } from './random.ts'

test('mulberry32 gives the numbers of its published reference', () => {
  const next = mulberry32(1)
  expect([next(), next(), next()]).toEqual([0.6270739405881613, 0.002735721180215478, 0.5274470399599522])
})

test('the same seed draws the same, and a fork does not disturb its parent', () => {
  const [a, b] = [makeRandom('seed'), makeRandom('seed')]
  b.fork('elsewhere').guid()
  expect([a.guid(), a.int(1, 100), a.shuffle([1, 2, 3, 4])]).toEqual([
    b.guid(),
    b.int(1, 100),
    b.shuffle([1, 2, 3, 4]),
  ])
})

test('ids look like random GUIDs and do not repeat', () => {
  const random = makeRandom(7)
  const ids = Array.from({ length: 5_000 }, () => random.guid())
  expect(new Set(ids).size).toBe(ids.length)
  for (const id of ids)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

test('whole numbers stay inside their bounds and shuffling loses nothing', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: -50, max: 50 }), fc.nat(100), (seed, min, span) => {
      const random = makeRandom(seed)
      const drawn = random.int(min, min + span)
      expect(drawn >= min && drawn <= min + span).toBe(true)
      const list = Array.from({ length: span }, (_, i) => i)
      expect(random.shuffle(list).sort((a, b) => a - b)).toEqual(list)
    }),
  )
})

test('a fraction depends on its parts alone and spreads over the whole interval', () => {
  const shares = Array.from({ length: 2_000 }, (_, i) => fraction(1, 'blob', i))
  expect(fraction(1, 'blob', 5)).toBe(shares[5])
  expect(shares.filter(share => share < 0.25).length).toBeGreaterThan(400)
  expect(shares.filter(share => share < 0.25).length).toBeLessThan(600)
})
