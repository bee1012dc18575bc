import { type App, makeApp, openStorage } from '../../core/app.ts'
import { estimate, estimateText } from '../../core/cost/estimate.ts'
import type { Log } from '../../core/log.ts'
import { DAY } from '../../core/model/time.ts'
import type { Sleep } from '../../core/net/sleep.ts'
import { ownDomains } from '../../core/own.ts'
import { readSettings } from '../../core/settings.ts'
import type { StoredFinding } from '../../core/stores/findings.ts'
import { type Config, UNTUNED } from '../../core/tuning/config.ts'
import { findingLine, summaryLine } from '../lines.ts'
import { servePage } from '../page/server.ts'
import { makeRunStats, type RunStats, type RunTotals } from '../run-stats.ts'
import { summaryText } from '../terminal.ts'
import { pageState } from './page-state.ts'
import { makeScreen } from './screen.ts'

/** The whole system on this machine, put together for one run of the command. */
export interface Station {
  readonly app: App
  readonly stats: RunStats
  /** No other process works on the same storage. */
  readonly alone: boolean
  /** Serves the local page and tells where. */
  show(port: number): Promise<{ url: string; close(): Promise<void> }>
}

export interface StationOptions {
  readonly environment: Readonly<Record<string, string | undefined>>
  /** UTC milliseconds. */
  now(): number
  /** Waits by that clock; by real time unless told. */
  readonly sleep?: Sleep
  readonly log: Log
  /** Where posted alerts are shown; nowhere if absent. */
  readonly screen?: ((text: string) => void) | undefined
  readonly title: string
  readonly alone: boolean
  /** What the operator tuned; nothing if absent. */
  readonly config?: Config | undefined
}

export function makeStation(options: StationOptions): Station {
  const { environment, now, sleep, log, screen, title, alone, config = UNTUNED } = options
  const settings = readSettings(environment)
  const stats = makeRunStats()
  const platform = {
    now,
    random: Math.random,
    ...(sleep && { sleep }),
    log,
    environment,
    config,
    alone,
    sinks: [makeScreen(screen)],
    onRead({ records, counts }: Parameters<NonNullable<Parameters<typeof makeApp>[1]['onRead']>>[0]) {
      for (const record of records) stats.add(record)
      for (const [reason, times] of Object.entries(counts.rejected)) stats.reject(reason, times)
    },
  }
  const app = makeApp(settings, platform, openStorage(settings, platform))
  return {
    app,
    stats,
    alone,
    show: port => servePage(() => pageState(app, stats, title, ownDomains(settings, config)), { port }),
  }
}

/** What a run found, as the lines of `replay` or as a summary for people. */
export async function printResult(
  { app, stats }: Station,
  ids: Iterable<string>,
  json: boolean,
): Promise<void> {
  const found: StoredFinding[] = []
  for (const id of ids) {
    const stored = await app.findings.get(id)
    if (stored !== undefined) found.push(stored)
  }
  found.sort((a, b) => a.finding.start - b.finding.start || (a.finding.id < b.finding.id ? -1 : 1))
  const incidents = new Set(found.map(({ incident }) => incident)).size
  if (json)
    for (const { finding, incident, allowed } of found) console.log(findingLine(finding, incident, allowed))
  if (json) console.log(summaryLine(stats.totals(), found.length, incidents))
  else process.stdout.write(summaryText(stats.totals(), found.length, incidents) + costText(stats.totals()))
}

/** What a day like this would cost every day. */
function costText({ from, records, to }: RunTotals): string {
  if (from === undefined || to === undefined) return ''
  const days = Math.max(1, (to - from) / DAY)
  return `In Azure ${estimateText(estimate(records / days))} (docs/cost.md).\n`
}
