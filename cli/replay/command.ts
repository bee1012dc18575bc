import { setFlagsFromString } from 'node:v8'
import { readTuning } from '../../core/configuration.ts'
import { detections } from '../../core/detections/index.ts'
import { asciiDomain } from '../../core/detections/kit/recipients.ts'
import { makeParser } from '../../core/feeds/normalise/parse.ts'
import { isAllowed } from '../../core/model/allowed.ts'
import { rank, type Severity } from '../../core/model/severity.ts'
import { readDomains } from '../../core/settings.ts'
import { readPaths } from '../input/read.ts'
import { findingLine, summaryLine } from '../lines.ts'
import { makeRunStats } from '../run-stats.ts'
import { alertText, summaryText } from '../terminal.ts'
import { makeJudge } from './judge.ts'
import { makeProgress } from './progress.ts'

export interface ReplayOptions {
  readonly json?: boolean
  readonly failOn?: Severity
  /** Path of the file that tunes. */
  readonly config?: string
}

/** Records that name no organisation are judged together, under this name. */
const NO_TENANT = 'unknown'

/** Judges exported files with the engine that runs in the cloud. Returns the exit code. */
export async function replay(paths: readonly string[], options: ReplayOptions): Promise<number> {
  // Left alone, V8 lets the heap grow with the file: to 240 MB for one of 200 MB, a fifth of it in use.
  setFlagsFromString('--optimize-for-size')
  const tuning = readTuning(process.env, [process.cwd()], Date.now() / 1000, options.config)
  const own = [...readDomains(process.env), ...(tuning?.config.internalDomains ?? [])]
  const domains = own.flatMap(domain => asciiDomain(domain) ?? [])
  const judge = makeJudge(detections, domains, tuning?.config)
  if (tuning !== undefined && options.config === undefined) console.error(`Tuned by ${tuning.path}.`)
  const parse = makeParser(NO_TENANT)
  const stats = makeRunStats()
  const progress = makeProgress(process.stderr, options.json !== true)
  let broken: unknown
  try {
    for await (const batch of readPaths(paths, progress.at))
      for (const raw of batch) {
        const parsed = 'rejected' in raw ? raw : parse(raw.record)
        if (parsed.rejected !== undefined) stats.reject(parsed.rejected)
        else {
          stats.add(parsed.record)
          judge.add(parsed.record)
        }
      }
  } catch (error) {
    broken = error
  } finally {
    progress.stop()
  }
  // What could be read is judged and told also when a file ended in the middle; the error follows it.
  const totals = stats.totals()
  if (broken !== undefined && totals.records === 0) throw broken

  const { findings, incidents, alerts, learnedDomains, failures } = judge.finish()
  if (options.json)
    for (const { finding, incident, allowed } of findings)
      console.log(findingLine(finding, incident, allowed))
  else for (const alert of alerts) console.log(alertText(alert))
  for (const [id, times] of failures)
    console.error(`Detection ${id} failed on ${times} records and said nothing about them.`)
  if (learnedDomains.length > 0)
    console.error(
      `INTERNAL_DOMAINS is not set; taken for your own, from the mailbox owners: ${learnedDomains.slice(0, 20).join(', ')}`,
    )
  if (options.json) console.log(summaryLine(totals, findings.length, incidents))
  else process.stdout.write(summaryText(totals, findings.length, incidents, incidents - alerts.length))
  if (broken !== undefined) throw broken
  const { failOn } = options
  const counted = findings.filter(one => !isAllowed(one))
  return failOn !== undefined && counted.some(({ finding }) => rank(finding.severity) >= rank(failOn)) ? 1 : 0
}
