import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SmallMap } from './small-map.ts'
import { addMember, boundTally, memberOf, mergeTally, type Span, TALLY_CAP } from './tally.ts'

type Sight = readonly [member: number, span: Span]

const few = fc.nat(5)
const sights = fc.array(
  fc
    .tuple(few, few, few, few)
    .map(([member, first, more, weight]): Sight => [member, { first, last: first + more, weight }]),
)

function tallyOf(seen: readonly Sight[]) {
  const tally = new SmallMap<number, Span>()
  for (const [member, span] of seen) addMember(tally, member, span)
  return tally
}

const held = (tally: Iterable<Sight>) => [...tally].sort(([a], [b]) => a - b)

/** Every member looked for in all of them. */
const byHand = (seen: readonly Sight[]): Sight[] =>
  [...new Set(seen.map(([member]) => member))].sort().map(member => {
    const spans = seen.filter(([one]) => one === member).map(([, span]) => span)
    return [
      member,
      {
        first: Math.min(...spans.map(({ first }) => first)),
        last: Math.max(...spans.map(({ last }) => last)),
        weight: Math.max(...spans.map(({ weight }) => weight)),
      },
    ]
  })

describe('a tally', () => {
  it('holds of every member the first and last sighting and the largest weight', () => {
    fc.assert(
      fc.property(sights, seen => {
        expect(held(tallyOf(seen))).toEqual(byHand(seen))
      }),
    )
  })

  it('merged with another is the tally of both, and the other stays as it was', () => {
    fc.assert(
      fc.property(sights, sights, (one, other) => {
        const [into, from] = [tallyOf(one), tallyOf(other)]
        mergeTally(into, from)
        expect(held(into)).toEqual(byHand([...one, ...other]))
        expect(held(from)).toEqual(byHand(other))
      }),
    )
  })

  it('is cut to its smallest members', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(200)), fc.nat(20), (members, cap) => {
        const tally = tallyOf(members.map(member => [member, { first: 0, last: 0, weight: 1 }]))
        boundTally(tally, cap)
        const smallest = members.toSorted((a, b) => a - b).slice(0, cap)
        expect(held(tally).map(([member]) => member)).toEqual(smallest)
      }),
    )
  })

  it('holds 4,096 members unless told', () => {
    const tally = tallyOf(Array.from({ length: 5_000 }, (_, n) => [n, { first: 0, last: 0, weight: 1 }]))
    boundTally(tally)
    expect([tally.size, TALLY_CAP]).toEqual([4_096, 4_096])
  })
})

describe('the number of a member', () => {
  it.each([
    ['', 3_338_908_027_751_811],
    ['a', 7_929_297_801_672_961],
  ])('of %j never changes: rows in storage hold it', (text, number) => {
    expect(memberOf(text)).toBe(number)
  })

  it('is a whole number that arithmetic holds, and differs for texts that differ by little', () => {
    const numbers = Array.from({ length: 20_000 }, (_, n) => memberOf(`record ${n}`))
    expect(numbers.every(Number.isSafeInteger)).toBe(true)
    expect(new Set(numbers).size).toBe(numbers.length)
  })
})
