import { ensureTable, hunt } from '../feeds/graph/hunting/hunt.ts'
import { HUNTING_QUERIES, type HuntingQuery, MOST_ROWS } from '../feeds/graph/hunting/queries.ts'
import type { HuntingRow } from '../feeds/graph/hunting/rows.ts'
import type { Graph } from '../feeds/graph/transport.ts'
import type { Observation } from '../model/observation.ts'
import { DAY, HOUR, type Seconds } from '../model/time.ts'
import type { State } from '../stores/state.ts'
import type { Observer } from './observer.ts'

/** How far back the first look reaches: as far as the first start of the audit feeds. */
const FIRST = 7 * DAY
/** Machines report within minutes; those that were asleep or away for up to some days as well, which is looked at daily. */
const OVERLAP = 6 * HOUR
const LONG_OVERLAP = 3 * DAY
/** Full answers taken in one look; the next goes on from there. */
const MOST_ANSWERS = 10

/** Kept of each query. */
interface Cursor {
  /** Everything before this was asked for. */
  readonly through: Seconds
  /** There was more than one look takes: go on from exactly there. */
  readonly isBehind?: true
  /** Last time with the long overlap. */
  readonly longAt: Seconds
  /** When the table was last seen to be there. */
  readonly tableAt: Seconds
}

/** One observer a query, so that each table is found missing, refused or slow by itself. */
export function makeHunters(graph: Graph, state: State): Observer[] {
  return HUNTING_QUERIES.map(query => makeHunter(query, graph, state))
}

function makeHunter(query: HuntingQuery, graph: Graph, state: State): Observer {
  const id = `hunting-${query.id}`
  const name = `${id}.cursor`
  return {
    id,
    every: HOUR,
    async look({ now, all }, tell, signal) {
      if (!all) return
      const before = await state.read<Cursor>(name)
      const isStale = before === undefined || now - before.tableAt >= DAY
      if (isStale) await ensureTable(graph, query, signal)
      const tableAt = isStale ? now : before.tableAt
      const isLong = before === undefined || (!before.isBehind && now - before.longAt >= DAY)
      let from = startOf(before, now, isLong)
      for (let answer = 0; answer < MOST_ANSWERS; answer++) {
        const { rows, sent } = await hunt(graph, query, { from, to: now }, signal)
        await tell(
          rows.filter(({ at }) => at >= from && at <= now).map(row => huntingObservation(query.id, row)),
        )
        const last = rows.at(-1)?.at ?? now
        const isAll = sent < MOST_ROWS || last >= now
        from = isAll ? now : Math.max(last, from + 1)
        const kept = { through: from, longAt: isLong ? now : before.longAt, tableAt }
        await state.write(name, isAll ? kept : { ...kept, isBehind: true })
        if (isAll) return
      }
    },
  }
}

function startOf(before: Cursor | undefined, now: Seconds, isLong: boolean): Seconds {
  if (before === undefined) return hourOf(now - FIRST)
  if (before.isBehind) return before.through
  return hourOf(Math.max(now - FIRST, Math.min(before.through, now) - (isLong ? LONG_OVERLAP : OVERLAP)))
}

/** Queries put together what happens within an hour: from amid one, its first row would be another one. */
function hourOf(at: Seconds): Seconds {
  return Math.floor(at / HOUR) * HOUR
}

/** What a row is told as. What an attacker wrote is bounded in it, and stays text. */
export function huntingObservation(id: HuntingQuery['id'], row: HuntingRow): Observation {
  const { account, at, device, identity, ...observed } = row
  return {
    operation: 'HuntingMatch',
    at,
    identity: [id, ...identity],
    actor: account,
    object: device,
    observed: { query: id, ...observed },
  }
}
