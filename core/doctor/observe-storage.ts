import type { ContentType } from '../model/content-blob.ts'
import { DAY, dayOf, HOUR, parseWireTime, type Seconds } from '../model/time.ts'
import { type FeedReport, feedReportName } from '../pipeline/poll.ts'
import { STATE } from '../stores/state.ts'
import type { DoctorDeps } from './deps.ts'
import type { Backlog, Observation, Receiver } from './observation.ts'

/** Makes what is missing where asked to, and tells what there is. */
export async function lookIntoStorage({ now, queue, state, tables }: DoctorDeps, fix: boolean) {
  if (fix) {
    await state.write('doctor', { at: Math.floor(now() / 1000) })
    await queue.create()
  }
  const names = await tables.names(STATE)
  await queue.size()
  return fix ? ('written' as const) : names.includes(STATE) ? ('read' as const) : ('new' as const)
}

export async function coolDowns({ contentTypes, state }: DoctorDeps): Promise<Observation['notBefore']> {
  const found = new Map<ContentType, Seconds>()
  for (const content of contentTypes) {
    const known = await state.read<{ readonly notBefore: number }>(`subscription.${content}`)
    if (known !== undefined) found.set(content, Math.floor(known.notBefore / 1000))
  }
  return found
}

export async function reportsOf({ feeds, state }: DoctorDeps): Promise<FeedReport[]> {
  const found = await Promise.all(feeds.map(({ id }) => state.read<FeedReport>(feedReportName(id))))
  return found.flatMap(report => report ?? [])
}

export async function backlogOf({ feeds, ledger }: DoctorDeps, now: Seconds): Promise<Backlog> {
  let [waiting, doneLastHour] = [0, 0]
  let oldest: Seconds | undefined
  for (const { id } of feeds)
    for await (const { blob, endedAt, state } of ledger.entries(id, dayOf(now - 7 * DAY), dayOf(now))) {
      if (state === 'done' && endedAt !== undefined && endedAt > now - HOUR) doneLastHour++
      if (state !== 'listed') continue
      waiting++
      oldest = Math.min(oldest ?? now, parseWireTime(blob.created) ?? now)
    }
  return { waiting, oldest, doneLastHour }
}

export async function receiversOf(
  { doubts, outbox, sinks }: DoctorDeps,
  usable: boolean,
): Promise<Receiver[]> {
  const found: Receiver[] = []
  for (const { id } of sinks) {
    const deliveries = usable ? (await outbox.all(id)).map(({ delivery }) => delivery) : []
    const taken = deliveries.flatMap(({ endedAt, state }) => (state === 'done' ? (endedAt ?? []) : []))
    const failing = deliveries.filter(({ attempts, state }) => state === 'pending' && attempts > 2)
    const parked = deliveries.filter(({ state }) => state === 'parked')
    found.push({
      name: id === 'teams' ? 'Teams' : 'The webhook',
      doubts: id === 'teams' ? doubts : [],
      lastTaken: taken.length === 0 ? undefined : Math.max(...taken),
      failing: failing.length,
      parked: parked.length,
      problem: [...parked, ...failing].findLast(({ problem }) => problem !== undefined)?.problem,
    })
  }
  // An address that nothing can be sent to has no sink.
  if (doubts.includes('teams-retired'))
    found.push({ name: 'Teams', doubts, lastTaken: undefined, failing: 0, parked: 0, problem: undefined })
  return found
}
