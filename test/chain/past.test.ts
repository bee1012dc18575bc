import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeCollector } from '../../core/engine/collect.ts'
import { judged } from '../../core/engine/judged.ts'
import { makeParser } from '../../core/feeds/normalise/parse.ts'
import type { Finding } from '../../core/model/finding.ts'
import { LEARNING } from '../../core/model/history.ts'
import { DAY, dayOf, HOUR, iso, parseWireTime } from '../../core/model/time.ts'
import { makeMemoryTables } from '../../core/stores/memory.ts'
import type { Tables } from '../../core/stores/port.ts'
import { MIDNIGHT, type RawRecord } from '../support/histories.ts'
import { historyOver, probes } from '../support/past-probes.ts'
import { makeTestFeed } from './feed.ts'
import { type Chain, everything, facts, makeChain, makeClock, TENANT } from './kit.ts'
import { inTurns } from './turns.ts'

const dayIn = ({ CreationTime }: RawRecord) => dayOf(parseWireTime(CreationTime) ?? 0)

/** What a day brings: its records in blobs, some of them twice. */
interface Delivered {
  readonly day: number
  readonly blobs: readonly (readonly RawRecord[])[]
}

/** Records of some weeks, and how each day of them is delivered, the days in order. */
const weeks = historyOver(fc.integer({ min: 0, max: 20 })).chain(records => {
  const days = [...new Set(records.map(dayIn))].sort((a, b) => a - b)
  return fc.record({
    records: fc.constant(records),
    days: fc.tuple(
      ...days.map(day => {
        const own = records.filter(record => dayIn(record) === day)
        const some = fc.subarray(own, { minLength: 1 })
        return fc
          .tuple(some, fc.array(some, { maxLength: 2 }), fc.boolean())
          .map(([first, more, last]): Delivered => {
            const rest = own.filter(record => !first.includes(record))
            const blobs = [first, ...more, rest].filter(blob => blob.length > 0)
            return { day, blobs: last ? blobs.reverse() : blobs }
          })
      }),
    ),
  })
})

/** All records judged at once, as `replay` does. */
function atOnce(records: readonly RawRecord[]): Finding[] {
  const parse = makeParser(TENANT)
  const collector = makeCollector(probes, facts)
  for (const raw of records) {
    const { record } = parse(raw)
    if (record !== undefined) collector.add(record)
  }
  return judged([collector.subjects], probes, TENANT, Math.min(...records.map(dayIn)) + LEARNING)
}

function setUp() {
  const tables = makeMemoryTables()
  const clock = makeClock(MIDNIGHT)
  const feed = makeTestFeed(clock.seconds, { pageSize: 1 })
  const open = (on: Tables = tables) =>
    makeChain({ clock, feeds: [feed], tables: on, detections: probes, sinkNames: ['teams'] })
  return { tables, clock, feed, open, chain: open() }
}

type World = ReturnType<typeof setUp>

/** The same records through the pipeline, a day at a time. */
async function live(
  days: readonly Delivered[],
  read = ({ chain }: World) => chain.drain(),
): Promise<Finding[]> {
  const world = setUp()
  const { chain, clock, feed } = world
  for (const { day, blobs } of days) {
    clock.pass(Math.max(0, day * DAY + 23 * HOUR - clock.seconds()))
    for (const blob of blobs) feed.publish(blob, { created: clock.seconds() - 60 })
    await chain.poll()
    await read(world)
    clock.pass(HOUR)
  }
  return (await everything(chain.findings.since(0, 2.534e11))).map(({ finding }) => finding)
}

/** How much a finding rests on is the writer's own affair, and the actor of the first writer stays. */
const plain = (findings: readonly Finding[]) =>
  findings
    .map(({ basis: _, actor: __, ...rest }) => rest)
    .sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))

const messagesOf = async ({ queue }: Chain) => {
  const messages = await queue.receive(100, 60)
  for (const message of messages) await message.done()
  return messages.map(({ body }) => body)
}

describe('the pipeline finds what judging everything at once finds, if days come in order and alarms stay within theirs', () => {
  it('however a day is cut into blobs and repeated', async () => {
    let past = 0
    await fc.assert(
      fc.asyncProperty(weeks, async ({ records, days }) => {
        const expected = plain(atOnce(records))
        expect(plain(await live(days))).toEqual(expected)
        past += expected.filter(({ detection }) => detection !== 'alarm').length
      }),
      { numRuns: 60, seed: 1 },
    )
    expect(past).toBeGreaterThan(200)
  })

  it('also when two instances, each with a memory of its own, read at once', async () => {
    await fc.assert(
      fc.asyncProperty(weeks, fc.scheduler(), async ({ records, days }, scheduler) => {
        let instances: readonly Chain[] = []
        const found = await live(days, async ({ chain, open, tables }) => {
          if (instances.length === 0) instances = [1, 2].map(() => open(inTurns(tables, scheduler)))
          const messages = await messagesOf(chain)
          const reading = instances.map(async (instance, n) => {
            for (const message of n === 0 ? messages : messages.toReversed()) await instance.ingest(message)
          })
          await scheduler.waitFor(Promise.all(reading))
        })
        expect(plain(found)).toEqual(plain(atOnce(records)))
      }),
      { numRuns: 40, seed: 1 },
    )
  })

  it('but a day that comes before an earlier one does not know of it: it can tell of more, or not be told yet', async () => {
    const seen = (n: number, day: number, thing: string): RawRecord => ({
      Id: `00000000-0000-4000-8000-${n.toString().padStart(12, '0')}`,
      CreationTime: iso(MIDNIGHT + day * DAY + HOUR).slice(0, 19),
      Operation: 'Whisper',
      UserId: 'ada@birchwood.example',
      SessionId: 's2',
      Folders: [thing],
    })
    const days = [seen(0, 0, 'm1'), seen(1, 9, 'm2'), seen(2, 10, 'm2')]
    const delivered = (order: readonly number[]) =>
      order.flatMap(n => (days[n] === undefined ? [] : [{ day: dayIn(days[n]), blobs: [[days[n]]] }]))
    const news = async (order: readonly number[]) =>
      (await live(delivered(order)))
        .filter(({ detection }) => detection === 'novelty')
        .map(({ end }) => dayOf(end) - dayOf(MIDNIGHT))
    expect(await news([0, 1, 2])).toEqual([9])
    expect(await news([0, 2, 1])).toEqual([9, 10])
    expect(await news([1, 2, 0])).toEqual([])
  })
})
