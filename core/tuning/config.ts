import type * as z from 'zod'
import type { Detection } from '../model/detection.ts'
import { ConfigError } from '../model/errors.ts'
import { ALERT_FROM } from '../model/severity.ts'
import { DAY, dayOf, type Seconds } from '../model/time.ts'
import { isObject, lower } from '../model/values.ts'
import { type AllowEntry, allowEntry, dayNumber, LONGEST_ALLOW, MATCHERS } from './allow-schema.ts'
import { readJson } from './json.ts'
import { type Problem, problemsOf, sentences } from './problems.ts'
import { configSchema } from './schema.ts'

type Fields = z.infer<ReturnType<typeof configSchema>>

/** What an operator tuned. */
export interface Config extends Omit<Fields, '$schema' | 'allow'> {
  readonly allow: readonly AllowEntry[]
}

export const UNTUNED: Config = {
  detections: {},
  alertFrom: ALERT_FROM,
  trustedApps: [],
  trustedNetworks: [],
  internalDomains: [],
  decoyMailboxes: [],
  sensitiveMailboxes: {},
  allow: [],
}

/**
 * Reads the file's text for a catalogue of detections. `now`: UTC, as an entry without a first day may reach 90 days
 * from today. Throws one `ConfigError` with every mistake there is, each with its path.
 */
export function parseConfig(text: string, detections: readonly Detection[], now: Seconds): Config {
  const json = readJson(text)
  if (json.value === undefined) throw new ConfigError(json.problems)
  const schema = configSchema(detections)
  const read = schema.safeParse(json.value, { reportInput: true })
  const problems = [
    ...json.problems,
    ...sentences([
      ...(read.success ? [] : problemsOf(read.error, schema)),
      ...repeatedApps(json.value),
      ...entryProblems(json.value, dayOf(now)),
    ]),
  ]
  if (!read.success || problems.length > 0) throw new ConfigError(problems)
  const { $schema: _, allow, ...rest } = read.data
  return { ...rest, allow: allow.map(allowEntry) }
}

/** Of an application named twice one entry would win in silence, and it may be the one with fewer bounds. */
function repeatedApps(value: unknown): Problem[] {
  const apps = isObject(value) && Array.isArray(value.trustedApps) ? value.trustedApps : []
  const ids = apps.map(app => lower(isObject(app) ? app.id : app))
  return ids.flatMap((id, index) => {
    const first = ids.indexOf(id)
    return id === undefined || first === index
      ? []
      : [{ path: ['trustedApps', index], message: `names the same application as trustedApps[${first}]` }]
  })
}

/** What is wrong with an entry as a whole, also where a part of it is wrong. */
function entryProblems(value: unknown, today: number): Problem[] {
  const allow = isObject(value) && Array.isArray(value.allow) ? value.allow : []
  return allow.flatMap((entry, index): Problem[] => {
    if (!isObject(entry)) return []
    const [from, until] = [dayNumber(entry.from), dayNumber(entry.until)]
    const first = entry.from === undefined ? today : from
    const last = first + LONGEST_ALLOW
    return [
      ...(MATCHERS.some(name => Object.hasOwn(entry, name))
        ? []
        : [
            {
              path: ['allow', index],
              message: `names nothing to allow; give ${MATCHERS.join(', ')} or several`,
            },
          ]),
      ...(until < from ? [{ path: ['allow', index, 'until'], message: 'lies before from' }] : []),
      ...(until > last
        ? [
            {
              path: ['allow', index, 'until'],
              message: `lies more than ${LONGEST_ALLOW} days after ${entry.from === undefined ? 'today' : 'from'}; the last day it can be is ${dayName(last)}`,
            },
          ]
        : []),
    ]
  })
}

function dayName(day: number): string {
  return new Date(day * DAY * 1000).toISOString().slice(0, 10)
}
