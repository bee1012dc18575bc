import { Cron } from 'croner'
import type { App } from '../../core/app.ts'
import { REACTIONS } from '../../core/model/errors.ts'
import { runSignal } from '../../core/net/deadline.ts'
import type { FeedReport } from '../../core/pipeline/poll.ts'
import { readSettings } from '../../core/settings.ts'
import type { StartRun } from './run.ts'
import { makeStation, printResult, type Station } from './station.ts'
import { openLocalStorage } from './storage.ts'
import { drain } from './worker.ts'

const MINUTES = 60_000
/** Where state is kept unless told otherwise. */
const FOLDER = '.waxseal'

/**
 * A real tenant, or anything that answers like one. Storage is Azurite in a folder unless AzureWebJobsStorage names
 * another, so that cron or a small server can run the system without Azure.
 */
export async function runConfigured(run: StartRun): Promise<number> {
  // Bad settings are told before anything is started.
  readSettings({ AzureWebJobsStorage: 'UseDevelopmentStorage=true', ...process.env })
  const own = process.env.AzureWebJobsStorage
  const alone = !own
  const storage = own ? undefined : await openLocalStorage(run.data ?? FOLDER, run.fresh)
  try {
    const station = makeStation({
      environment: { ...process.env, AzureWebJobsStorage: own ?? storage?.connectionString },
      now: Date.now,
      log: run.log,
      screen: run.json ? undefined : text => process.stdout.write(text),
      title: process.env.AZURE_TENANT_ID ?? '',
      alone,
    })
    return run.once ? await once(run, station, alone) : await live(run, station, alone)
  } finally {
    await storage?.stop()
  }
}

/** list → ingest until the queue is empty → deliver. */
async function once(run: StartRun, station: Station, alone: boolean): Promise<number> {
  const { app } = station
  const signal = runSignal(Date.now() + 30 * MINUTES, Date.now(), run.signal)
  const feeds = await firstPoll(app, alone, signal)
  const { findings } = await drain(app, signal, run.log)
  const { waiting } = await app.deliver(signal)
  await printResult(station, findings, run.json)
  if (waiting > 0)
    process.stderr.write(
      `⚠ ${waiting} alerts wait for a receiver that did not take them; the next run tries again.\n`,
    )
  return exitCode(feeds)
}

/** A run that was killed leaves messages hidden in the queue; the next does not wait for them to show again. */
function firstPoll(app: App, alone: boolean, signal: AbortSignal): Promise<FeedReport[]> {
  return alone ? app.recover(signal) : app.poll(signal)
}

/** 2 where somebody must grant or set something, 1 where a feed could not be read to its end this time. */
function exitCode(feeds: readonly FeedReport[]): number {
  const problems = feeds.flatMap(({ problem }) => problem ?? [])
  for (const message of new Set(problems.map(problem => problem.message)))
    process.stderr.write(`✖ ${message}\n`)
  if (problems.some(({ kind }) => REACTIONS[kind].tell)) return 2
  return problems.length > 0 ? 1 : 0
}

async function live(run: StartRun, station: Station, alone: boolean): Promise<number> {
  const { app } = station
  const page = await station.show(run.port)
  console.log(`Watching tenant ${process.env.AZURE_TENANT_ID}. Cards: ${page.url}   (Ctrl-C ends)\n`)
  const settings = readSettings({ AzureWebJobsStorage: 'UseDevelopmentStorage=true', ...process.env })
  const signalFor = (minutes: number) => runSignal(Date.now() + minutes * MINUTES, Date.now(), run.signal)
  const jobs = [
    job(run, settings.POLL_SCHEDULE, async () => {
      await app.poll(signalFor(4))
    }),
    job(run, '*/2 * * * * *', async () => {
      await drain(app, signalFor(10), run.log)
    }),
    job(run, '*/15 * * * * *', async () => {
      await app.deliver(signalFor(1))
    }),
    job(run, '0 17 * * * *', async () => {
      await app.sweep(signalFor(9))
    }),
  ]
  await firstPoll(app, alone, signalFor(10))
  await new Promise<void>(resolve => run.signal.addEventListener('abort', () => resolve(), { once: true }))
  for (const running of jobs) running.stop()
  while (jobs.some(running => running.isBusy())) await new Promise(resolve => setTimeout(resolve, 100))
  await page.close()
  return 0
}

/** One step on its schedule, never twice at a time. A step that fails says so and has its next turn. */
function job(run: StartRun, schedule: string, step: () => Promise<void>): Cron {
  const report = (error: unknown) => run.log.error(error instanceof Error ? error.message : String(error))
  return new Cron(schedule, { protect: true, timezone: 'UTC', catch: report }, step)
}
