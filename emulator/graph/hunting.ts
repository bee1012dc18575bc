import { type Call, jsonReply, type Reply } from '../http.ts'
import type { Role } from '../options.ts'
import { enterGraph, type GraphHost } from './enter.ts'
import { badRequest, notFound, notPermitted, tooMany } from './replies.ts'

/** A row as the query that asks for its table would answer it: the emulator knows no KQL beyond names and times. */
export interface HuntingEvent {
  readonly table: string
  /** With `Timestamp`, by which it is found. */
  readonly row: Readonly<Record<string, unknown>>
  /** When the machine has reported it, tenant clock, milliseconds. */
  readonly availableAt: number
}

const PATH = '/v1.0/security/runHuntingQuery'
const CYCLE = 15 * 60_000
const MONTH = 30 * 86_400_000

/** Advanced hunting of one tenant: `POST /security/runHuntingQuery`. */
export function makeHuntingApi(host: GraphHost) {
  const { settings } = host
  const { clock } = settings
  const events: HuntingEvent[] = []
  const calls: number[] = []
  /** When each query was paid for, and with how many seconds of CPU. */
  const spent: { at: number; seconds: number }[] = []

  function refusal(): Reply | undefined {
    const now = clock.now()
    calls.push(now)
    const recent = calls.filter(at => at > now - settings.huntingQuota.perMs).length
    if (recent > settings.huntingQuota.requests) return limited('Number of API calls per minute')
    const used = spent.filter(({ at }) => at > now - CYCLE).reduce((sum, { seconds }) => sum + seconds, 0)
    return used >= settings.huntingCpuSeconds ? limited('CPU resources in a 15 minute cycle') : undefined
  }

  function run(call: Call, roles: readonly Role[]): Reply {
    if (!roles.includes('ThreatHunting.Read.All')) return notPermitted()
    const asked = read(call.body)
    if (asked === undefined) return badRequest('The request has no Query, or a Timespan that is none.')
    const now = clock.now()
    const [table = ''] = /^\w+/.exec(asked.query) ?? []
    if (!settings.huntingTables.includes(table))
      return badRequest(
        `Failed to resolve table or column expression named '${table}'. Fix semantic errors in your query.`,
      )
    spent.push({ at: now, seconds: settings.huntingCpuPerQuery })
    const most = Number(/\| (?:take|top) (\d+)/.exec(asked.query)?.[1] ?? 100_000)
    const [from, to] = asked.span(now)
    const rows = events
      .filter(one => one.table === table && one.availableAt <= now)
      .map(({ row }) => ({ row, at: Date.parse(String(row.Timestamp)) }))
      .filter(({ at }) => at >= Math.max(from, now - MONTH) && at <= to)
      .sort((a, b) => a.at - b.at)
      .slice(0, most)
      .map(({ row }) => row)
    const columns = Object.keys(rows[0] ?? {})
    return jsonReply(200, {
      '@odata.context':
        'https://graph.microsoft.com/v1.0/$metadata#microsoft.graph.security.huntingQueryResults',
      schema: columns.map(name => ({ name, type: name === 'Timestamp' ? 'DateTime' : 'String' })),
      results: rows,
    })
  }

  function handle(call: Call): Reply {
    if (call.method !== 'POST' || settings.graph === 'absent') return notFound('runHuntingQuery')
    return enterGraph(host, call, {
      subject: { kind: 'hunting', identity: call.body },
      refuse: refusal,
      answer: roles => run(call, roles),
    })
  }

  return {
    handle,
    claims: (path: string) => path === PATH,
    publish: (some: readonly HuntingEvent[]) => void events.push(...some),
  }
}

/** Says which limit it was in the body, and never when to come back. */
function limited(what: string): Reply {
  const reply = tooMany()
  return { ...reply, body: (reply.body ?? '').replace('Too many requests.', `Quota exceeded: ${what}.`) }
}

type Span = (now: number) => readonly [from: number, to: number]

function read(body: string): { query: string; span: Span } | undefined {
  const given = parsed(body)
  if (typeof given !== 'object' || given === null) return undefined
  const [query, timespan] = [Reflect.get(given, 'Query'), Reflect.get(given, 'Timespan')]
  const span = timespan === undefined ? lastMonth : spanOf(String(timespan))
  return typeof query !== 'string' || span === undefined ? undefined : { query, span }
}

const lastMonth: Span = now => [now - MONTH, now]

/** `PT1H`, `P7D`, or two times with a slash between. */
function spanOf(timespan: string): Span | undefined {
  const [, days, hours] = /^P(?:(\d+)D)?(?:T(\d+)H)?$/.exec(timespan) ?? []
  if (days !== undefined || hours !== undefined) {
    const length = Number(days ?? 0) * 86_400_000 + Number(hours ?? 0) * 3_600_000
    return now => [now - length, now]
  }
  const [from = Number.NaN, to = Number.NaN, ...more] = timespan.split('/').map(Date.parse)
  return Number.isNaN(from) || Number.isNaN(to) || more.length > 0 ? undefined : () => [from, to]
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
