import type { Log } from '../log.ts'
import { SinkError } from '../model/errors.ts'
import type { Seconds } from '../model/time.ts'
import type { Sink } from '../sinks/sink.ts'
import type { Outbox, StoredDelivery } from '../stores/outbox.ts'
import { secondsOf } from './clock.ts'

export interface DeliverDeps {
  /** No other process sends: a claim that was left open is a dead one's, and is not waited for. */
  readonly alone?: boolean | undefined
  /** What people call the tenant; its id where nobody said. */
  readonly tenantName?: string | undefined
  readonly sinks: readonly Sink[]
  readonly outbox: Outbox
  /** UTC milliseconds. */
  now(): number
  readonly log: Log
}

export interface DeliverReport {
  readonly sent: number
  readonly waiting: number
  readonly parked: number
}

/** A sender that takes longer has died: the row is free for another. */
const CLAIM: Seconds = 120

/** Waits between tries: 30 seconds, doubling up to an hour, for as long as it takes. */
export function waitAfter(attempts: number): Seconds {
  return Math.min(30 * 2 ** (attempts - 1), 3_600)
}

/** Sends what is due in the outbox. A sink that is down keeps its alerts; it never holds up another sink. */
export async function deliver(deps: DeliverDeps, signal: AbortSignal): Promise<DeliverReport> {
  // A run that ended while another sink is at work would leave a claim behind, and a card that is posted again.
  const outcomes = await Promise.allSettled(deps.sinks.map(sink => deliverTo(deps, sink, signal)))
  const reports = outcomes.map(outcome => {
    if (outcome.status === 'rejected') throw outcome.reason
    return outcome.value
  })
  return {
    sent: sum(reports, 'sent'),
    waiting: sum(reports, 'waiting'),
    parked: sum(reports, 'parked'),
  }
}

async function deliverTo(deps: DeliverDeps, sink: Sink, signal: AbortSignal): Promise<DeliverReport> {
  const report = { sent: 0, waiting: 0, parked: 0 }
  const kept = await deps.outbox.all(sink.id)
  const isClaimed = await claims(deps, kept)
  const heldUntil = kept.reduce((latest, { delivery }) => Math.max(latest, delivery.heldUntil ?? 0), 0)
  let held = secondsOf(deps) < heldUntil
  // Least tried first: an alert that is never taken must not hold up the others.
  for (const stored of kept.toSorted((a, b) => a.delivery.attempts - b.delivery.attempts)) {
    const { alert, state } = stored.delivery
    if (state !== 'pending') continue
    if (isSuperseded(stored, kept))
      await deps.outbox.update(stored, { state: 'superseded', endedAt: secondsOf(deps) })
    else if (held || !isDue(deps, stored) || isClaimed(stored) || signal.aborted) report.waiting++
    else {
      const wasShown = kept.some(
        ({ delivery }) => delivery.alert.incident === alert.incident && delivery.state === 'done',
      )
      const outcome = await sendOne(deps, sink, stored, wasShown, signal)
      report[outcome]++
      // What did not take one alert is down or asks for quiet: the next run is soon enough for the others.
      held ||= outcome === 'waiting'
    }
  }
  return report
}

/** A later alert of the same incident says all that this one says. */
function isSuperseded({ delivery }: StoredDelivery, kept: readonly StoredDelivery[]): boolean {
  const { incident, revision } = delivery.alert
  return kept.some(({ delivery: { alert } }) => alert.incident === incident && alert.revision > revision)
}

function isDue(deps: DeliverDeps, { delivery: { nextTry } }: StoredDelivery): boolean {
  return nextTry <= secondsOf(deps)
}

/**
 * Whether somebody is at an alert. How long ago it was claimed is told by the clock of storage alone: with a clock ten minutes
 * ahead, an instance took claims for abandoned and posted cards twice.
 */
async function claims(
  { alone, outbox }: DeliverDeps,
  kept: readonly StoredDelivery[],
): Promise<(stored: StoredDelivery) => boolean> {
  const open = kept.some(({ delivery: { claimed, state } }) => claimed && state === 'pending')
  if (alone === true || !open) return () => false
  const now = await outbox.clock()
  return ({ delivery, writtenAt }) => delivery.claimed === true && now - writtenAt < CLAIM
}

async function sendOne(
  deps: DeliverDeps,
  sink: Sink,
  stored: StoredDelivery,
  wasShown: boolean,
  signal: AbortSignal,
): Promise<keyof DeliverReport> {
  const attempts = stored.delivery.attempts + 1
  const claimed = { attempts, claimed: true }
  if (!(await deps.outbox.update(stored, claimed))) return 'waiting'
  const { change, ...first } = stored.delivery.alert
  const alert = {
    ...first,
    ...(wasShown && change !== undefined && { change }),
    ...(deps.tenantName !== undefined && { tenantName: deps.tenantName }),
  }
  const end = async (result: Parameters<Outbox['update']>[1]) => {
    const again = await deps.outbox.get(sink.id, alert.id)
    if (again !== undefined) await deps.outbox.update(again, result)
  }
  try {
    await sink.send(alert, secondsOf(deps), signal)
    await end({ state: 'done', endedAt: secondsOf(deps), alert })
    return 'sent'
  } catch (error) {
    if (!(error instanceof SinkError)) throw error
    if (error.code === 'park') {
      deps.log.error(`Sink ${sink.id} refused alert ${alert.id} for good: ${error.message}`)
      await end({ state: 'parked', endedAt: secondsOf(deps), problem: error.message })
      return 'parked'
    }
    const asked = error.retryAfterMs === undefined ? undefined : Math.ceil(error.retryAfterMs / 1000)
    const wait = Math.max(waitAfter(attempts), asked ?? 0)
    deps.log.warn(`Sink ${sink.id} did not take alert ${alert.id}; next try in ${wait} s. ${error.message}`)
    await end({
      nextTry: secondsOf(deps) + wait,
      ...(asked !== undefined && { heldUntil: secondsOf(deps) + asked }),
      claimed: false,
      problem: error.message,
    })
    return 'waiting'
  }
}

function sum(reports: readonly DeliverReport[], key: keyof DeliverReport): number {
  return reports.reduce((total, report) => total + report[key], 0)
}
