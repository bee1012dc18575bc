import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { readTuning } from '../../core/configuration.ts'
import { runSignal } from '../../core/net/deadline.ts'
import {
  DAY,
  HOUR,
  MINUTE,
  makeManualClock,
  makeScenario,
  makeSleeper,
  playScenario,
  type Scenario,
  startTenant,
  type Tenant,
} from '../../emulator/index.ts'
import { fired } from './interrupt.ts'
import type { StartRun } from './run.ts'
import { makeStation, printResult, type Station } from './station.ts'
import { makeStepper } from './stepper.ts'
import { openLocalStorage } from './storage.ts'
import { drain } from './worker.ts'

/** To watch, the emulated day goes by in steps as long as the time between two polls in the cloud. */
const STEP = 5 * MINUTE
/** And observers look as often as there. Nobody watches a day played to its end at once: it polls no oftener, at three quarters of the work. */
const LOOK = 15 * MINUTE
/** Live, a step takes this many real milliseconds: a day in a minute and a half. */
const PACE = 550

const EMULATED = 'AZURE_TENANT_ID is not set, so this tenant is an emulated one.'

/**
 * The emulated tenant: no account, no network. It is born anew at every start, and so is what we know of it: its
 * state lives in memory unless a folder is given, and there in a place of its own, away from what is known of a real
 * tenant.
 */
export async function runEmulated(run: StartRun): Promise<number> {
  const scenario = makeScenario(run.scenario)
  // Nothing can be read in the night, so the day begins shortly before its first blob.
  const clock = makeManualClock(Math.floor((scenario.timeline[0]?.at ?? 0) / HOUR) * HOUR)
  const tenant = await startTenant({
    clock,
    tenantId: scenario.tenant.tenantId,
    // Our credential library judges tokens by real time, and the day runs at another.
    credentialNow: Date.now,
    tokenLifeSeconds: DAY / 1000,
    lookBackGraceMs: HOUR,
  })
  const { name } = scenario.tenant
  const storage = await openLocalStorage(
    run.data === undefined ? undefined : join(run.data, 'emulated'),
    true,
  )
  try {
    playScenario(tenant, scenario)
    const station = makeStation({
      environment: surroundings(tenant, name, storage.connectionString),
      now: clock.now,
      // What waits for its turn at Graph waits by the day's clock.
      sleep: makeSleeper(clock),
      log: run.log,
      screen: run.json ? undefined : text => process.stdout.write(text),
      title: `${name} (emulated)`,
      alone: true,
      // A file that merely lies here is about a real tenant; one that is named is meant for this one as well.
      config: process.env.WAXSEAL_CONFIG
        ? readTuning(process.env, [process.cwd()], Date.now() / 1000)?.config
        : undefined,
    })
    const end = Math.max(...scenario.timeline.map(({ at, availableAt }) => availableAt ?? at)) + 2 * LOOK
    return run.once ? await once(run, station, clock, end) : await live(run, station, clock, end, scenario)
  } finally {
    await Promise.all([tenant.stop(), storage.stop()])
  }
}

/** The tenant is reached with nothing but the settings a real one needs. The identity library reads its own from the process. */
function surroundings(tenant: Tenant, name: string, storage: string): Record<string, string> {
  const identity = { IDENTITY_ENDPOINT: tenant.identityEndpoint, IDENTITY_HEADER: tenant.identityHeader }
  Object.assign(process.env, identity)
  return {
    ...identity,
    AZURE_TENANT_ID: tenant.tenantId,
    MANAGEMENT_API_URL: tenant.managementUrl,
    GRAPH_API_URL: tenant.graphUrl,
    TENANT_NAME: name,
    TEAMS_WEBHOOK_URL: tenant.teamsUrl,
    AzureWebJobsStorage: storage,
  }
}

type ManualClock = ReturnType<typeof makeManualClock>

/** Everything that happens between two steps of the clock, `ms` apart; the ids of what was found. */
async function step(
  { app }: Station,
  clock: ManualClock,
  ms: number,
  run: StartRun,
): Promise<ReadonlySet<string>> {
  clock.advance(ms)
  const signal = runSignal(clock.now() + HOUR, clock.now(), run.signal)
  if (clock.now() % LOOK < ms) await app.observe(signal)
  await app.poll(signal)
  const { findings } = await drain(app, signal, run.log)
  await app.deliver(signal)
  return findings
}

async function once(run: StartRun, station: Station, clock: ManualClock, end: number): Promise<number> {
  const stepper = makeStepper(process.stderr, Math.ceil((end - clock.now()) / LOOK), !run.json)
  const found = new Set<string>()
  process.stderr.write(`${EMULATED}\n`)
  while (clock.now() < end && !run.signal.aborted) {
    stepper.at(clock.now())
    for (const id of await step(station, clock, LOOK, run)) found.add(id)
  }
  stepper.stop()
  await printResult(station, found, run.json)
  return run.signal.aborted ? 130 : 0
}

async function live(
  run: StartRun,
  station: Station,
  clock: ManualClock,
  end: number,
  scenario: Scenario,
): Promise<number> {
  const page = await station.show(run.port)
  try {
    console.log(
      `${scenario.about}\n${EMULATED} Its day passes in a minute and a half.\nCards as Teams would show them: ${page.url}   (Ctrl-C ends)\n`,
    )
    const found = new Set<string>()
    while (!run.signal.aborted && clock.now() < end) {
      const began = performance.now()
      for (const id of await step(station, clock, STEP, run)) found.add(id)
      const rest = Math.max(0, PACE - (performance.now() - began))
      await setTimeout(rest, undefined, { signal: run.signal }).catch(() => {})
    }
    await printResult(station, found, false)
    if (!run.signal.aborted) console.log(`The day is over. The page stays at ${page.url} until Ctrl-C.`)
    await fired(run.signal)
    return 0
  } finally {
    await page.close()
  }
}
