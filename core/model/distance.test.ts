import fc from 'fast-check'
import { expect, it } from 'vitest'
import { distance } from './distance.ts'

/** By trying everything: the last characters are dropped from one, the other or both. */
function byHand(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length
  const [shortA, shortB] = [a.slice(0, -1), b.slice(0, -1)]
  const swap = byHand(shortA, shortB) + (a.at(-1) === b.at(-1) ? 0 : 1)
  return Math.min(swap, byHand(shortA, b) + 1, byHand(a, shortB) + 1)
}

it('the distance of two texts is the fewest characters put in, taken out or changed, as far as is asked', () => {
  const short = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 5 })
  fc.assert(
    fc.property(short, short, fc.nat(6), (a, b, most) => {
      expect(distance(a, b, most)).toBe(Math.min(byHand(a, b), most + 1))
    }),
  )
})
