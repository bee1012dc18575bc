import { expect, it } from 'vitest'
import { makeManualClock, makeSleeper } from '../../../emulator/index.ts'
import { runSignal } from '../../net/deadline.ts'
import { START, serve } from '../../net/loopback.test-kit.ts'
import { makeMemoryTables } from '../../stores/memory.ts'
import { makeTurns } from '../../stores/turns.ts'
import { type GraphQuery, makeGraph } from './transport.ts'

const QUERY: GraphQuery = {
  family: 'reporting',
  version: 'v1.0',
  path: '/auditLogs/signIns',
  subject: { what: 'sign-ins', permission: 'AuditLog.Read.All' },
}

/** Four processes on one storage, and when their requests arrived. */
async function setUp(refuse: (n: number) => boolean = () => false) {
  const clock = makeManualClock(START)
  const sleep = makeSleeper(clock)
  const tables = makeMemoryTables()
  const arrived: number[] = []
  const { origin } = await serve(() => {
    arrived.push(clock.now())
    if (refuse(arrived.length)) return { status: 429, headers: { 'Retry-After': '60' } }
    return { status: 200, headers: { 'Content-Type': 'application/json' }, body: '{"value":[]}' }
  })
  const open = () =>
    makeGraph({
      origin,
      tokens: { token: async () => 'token', forget: () => {} },
      now: clock.now,
      random: () => 0.5,
      sleep,
      book: family => makeTurns(tables, 't', `graph-${family}`),
    })
  const ask = async (graph: ReturnType<typeof open>, times: number) => {
    for (let n = 0; n < times; n++) await graph.page(QUERY, { signal: runSignal(START + 600_000, START) })
  }
  return { arrived, ask, clock, processes: [open(), open(), open(), open()] }
}

it('four processes together ask for five reports in any ten seconds, and for nearly as many as that', async () => {
  const { arrived, ask, clock, processes } = await setUp()
  await Promise.all(processes.map(graph => ask(graph, 6)))
  for (const at of arrived)
    expect(arrived.filter(other => other >= at && other < at + 10_000).length).toBeLessThanOrEqual(5)
  expect(arrived).toHaveLength(24)
  expect((clock.now() - START) / 24).toBeLessThan(2_600)
})

it('what one process is told to wait, all wait', async () => {
  const { arrived, ask, processes } = await setUp(n => n === 1)
  await Promise.all(processes.map(graph => ask(graph, 2)))
  const [first = 0, ...others] = arrived
  expect(others).toHaveLength(8)
  // Each may have had a turn in hand when the first was refused.
  expect(others.filter(at => at < first + 60_000).length).toBeLessThanOrEqual(3)
})
