import { describe, expect, it } from 'vitest'
import { everything, facts, TENANT } from '../../test/chain/kit.ts'
import { MIDNIGHT, probe } from '../../test/support/histories.ts'
import { makeCollector, type Series, type Subjects } from '../engine/collect.ts'
import { makeParser } from '../feeds/normalise/parse.ts'
import { DAY, dayOf, iso } from '../model/time.ts'
import { makeMemoryTables } from './memory.ts'
import type { Table, Tables } from './port.ts'
import { makeTallies, type Reach } from './tallies.ts'
import type { Wanted } from './tally-rows.ts'

const ADA = 'ada@birchwood.example'
const TODAY = dayOf(MIDNIGHT)
const parse = makeParser(TENANT)

/** One record each: its seconds after midnight are its id too. */
function collected(times: readonly number[], UserId = ADA): Subjects {
  const collector = makeCollector([probe], facts)
  for (const at of times) {
    const Id = `00000000-0000-4000-8000-${Math.abs(at).toString().padStart(12, '0')}`
    const { record } = parse({ Id, CreationTime: iso(MIDNIGHT + at), Operation: 'Flag', UserId })
    if (record !== undefined) collector.add(record)
  }
  return collector.subjects
}

/** What there is to store of one person: the collector's own series know more. */
function plain(subjects: Subjects): Map<string, Series> {
  const all = subjects.get(ADA) ?? new Map<string, Series>()
  return new Map([...all].map(([id, { detection, key, panes }]) => [id, { detection, key, panes }]))
}

/** Times of all records in what was read, after midnight. */
function timesIn(found: ReadonlyMap<string, Series>): number[] {
  return [...found.values()]
    .flatMap(({ panes }) => [...panes.values()].flatMap(({ records }) => [...records.values()]))
    .map(({ at }) => at - MIDNIGHT)
    .sort((a, b) => a - b)
}

function setUp() {
  const tables = makeMemoryTables()
  return { tables, tallies: makeTallies(tables, TENANT) }
}

async function rowsIn(tables: Tables): Promise<number> {
  let rows = 0
  for (const name of await tables.names('tallies'))
    rows += (await everything(tables.table(name).range(TENANT, '', '~'))).length
  return rows
}

/** Has something else happen once, after so many rows of a range, which are looked up one by one as a service pages. */
function interrupted(tables: Tables, after: number, happen: () => Promise<unknown>): Tables {
  let rows = 0
  const table = (name: string): Table => {
    const inner = tables.table(name)
    return {
      ...inner,
      async *range<T>(partition: string, from: string, to: string) {
        for (let next = from; ; ) {
          if (rows++ === after) await happen()
          const [row] = await everything(inner.range<T>(partition, next, to))
          if (row === undefined) return
          yield row
          next = `${row.row}\0`
        }
      },
    }
  }
  return { ...tables, table }
}

