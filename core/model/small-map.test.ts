import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SmallMap } from './small-map.ts'

const step = fc.oneof(
  fc.record({ do: fc.constant('set' as const), key: fc.nat(30), value: fc.nat() }),
  fc.record({ do: fc.constant('delete' as const), key: fc.nat(30) }),
)

describe('a small map', () => {
  it('is a Map at every size', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), steps => {
        const small = new SmallMap<number, number>()
        const model = new Map<number, number>()
        for (const one of steps) {
          if (one.do === 'delete') expect(small.delete(one.key)).toBe(model.delete(one.key))
          else {
            small.set(one.key, one.value)
            model.set(one.key, one.value)
          }
          expect(small.size).toBe(model.size)
          expect(small.get(7)).toBe(model.get(7))
          expect(small.has(7)).toBe(model.has(7))
        }
        expect([...small]).toEqual([...model])
        expect([...small.keys()]).toEqual([...model.keys()])
        expect([...small.values()]).toEqual([...model.values()])
        const visited: [number, number][] = []
        small.forEach((value, key) => {
          visited.push([key, value])
        })
        expect(visited).toEqual([...model])
      }),
    )
  })

  it('shares nothing with another', () => {
    const one = new SmallMap<string, number>()
    const other = new SmallMap<string, number>()
    one.set('a', 1)
    one.delete('a')
    one.set('b', 2)
    expect(other.size).toBe(0)
  })
})
