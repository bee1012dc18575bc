import { describe, expect, it } from 'vitest'
import { makeHistories } from './histories.ts'
import { makeMemoryTables } from './memory.ts'

const DAY = 20_000
const ADA = 'ada@birchwood.example'
const seen = (name: string, day: number) => ({
  terms: [[name, day] as const],
  totals: [['own', day, 7] as const],
})
const NOTHING = { terms: [], totals: [] }

describe('the histories', () => {
  it('give back what they were taught, also to another instance', async () => {
    const tables = makeMemoryTables()
    await makeHistories(tables, 't').teach(ADA, seen('a', DAY))
    const other = makeHistories(tables, 't')
    await other.teach(ADA, seen('b', DAY + 1))
    const { since, terms, totals } = await makeHistories(tables, 't').read(ADA, DAY)
    expect(since).toBe(DAY)
    expect([...terms]).toEqual([
      ['a', [DAY]],
      ['b', [DAY + 1]],
    ])
    expect([...(totals.get('own') ?? [])]).toEqual([
      [DAY, 7],
      [DAY + 1, 7],
    ])
  })

  it('lose nothing when two instances teach at once', async () => {
    const tables = makeMemoryTables()
    const [one, two] = [makeHistories(tables, 't'), makeHistories(tables, 't')]
    const names = Array.from({ length: 10 }, (_, n) => `n${n}`)
    await Promise.all(names.map((name, n) => (n % 2 === 0 ? one : two).teach(ADA, seen(name, DAY + n))))
    const { terms } = await makeHistories(tables, 't').read(ADA, DAY)
    expect([...terms.keys()].sort()).toEqual(names)
  })

  it('touch storage only for what is not known yet, and once a day', async () => {
    const tables = makeMemoryTables()
    const histories = makeHistories(tables, 't')
    const lessons = { ...seen('a', DAY), open: DAY + 1 }
    await histories.teach(ADA, lessons)
    const before = { ...tables.stats() }
    await histories.teach(ADA, lessons)
    expect((await histories.read(ADA, DAY + 1)).terms.has('a')).toBe(true)
    expect(tables.stats()).toEqual(before)
    await histories.read(ADA, DAY + 2)
    expect(tables.stats()).not.toEqual(before)
  })

  it('remember that a subject was seen before they know anything else of it', async () => {
    const tables = makeMemoryTables()
    await makeHistories(tables, 't').teach(ADA, { ...NOTHING, open: DAY })
    const history = await makeHistories(tables, 't').read(ADA, DAY)
    expect(history).toEqual({ open: DAY, terms: new Map(), totals: new Map() })
  })

  it('forget whom nothing was learned of since', async () => {
    const histories = makeHistories(makeMemoryTables(), 't')
    await histories.teach(ADA, seen('a', DAY))
    await histories.teach('ben@birchwood.example', seen('a', DAY + 9))
    expect(await histories.purge((DAY + 5) * 86_400)).toBe(1)
    expect(await histories.purge((DAY + 5) * 86_400)).toBe(0)
  })
})
