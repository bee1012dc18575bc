import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { StoreError } from '../model/errors.ts'
import { makeChange } from './change.ts'
import { makeMemoryTables } from './memory.ts'

const add =
  (member: number) =>
  (known: readonly number[] = []) =>
    known.includes(member) ? known : [...known, member]

function setUp({ remember = 10, failAt = () => false }: { remember?: number; failAt?: () => boolean } = {}) {
  const tables = makeMemoryTables({ failAt, when: 'after' })
  const table = tables.table('facts')
  const instance = () => makeChange(table, 'p', { remember })
  const cost = async (work: () => Promise<unknown>) => {
    const before = tables.stats()
    await work()
    const { reads, writes } = tables.stats()
    return { reads: reads - before.reads, writes: writes - before.writes }
  }
  return { table, instance, cost, value: async () => (await table.get('p', 'r'))?.value }
}

describe('a change', () => {
  it('of one of several instances is never lost, whatever they remember', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(2), fc.nat(9)), { minLength: 1, maxLength: 30 }),
        fc.nat(2),
        async (steps, remember) => {
          const { instance, value } = setUp({ remember })
          const instances = [instance(), instance(), instance()]
          await Promise.all(steps.map(([who, member]) => instances[who]?.('r', add(member))))
          const sorted = (all: unknown) => [...(all as number[])].sort()
          expect(sorted(await value())).toEqual(sorted([...new Set(steps.map(([, member]) => member))]))
        },
      ),
    )
  })

  it('of a row that is remembered is one write, and nothing where there is nothing to do', async () => {
    const { instance, cost } = setUp()
    const change = instance()
    await change('r', add(1))
    expect(await cost(() => change('r', add(2)))).toEqual({ reads: 0, writes: 1 })
    expect(await cost(() => change('r', add(1)))).toEqual({ reads: 0, writes: 0 })
  })

  it('reads again where somebody else wrote, and where nothing is remembered', async () => {
    const { instance, cost, value } = setUp()
    const [one, two] = [instance(), instance()]
    await one('r', add(1))
    await two('r', add(2))
    expect(await cost(() => one('r', add(3)))).toEqual({ reads: 1, writes: 2 })
    expect(await value()).toEqual([1, 2, 3])
    const forgetful = setUp({ remember: 0 })
    const change = forgetful.instance()
    await change('r', add(1))
    expect(await forgetful.cost(() => change('r', add(2)))).toEqual({ reads: 1, writes: 1 })
  })

  it('whose answer was lost is read before the next', async () => {
    let fails = false
    const { instance, cost, value } = setUp({ failAt: () => fails })
    const change = instance()
    await change('r', add(1))
    fails = true
    await expect(change('r', add(2))).rejects.toThrow(StoreError)
    fails = false
    expect(await cost(() => change('r', add(3)))).toEqual({ reads: 1, writes: 1 })
    expect(await value()).toEqual([1, 2, 3])
  })
})
