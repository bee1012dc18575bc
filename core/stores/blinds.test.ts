import { describe, expect, it } from 'vitest'
import { makeFinding } from '../../test/chain/findings.ts'
import type { Blind } from '../model/detection.ts'
import { makeBlinds } from './blinds.ts'
import { makeMemoryTables } from './memory.ts'

const blind = (from: number, to?: number): Blind => ({
  whose: ['ada@birchwood.example'],
  what: 'reads of mail',
  from,
  ...(to !== undefined && { to }),
})

describe('times without records', () => {
  it('are kept one a finding, for another instance too', async () => {
    const tables = makeMemoryTables()
    const [one, two] = [makeFinding({ key: ['one'] }), makeFinding({ key: ['two'] })]
    await makeBlinds(tables, 't').note(one, blind(5))
    await makeBlinds(tables, 't').note(two, blind(7, 9))
    await makeBlinds(tables, 't').note(two, blind(7, 9))
    expect(await makeBlinds(tables, 't').all()).toEqual(expect.arrayContaining([blind(5), blind(7, 9)]))
    expect(await makeBlinds(tables, 't').all()).toHaveLength(2)
    expect(await makeBlinds(tables, 'another').all()).toEqual([])
  })

  it('are those of the fuller state of a finding, whichever instance writes last', async () => {
    for (const order of [
      [1, 2],
      [2, 1],
    ]) {
      const blinds = makeBlinds(makeMemoryTables(), 't')
      for (const basis of order) await blinds.note(makeFinding({ basis }), blind(5, 10 * basis))
      expect(await blinds.all()).toEqual([blind(5, 20)])
    }
  })

  it('are one and the fuller when two instances note them at once', async () => {
    const tables = makeMemoryTables()
    const notes = Array.from({ length: 12 }, (_, n) => ({ basis: (n * 5) % 12, by: makeBlinds(tables, 't') }))
    await Promise.all(notes.map(({ basis, by }) => by.note(makeFinding({ basis }), blind(5, 100 + basis))))
    expect(await makeBlinds(tables, 't').all()).toEqual([blind(5, 111)])
  })

  it('are removed once they ended, or began without an end, before a time', async () => {
    const blinds = makeBlinds(makeMemoryTables(), 't')
    await blinds.note(makeFinding({ key: ['ended'] }), blind(5, 99))
    await blinds.note(makeFinding({ key: ['ends later'] }), blind(5, 100))
    await blinds.note(makeFinding({ key: ['began'] }), blind(99))
    await blinds.note(makeFinding({ key: ['began later'] }), blind(100))
    expect(await blinds.purge(100)).toBe(2)
    expect(await blinds.all()).toEqual(expect.arrayContaining([blind(5, 100), blind(100)]))
    expect(await blinds.purge(100)).toBe(0)
  })
})