describe('tallies', () => {
  it('come back as they were written', async () => {
    const { tallies } = setUp()
    const subjects = collected([10, 700, 5_000])
    await tallies.write('blob', subjects)
    expect(await tallies.read(ADA, { from: TODAY, to: TODAY }, { near: 0 })).toEqual(plain(subjects))
  })

  it('of several blobs are one set, and writing a blob again changes nothing', async () => {
    const { tallies } = setUp()
    await tallies.write('one', collected([10, 20]))
    await tallies.write('two', collected([20, 30]))
    await tallies.write('one', collected([10, 20]))
    expect(await tallies.read(ADA, { from: TODAY, to: TODAY }, { near: 0 })).toEqual(
      plain(collected([10, 20, 30])),
    )
  })

  it('are read for the days asked for, across weeks', async () => {
    const { tables, tallies } = setUp()
    await tallies.write('blob', collected([-DAY - 1, -1, 1, DAY + 1, 8 * DAY]))
    expect((await tables.names('tallies')).length).toBeGreaterThan(1)
    expect(timesIn(await tallies.read(ADA, { from: TODAY, to: TODAY }, { near: 0 }))).toEqual([1])
    expect(timesIn(await tallies.read(ADA, { from: TODAY - 1, to: TODAY + 1 }, { near: 0 }))).toEqual([
      -1,
      1,
      DAY + 1,
    ])
    expect(timesIn(await tallies.read(ADA, { from: TODAY - 9, to: TODAY + 9 }, { near: 0 }))).toEqual([
      -DAY - 1,
      -1,
      1,
      DAY + 1,
      8 * DAY,
    ])
  })

  it('are kept apart by subject, also where one name begins with another or is hostile', async () => {
    const { tallies } = setUp()
    const names = ['ada', 'ada.', "ada' or 1 eq 1", 'ada/../ben', 'é'.repeat(400)]
    for (const [n, name] of names.entries()) await tallies.write('blob', collected([n + 1], name))
    for (const [n, name] of names.entries()) {
      const known = [...collected([n + 1], name).keys()][0] ?? ''
      expect(timesIn(await tallies.read(known, { from: TODAY, to: TODAY }, { near: 0 }))).toEqual([n + 1])
    }
  })

  it('of detections that look far back have rows of their own, and only what is asked for is read', async () => {
    const tables = makeMemoryTables()
    const days = { from: TODAY, to: TODAY }
    const times = async (far: boolean, reach: Reach, isWanted?: Wanted) => {
      const name = far ? 'far' : 'near'
      const tallies = makeTallies(tables, `${TENANT}${name}`, { isFar: () => far })
      await tallies.write('blob', collected([-6 * DAY, 1]))
      return timesIn(await tallies.read(ADA, days, reach, isWanted))
    }
    expect(await times(true, { near: 7 })).toEqual([])
    expect(await times(true, { far: 0 })).toEqual([1])
    expect(await times(true, { near: 1, far: 7 })).toEqual([-6 * DAY, 1])
    expect(await times(false, { near: 1, far: 7 })).toEqual([1])
    expect(await times(false, { near: 0 }, () => false)).toEqual([])
    const [probed] = plain(collected([1])).keys()
    expect(await times(false, { near: 0 }, id => id === probed)).toEqual([1])
  })

  it('of hundreds of blobs are packed while they are read, and stay one set', async () => {
    const { tables, tallies } = setUp()
    const times = Array.from({ length: 300 }, (_, n) => n * 7)
    for (const [n, at] of times.entries()) {
      await tallies.write(`${n.toString(16)}f`, collected([at]))
      if (n % 3 === 0) await tallies.read(ADA, { from: TODAY - 1, to: TODAY + 1 }, { near: 0 })
    }
    expect(timesIn(await tallies.read(ADA, { from: TODAY, to: TODAY }, { near: 0 }))).toEqual(times)
    expect(await rowsIn(tables)).toBeLessThan(2 * 18)
    // As after a death before the ledger knew.
    for (const [n, at] of times.slice(0, 40).entries())
      await tallies.write(`${n.toString(16)}f`, collected([at]))
    for (let n = 0; n < 3; n++)
      expect(timesIn(await tallies.read(ADA, { from: TODAY, to: TODAY }, { near: 0 }))).toEqual(times)
  })

  it('are left as they are where they would not become fewer', async () => {
    const tables = makeMemoryTables()
    const tallies = makeTallies(tables, TENANT, { packed: 2 })
    const times = Array.from({ length: 5_000 }, (_, n) => n)
    for (const part of [0, 1]) await tallies.write(`${part}f`, collected(times.filter(at => at % 2 === part)))
    const { writes } = tables.stats()
    for (let n = 0; n < 2; n++)
      expect(timesIn(await tallies.read(ADA, { from: TODAY, to: TODAY }, { near: 0 }))).toEqual(times)
    expect(tables.stats().writes).toBe(writes)
  })

  it('are all read by whoever is half way through them when they are packed', async () => {
    for (let before = 0; before <= 40; before++) {
      const { tables, tallies } = setUp()
      const times = Array.from({ length: 40 }, (_, n) => n * 7)
      for (const at of times) await tallies.write(at.toString(16), collected([at]))
      const slow = interrupted(tables, before, () =>
        tallies.read(ADA, { from: TODAY, to: TODAY }, { near: 0 }),
      )
      expect(
        timesIn(await makeTallies(slow, TENANT).read(ADA, { from: TODAY, to: TODAY }, { near: 0 })),
      ).toEqual(times)
    }
  })

  it('of a blob of a hundred people cost one transaction', async () => {
    const { tables, tallies } = setUp()
    const all: Subjects = new Map()
    for (let n = 0; n < 100; n++)
      for (const [subject, one] of collected([n], `user${n}`)) all.set(subject, one)
    await tallies.write('first', all)
    const before = tables.stats().writes
    await tallies.write('second', all)
    expect(tables.stats().writes - before).toBe(1)
  })
})
