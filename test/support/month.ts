import { makeJudge, type Verdict } from '../../cli/replay/judge.ts'
import { detections } from '../../core/detections/index.ts'
import { makeParser } from '../../core/feeds/normalise/parse.ts'
import type { Alert } from '../../core/model/alert.ts'
import { rank } from '../../core/model/severity.ts'
import { DAY } from '../../core/model/time.ts'
import { type Config, parseConfig } from '../../core/tuning/config.ts'
import type { Declarations, Occurrence, QuietMonth } from '../../emulator/index.ts'

/** The file an administrator would have written, read as the product reads it. */
export function configOf({ trustedApps, trustedNetworks }: Declarations): Config {
  const apps = trustedApps.map(({ appId: id, name, reason }) => ({ id, name, reason }))
  const text = JSON.stringify({ trustedApps: apps, trustedNetworks })
  return parseConfig(text, detections, Date.UTC(2026, 10, 1) / 1000)
}

/** Judges occurrences of a month by all detections that there are. */
export function verdictOn(
  month: QuietMonth,
  occurrences: Iterable<Occurrence>,
  config: Config = configOf(month.declared),
): Verdict {
  const parse = makeParser(month.tenant.tenantId)
  const judge = makeJudge(detections, month.declared.internalDomains, config)
  for (const { record: raw } of occurrences) {
    const { record, rejected } = parse(raw)
    if (record === undefined) throw new Error(`The month has a record that nobody can read: ${rejected}`)
    judge.add(record)
  }
  const verdict = judge.finish()
  if (verdict.failures.size > 0) throw new Error(`${[...verdict.failures.keys()]} threw`)
  return verdict
}

/** One that pages somebody. */
export const isLoud = ({ severity }: Pick<Alert, 'severity'>) => rank(severity) >= rank('medium')

/** What a loud alert says, in short. Days are numbers of the month, from 0. */
export function told(month: QuietMonth, { actor, clock, rules, severity }: Alert) {
  const dayOf = (seconds: number) => Math.floor((seconds - month.firstDay / 1000) / DAY)
  const loud = rules.filter(isLoud).map(({ detection }) => detection)
  return {
    days: [dayOf(clock.start), dayOf(clock.end)] as const,
    actor,
    severity,
    detections: [...new Set(loud)].sort(),
  }
}
