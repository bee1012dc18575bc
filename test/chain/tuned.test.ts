import { expect, it } from 'vitest'
import type { Detection } from '../../core/model/detection.ts'
import { HOUR, iso } from '../../core/model/time.ts'
import { makeMemoryTables } from '../../core/stores/memory.ts'
import { tune } from '../../core/tuning/tune.ts'
import { MIDNIGHT, probe } from '../support/histories.ts'
import { makeTestFeed } from './feed.ts'
import { makeChain, makeClock } from './kit.ts'

const other: Detection = { ...probe, id: 'other', title: 'Other thing' }
const catalogue = [probe, other]

/** Seven records a second apart, from a half hour of the day on: a medium finding of each of the two detections. */
const reading = (half: number) =>
  Array.from({ length: 7 }, (_, n) => ({
    Id: `0000000${half}-0000-4000-8000-00000000000${n}`,
    CreationTime: iso(MIDNIGHT + (half * HOUR) / 2 + n),
    Operation: 'Read',
    UserId: 'ada@birchwood.example',
  }))

it('a detection that was switched off finds nothing new, and what it found is still told in its words', async () => {
  const clock = makeClock(MIDNIGHT + 2 * HOUR)
  const tables = makeMemoryTables()
  const feed = makeTestFeed(clock.seconds)
  const round = async (detections: readonly Detection[], half: number) => {
    const chain = makeChain({ clock, feeds: [feed], tables, detections, catalogue, sinkNames: ['teams'] })
    feed.publish(reading(half), { created: clock.seconds() - 60 })
    await chain.poll()
    await chain.drain()
    clock.pass(HOUR)
    return (await chain.outbox.all('teams')).map(({ delivery }) => delivery.alert)
  }
  expect((await round(catalogue, 2)).map(({ kind, rules }) => [kind, rules.length])).toEqual([['Probe', 2]])

  const off = tune(catalogue, { detections: { probe: { enabled: false }, other: { severity: 'critical' } } })
  const [, second] = await round(off, 3)
  expect(second).toMatchObject({ revision: 2, severity: 'critical', kind: 'Other thing' })
  expect(second?.rules).toMatchObject([
    { detection: 'other', severity: 'critical', count: 14 },
    { detection: 'probe', severity: 'medium', count: 7 },
  ])
})
