import type { Clock } from './clock.ts'
import type { FaultNamed, Faults, RequestSubject } from './faults.ts'
import type { Call, Reply } from './http.ts'
import type { Journal, JournalEntry } from './journal.ts'
import { denied, outage, serverError } from './management/replies.ts'

/** Every request enters here: faults first, then the real answer, then what breaks it on the way out. */
export interface Door {
  enter(call: Call, visit: Visit): Reply
}

export interface Visit {
  readonly subject: RequestSubject
  readonly publisher?: string | undefined
  readonly about?: string | undefined
  readonly overQuota?: boolean
  /** A refusal that comes before any fault: a bad token, a used-up quota. */
  refuse?(): Reply | undefined
  /** How this service says "too many requests". */
  throttled(fault: FaultNamed<'throttle'>): Reply
  /** How this service says that it takes no such token, or that it is broken; as the Management API unless told. */
  denied?(): Reply
  broken?(): Reply
  /** What else a faked 401 does. */
  unauthorized?(fault: FaultNamed<'unauthorized'>): void
  run(): { readonly reply: Reply; readonly entry?: JournalEntry }
}

export function makeDoor(deps: { clock: Clock; faults: Faults; journal: Journal }): Door {
  const { clock, faults, journal } = deps

  function struck(visit: Visit): Reply | undefined {
    const fault = faults.strike(visit.subject, 'reset', 'outage', 'throttle', 'unauthorized', 'server-error')
    switch (fault?.kind) {
      case 'reset':
        return { status: 0, broken: 'reset' }
      case 'outage':
        return outage()
      case 'server-error':
        return visit.broken?.() ?? serverError(fault.shape)
      case 'throttle':
        return visit.throttled(fault)
      case 'unauthorized':
        visit.unauthorized?.(fault)
        return visit.denied?.() ?? denied()
      default:
        return undefined
    }
  }

  function damaged(reply: Reply, subject: RequestSubject): Reply {
    if (reply.status !== 200 || !reply.body) return reply
    const fault = faults.strike(subject, 'truncated')
    if (!fault) return reply
    if (fault.shape === 'dropped') return { ...reply, broken: 'dropped' }
    return { ...reply, body: reply.body.slice(0, reply.body.length >> 1) }
  }

  return {
    enter: (call, visit) => {
      const { subject, publisher, about, overQuota = false } = visit
      const outcome = refusalOr(visit)
      const reply = damaged(outcome.reply, subject)
      if (outcome.entry && reply === outcome.reply) journal.add(outcome.entry)
      journal.add({
        type: 'call',
        at: clock.now(),
        kind: subject.kind,
        status: reply.status,
        publisher,
        about,
        overQuota,
        arrived: call.arrived,
        answered: journal.tick(),
        retryAfterMs: retryAfter(reply),
      })
      const slow = faults.strike(subject, 'slow')
      return slow ? { ...reply, delayMs: slow.ms } : reply
    },
  }

  function refusalOr(visit: Visit): ReturnType<Visit['run']> {
    const reply = visit.refuse?.() ?? struck(visit)
    return reply ? { reply } : visit.run()
  }
}

function retryAfter(reply: Reply): number | undefined {
  const seconds = reply.headers?.['Retry-After']
  return seconds === undefined ? undefined : Number(seconds) * 1000
}
