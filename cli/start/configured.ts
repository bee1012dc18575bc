import { setTimeout } from 'node:timers/promises'
import { Cron } from 'croner'
import { ConfigError, REACTIONS } from '../../core/model/errors.ts'
import { runSignal } from '../../core/net/deadline.ts'
import type { FeedReport } from '../../core/pipeline/poll.ts'
import { plain } from '../../core/sinks/text.ts'
import { openKept } from '../kept.ts'
import { fired } from './interrupt.ts'
import type { StartRun } from './run.ts'
import { makeStation, printResult, type Station } from './station.ts'
import { drain } from './worker.ts'

const MINUTES = 60_000

/**
 * A real tenant, or anything that answers like one. Storage is Azurite in a folder unless AzureWebJobsStorage names
 * another, so that cron or a small server can run the system without Azure.
 */
export async function runConfigured(run: StartRun): Promise<number> {
  const kept = await openKept({
    ...(run.data !== undefined && { data: run.data }),
    fresh: run.fresh,
    check: ({ POLL_SCHEDULE }) => checkSchedule(POLL_SCHEDULE),
  })
  const { alone, config, environment, settings } = kept
  try {
    const station = makeStation({
      environment,
      now: Date.now,
      log: run.log,
      screen: run.json ? undefined : text => process.stdout.write(text),
      title: process.env.AZURE_TENANT_ID ?? '',
      alone,
      config,
    })
    return run.once ? await once(run, station) : await live(run, station, settings.POLL_SCHEDULE)
  } finally {
    await kept.stop()
  }
}

function checkSchedule(pattern: string): void {
  try {
    new Cron(pattern, { paused: true })
  } catch {
    throw new ConfigError([
      'POLL_SCHEDULE is no schedule of six fields; write "0 */5 * * * *" for every five minutes.',
    ])
  }
}

/** list → ingest until the queue is empty → deliver. */
async function once(run: StartRun, station: Station): Promise<number> {
  const { app } = station
  const signal = runSignal(Date.now() + 30 * MINUTES, Date.now(), run.signal)
  await app.observe(signal)
  const feeds = await firstPoll(station, signal)
  const { findings, unread } = await drain(app, signal, run.log)
  // Sweeps are for runs that go on; whoever runs us by cron shall hear of allow entries all the same.
  await app.announce()
  const { waiting } = await app.deliver(signal)
  await printResult(station, findings, run.json)
  if (waiting > 0)
    process.stderr.write(
      `⚠ ${waiting} alerts wait for a receiver that did not take them; later runs try again.\n`,
    )
  if (unread > 0)
    process.stderr.write('⚠ Not all that is listed could be read this time; later runs try again.\n')
  return exitCode(feeds) || Math.sign(unread)
}

/** A run that was killed leaves messages hidden in the queue; the next does not wait for them to show again. */
function firstPoll({ app, alone }: Station, signal: AbortSignal): Promise<FeedReport[]> {
  return alone ? app.recover(signal) : app.poll(signal)
}

/** 2 where somebody must grant or set something, 1 where a feed could not be read to its end this time. */
function exitCode(feeds: readonly FeedReport[]): number {
  const problems = feeds.flatMap(({ problem }) => problem ?? [])
  for (const message of new Set(problems.map(problem => problem.message)))
    process.stderr.write(`✖ ${plain(message, 1_000)}\n`)
  if (problems.some(({ kind }) => REACTIONS[kind].tell)) return 2
  return problems.length > 0 ? 1 : 0
}

async function live(run: StartRun, station: Station, pollSchedule: string): Promise<number> {
  const { app } = station
  const page = await station.show(run.port)
  const jobs: Cron[] = []
  const every = (schedule: string, minutes: number, step: (signal: AbortSignal) => Promise<unknown>) =>
    jobs.push(
      job(run, schedule, () => step(runSignal(Date.now() + minutes * MINUTES, Date.now(), run.signal))),
    )
  try {
    console.log(`Watching tenant ${process.env.AZURE_TENANT_ID}. Cards: ${page.url}   (Ctrl-C ends)\n`)
    every('*/2 * * * * *', 10, signal => drain(app, signal, run.log))
    every('*/15 * * * * *', 1, signal => app.deliver(signal))
    await firstPoll(station, runSignal(Date.now() + 10 * MINUTES, Date.now(), run.signal))
    // Not before: two polls at once would both start what is not subscribed yet.
    every(pollSchedule, 4, signal => app.poll(signal))
    every('0 4-59/15 * * * *', 9, signal => app.observe(signal))
    every('0 17 * * * *', 9, signal => app.sweep(signal))
    await fired(run.signal)
  } finally {
    for (const running of jobs) running.stop()
    while (jobs.some(running => running.isBusy())) await setTimeout(100)
    await page.close()
  }
  return 0
}

/** One step on its schedule, never twice at a time. A step that fails says so and has its next turn. */
function job(run: StartRun, schedule: string, step: () => Promise<unknown>): Cron {
  const report = (error: unknown) => run.log.error(error instanceof Error ? error.message : String(error))
  return new Cron(schedule, { protect: true, timezone: 'UTC', catch: report }, async () => {
    await step()
  })
}
