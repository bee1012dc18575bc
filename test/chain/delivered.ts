import { type MemoryOptions, makeMemoryTables } from '../../core/stores/memory.ts'
import type { Tables } from '../../core/stores/port.ts'
import { makeChain, makeClock } from './kit.ts'
import { makeTestSink, sampleAlert } from './sink.ts'

interface Options {
  readonly tables?: Tables
  /** How storage fails, where it is not given. */
  readonly memory?: MemoryOptions
  readonly sinks?: readonly ReturnType<typeof makeTestSink>[]
}

/** An outbox with sinks behind it; the first of them is `sink`. Storage keeps the test's time. */
export function setUpDelivery({ memory, sinks = [makeTestSink()], ...options }: Options = {}) {
  const clock = makeClock()
  const tables = options.tables ?? makeMemoryTables({ ...memory, now: clock.now })
  const chain = makeChain({ clock, feeds: [], tables, sinks })
  const [sink] = sinks
  if (sink === undefined) throw new Error('A test needs a sink')
  const add = async (incident: string, revision = 1, change?: string) => {
    for (const { id } of sinks)
      await chain.outbox.add(id, sampleAlert(incident, revision, change), clock.seconds())
  }
  const stateOf = async (alert: string) => (await chain.outbox.get(sink.id, alert))?.delivery
  /** The timer's minutes. */
  const minutes = async (count: number) => {
    for (let minute = 0; minute < count; minute++) {
      await chain.deliver()
      clock.pass(60)
    }
  }
  return { clock, chain, sink, add, stateOf, minutes }
}
