import { dayOf, parseWireTime, type Seconds } from '../model/time.ts'
import type { Findings, StoredFinding } from '../stores/findings.ts'
import type { Ledger, LedgerEntry } from '../stores/ledger.ts'
import type { Outbox } from '../stores/outbox.ts'
import { secondsOf } from './clock.ts'

export interface DrillDeps {
  readonly feeds: readonly { readonly id: string }[]
  readonly sinks: readonly string[]
  readonly findings: Findings
  readonly ledger: Ledger
  readonly outbox: Outbox
  /** UTC milliseconds. */
  now(): number
}

/** How far a harmless rule has come on its way to a card. UTC seconds; absent: not there yet, or not to be told. */
export interface Drill {
  readonly mailbox: string
  /** The rule was set. */
  readonly event: Seconds
  /** Microsoft had the record ready. */
  readonly delivered?: Seconds
  /** A listing of ours brought it. */
  readonly listed?: Seconds
  readonly judged?: Seconds
  /** The first receiver took the card. */
  readonly posted?: Seconds
  /** Whether a card is on its way at all: there may be no receiver, or a file that holds it back. */
  readonly told: boolean
}

const DETECTION = 'inbox-rule-forwarding'

/** Looks for the finding of the rule that sends mail to `destination`, an address nothing else has, set since `since`. */
export async function findDrill(
  deps: DrillDeps,
  destination: string,
  since: Seconds,
): Promise<Drill | undefined> {
  for await (const stored of deps.findings.since(since, secondsOf(deps)))
    if (stored.finding.detection === DETECTION && stored.finding.key.some(part => part.includes(destination)))
      return await follow(deps, stored)
  return undefined
}

async function follow(deps: DrillDeps, { finding, incident }: StoredFinding): Promise<Drill> {
  const deliveries = (await Promise.all(deps.sinks.map(sink => deps.outbox.all(sink))))
    .flat()
    .filter(({ delivery }) => delivery.alert.incident === incident && delivery.alert.revision === 1)
  const posted = deliveries.flatMap(({ delivery: { endedAt, state } }) =>
    state === 'done' ? (endedAt ?? []) : [],
  )
  const delivered = deliveries[0]?.delivery.alert.clock.delivered
  const entry = delivered === undefined ? undefined : await entryOf(deps, delivered)
  return {
    mailbox: finding.mailboxes[0] ?? finding.actor,
    event: finding.start,
    ...(delivered !== undefined && { delivered }),
    ...(entry !== undefined && { listed: entry.listedAt }),
    ...(entry?.endedAt !== undefined && { judged: entry.endedAt }),
    ...(posted.length > 0 && { posted: Math.min(...posted) }),
    told: deliveries.length > 0,
  }
}

/** The blob that became available at that second; a card names no blob. */
async function entryOf({ feeds, ledger }: DrillDeps, delivered: Seconds): Promise<LedgerEntry | undefined> {
  for (const { id } of feeds)
    for await (const entry of ledger.entries(id, dayOf(delivered), dayOf(delivered)))
      if (parseWireTime(entry.blob.created) === delivered) return entry
  return undefined
}
