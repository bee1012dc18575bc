import type { App } from '../../core/app.ts'
import { duration } from '../../core/doctor/duration.ts'
import { HOUR, MINUTE, type Seconds } from '../../core/model/time.ts'
import type { Drill } from '../../core/pipeline/drill.ts'
import { jsonLine } from '../json-line.ts'
import { destinationOf, drillText, instructions, removal } from './words.ts'

export interface DrillRun {
  readonly code: string
  /** A drill that goes on: the rule is there already. */
  readonly resumed: boolean
  readonly json: boolean
  readonly patience: Seconds
  readonly app: Pick<App, 'drill'>
  /** Lists, reads, judges and delivers once; nothing where a deployment does that. */
  cycle(): Promise<unknown>
  /** Resolves once somebody says that the rule is made. */
  made(): Promise<void>
  /** UTC milliseconds. */
  now(): number
  /** Resolves at once when the signal fires. */
  sleep(ms: number): Promise<void>
  readonly signal: AbortSignal
  say(text: string): void
}

/** Between two looks, and between two lines of the stopwatch. */
const LOOK_MS = 30_000
const TELL: Seconds = 10 * MINUTE
/** Records carry the server's time, and clocks differ; a resumed drill began earlier. */
const BACK: Seconds = 10 * MINUTE
const RESUMED_BACK: Seconds = 48 * HOUR
/** Looks until a finding without any card is taken for one that gets none. */
const LOOKS = 4

/** Waits for the card of a rule that somebody makes. Returns the exit code: 1 where it did not come in time. */
export async function runDrill(run: DrillRun): Promise<number> {
  const { code, json, now, resumed, say, signal } = run
  const seconds = () => Math.floor(now() / 1000)
  if (!resumed) {
    say(instructions(code))
    await run.made()
  }
  const began = seconds()
  const since = began - (resumed ? RESUMED_BACK : BACK)
  let told = began
  let looks = 0
  while (!signal.aborted && seconds() - began < run.patience) {
    await run.cycle()
    const drill = await run.app.drill(destinationOf(code), since)
    looks = drill === undefined ? 0 : looks + 1
    if (drill?.posted !== undefined || (drill !== undefined && !drill.told && looks >= LOOKS)) {
      say(json ? timesLine(code, drill) : `${drillText(drill)}\n\n${removal(code)}`)
      return 0
    }
    if (!json && seconds() - told >= TELL) {
      say(
        `${duration(seconds() - began)}: ${drill === undefined ? 'nothing yet' : 'recognised, and not posted yet'}`,
      )
      told = seconds()
    }
    await run.sleep(Math.min(LOOK_MS, Math.max(0, began + run.patience - seconds()) * 1000))
  }
  say(
    signal.aborted
      ? removal(code)
      : `Nothing came in ${duration(run.patience)}. Run waxseal doctor, which looks at everything on the way.\n${removal(code)}`,
  )
  return signal.aborted ? 130 : 1
}

function timesLine(code: string, { told, ...drill }: Drill): string {
  const times = Object.entries(drill).map(([name, value]) => [
    name,
    typeof value === 'number' ? new Date(value * 1000).toISOString() : value,
  ])
  return jsonLine({ type: 'drill', code, ...Object.fromEntries(times), told })
}
