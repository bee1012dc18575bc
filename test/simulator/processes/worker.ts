import { flushCompileCache } from 'node:module'
import { type App, INGEST_QUEUE, makeApp } from '../../../core/app.ts'
import { silent } from '../../../core/log.ts'
import { FeedError, StoreError } from '../../../core/model/errors.ts'
import { runSignal } from '../../../core/net/deadline.ts'
import type { Sleep } from '../../../core/net/sleep.ts'
import { type IngestMessage, readMessage } from '../../../core/pipeline/messages.ts'
import { readSettings } from '../../../core/settings.ts'
import type { QueueMessage } from '../../../core/stores/port.ts'
import { makeQueue } from '../../../core/stores/queue/queue.ts'
import { makeTables } from '../../../core/stores/tables/tables.ts'
import type { Life, Order, Report, Step } from './orders.ts'
import { beginLife, errands, installTransport, isQuiet, isStalled, resumeStalled } from './transport.ts'
import { setSkew } from './world-time.ts'

/** As in host.json and in the functions. */
const TRIES = 5
const PAUSE = 120
const BATCH = 4
const LIMITS = { poll: 4, deliver: 1, observe: 9, sweep: 9, ingest: 8 } as const

let app: App
let skew = 0
let outstanding = 0
let faults: string[] = []
const sleepers = new Set<{ readonly until: number; readonly wake: () => void }>()

const report = (what: Report) => process.send?.(what)

/** Waits for the simulated world to get there. */
const sleep: Sleep = (ms, signal) =>
  new Promise((resolve, reject) => {
    const sleeper = { until: Math.ceil(Date.now() - skew + ms), wake: resolve }
    const stop = () => {
      sleepers.delete(sleeper)
      reject(signal.reason)
    }
    if (signal.aborted) return stop()
    signal.addEventListener('abort', stop, { once: true })
    sleepers.add(sleeper)
    look()
  })

let looking: NodeJS.Timeout | undefined
/** Real milliseconds in which nothing has to happen before a process counts as waiting. */
const CALM = 3

function look(): void {
  clearTimeout(looking)
  looking = setTimeout(() => {
    if (outstanding === 0 || !isQuiet()) return
    if (sleepers.size > 0)
      report({ kind: 'waiting', until: Math.min(...[...sleepers].map(({ until }) => until)) })
    else if (isStalled()) report({ kind: 'waiting' })
  }, CALM)
}

function live(life: Life): void {
  skew = life.skew
  setSkew(skew)
  const settings = readSettings(life.settings)
  Object.assign(process.env, life.settings)
  const connection = { connectionString: life.settings.AzureWebJobsStorage ?? '' }
  const platform = { now: Date.now, random: Math.random, log: silent, environment: process.env, sleep }
  app = makeApp(settings, platform, {
    tables: makeTables(connection, life.prefix),
    queue: makeQueue<IngestMessage>(connection, `${INGEST_QUEUE}-${life.prefix}`),
  })
  for (const sink of app.sinks) {
    const { send } = sink
    sink.send = (alert, ...rest) => {
      const { id, incident, revision } = alert
      const headers = { 'x-simulator': JSON.stringify({ life: life.name, alert: id, incident, revision }) }
      return errands.run({ headers }, () => send(alert, ...rest))
    }
  }
  beginLife(life)
}

const limit = (kind: Step['kind']) => runSignal(Date.now() + LIMITS[kind] * 60_000, Date.now())

async function run(step: Step): Promise<void> {
  await errands.run({ step: step.kind }, async () => {
    if (step.kind === 'ingest') await drain(step)
    else await app[step.kind](limit(step.kind))
  })
}

/** As the Functions host has messages worked off, a batch at a time. */
async function drain({ count, hide }: Step & { kind: 'ingest' }): Promise<void> {
  for (let left = count; left > 0; left -= BATCH) {
    const messages = await app.queue.receive(Math.min(left, BATCH), hide)
    await Promise.all(messages.map(message => handle(message)))
    if (messages.length < BATCH) return
  }
}

async function handle(message: QueueMessage<IngestMessage>): Promise<void> {
  try {
    // A process that dies fails nothing: the host sees only that the message was handed out once too often.
    if (message.attempt > TRIES) throw new Error('handed out too often')
    await app.ingest(readMessage(message.body), limit('ingest'))
  } catch {
    if (message.attempt < TRIES) return await message.release(PAUSE)
    await setAside(message.body)
  }
  await message.done()
}

/** As functions/quarantine.ts does. */
async function setAside(body: unknown): Promise<void> {
  let message: IngestMessage
  try {
    message = readMessage(body)
  } catch {
    return
  }
  await app.quarantine(message)
}

async function survived(step: Step): Promise<void> {
  try {
    await run(step)
  } catch (error) {
    // The host ends a step on these, and begins it again at the next turn of the timer.
    if (error instanceof StoreError || error instanceof FeedError) return
    faults.push(`${step.kind}: ${error instanceof Error ? error.stack : error}`)
  }
}

async function work(steps: readonly Step[]): Promise<void> {
  outstanding += steps.length
  for (const step of steps)
    void survived(step).finally(() => {
      outstanding--
      if (outstanding > 0) return look()
      report({ kind: 'done', faults })
      faults = []
    })
}

function wake(resume: boolean): void {
  const now = Date.now() - skew
  for (const sleeper of sleepers)
    if (sleeper.until <= now) {
      sleepers.delete(sleeper)
      sleeper.wake()
    }
  if (resume) resumeStalled()
  look()
}

installTransport(look)
process.on('message', (order: Order) => {
  switch (order.kind) {
    case 'live':
      live(order.life)
      report({ kind: 'living' })
      break
    case 'work':
      void work(order.steps)
      break
    case 'wake':
      wake(order.resume)
  }
})
process.on('disconnect', () => process.exit())
// Node writes the compile cache at the end of a process, which a SIGKILL leaves out.
flushCompileCache()
report({ kind: 'ready' })
