import { isDeepStrictEqual } from 'node:util'
import { expect } from 'vitest'
import { makeJudge } from '../../../cli/replay/judge.ts'
import { detections } from '../../../core/detections/index.ts'
import { directoryAuditBody } from '../../../core/feeds/graph/directory-audits.ts'
import { signInBody } from '../../../core/feeds/graph/sign-ins.ts'
import { makeParser } from '../../../core/feeds/normalise/parse.ts'
import type { Finding } from '../../../core/model/finding.ts'
import type { Incident } from '../../../core/model/incident.ts'
import { DAY, dayOf } from '../../../core/model/time.ts'
import { makeFindings } from '../../../core/stores/findings.ts'
import { INCIDENTS } from '../../../core/stores/incidents.ts'
import { type LedgerEntry, makeLedger } from '../../../core/stores/ledger.ts'
import { makeObservations } from '../../../core/stores/observations.ts'
import { makeOutbox, OUTBOX } from '../../../core/stores/outbox.ts'
import { everything } from '../../chain/kit.ts'
import { OWN_DOMAIN, TENANT } from '../../support/records.ts'
import { CONTENT_TYPES } from './happenings.ts'
import { START } from './hours.ts'
import type { Saying } from './orders.ts'
import { RECEIVERS } from './plan.ts'
import type { Run } from './play.ts'
import type { Taken } from './receivers.ts'

const FEEDS = [...CONTENT_TYPES, 'graph-directory-audits', 'graph-sign-ins', 'observations']

export interface Sums {
  readonly incidents: number
  readonly deaths: number
  /** Alerts that came once more, as nobody can help. */
  readonly repeats: number
  /** Blobs that can never be read. */
  readonly poison: number
}

/** All that is promised of any run; throws where it is not kept. */
export async function expectPromisesKeptBy(run: Run): Promise<Sums> {
  expect(run.faults, 'errors that are no outage of anything').toEqual([])
  const lost = await expectLedgerClosed(run)
  await expectFindings(run, lost)
  const incidents = await incidentsOf(run)
  await expectDelivered(run, incidents)
  expectCleanAudit(run, lost)
  const deaths = run.sayings.filter(isDeath).length
  return {
    incidents: incidents.length,
    deaths,
    repeats: expectRepeatsExplained(run),
    poison: run.poison.size,
  }
}

/** listed = done + quarantined + expired, nothing pending. Ids of the blobs whose records nobody could read. */
async function expectLedgerClosed({ left, plan, poison, published, tables }: Run): Promise<Set<string>> {
  expect(left, 'messages left on the queue').toBe(0)
  const ledger = makeLedger(tables, TENANT)
  const today = dayOf(START)
  const lost = new Set<string>()
  const mayExpire = plan.faults.some(({ kind }) => kind === 'expired')
  const listed: LedgerEntry[] = []
  for (const feed of FEEDS) listed.push(...(await everything(ledger.entries(feed, today - 8, today + 1))))
  for (const { blob, problem, reason, state } of listed) {
    if (state !== 'done') lost.add(blob.id)
    const wanted = [poison.has(blob.id) ? 'quarantined' : 'done', ...(mayExpire ? ['expired'] : [])]
    expect(wanted, `${blob.feed} ${blob.id}: ${reason ?? problem}`).toContain(state)
  }
  const managed = listed.filter(({ blob }) => CONTENT_TYPES.some(type => type === blob.feed))
  expect(managed.map(({ blob }) => blob.id).sort(), 'listed').toEqual(published.toSorted())
  return lost
}

const isDeath = ({ what }: Saying) => what === 'before' || what === 'after'

const told = ({ id, detection, key, term, severity, count, start, end, records }: Finding) => ({
  detection,
  key,
  term,
  severity,
  count,
  start,
  end,
  records: records.toSorted(),
  id,
})
const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)

async function storedOf({ tables }: Run) {
  const stored = await everything(makeFindings(tables, TENANT).since(0, 2.534e11))
  expect(stored.filter(({ incident }) => incident === undefined)).toEqual([])
  return stored.map(({ finding }) => told(finding)).sort(byId)
}

/**
 * A process may die between what it counted and the ledger, and by the next try the blob may have expired: it is on record as lost, and what it said
 * is known all the same. Of such blobs any may have been counted.
 */
async function expectFindings(run: Run, lost: ReadonlySet<string>): Promise<void> {
  const stored = await storedOf(run)
  const expected = await expectedOf(run, lost)
  if (isDeepStrictEqual(stored, expected)) return
  const expired = [...lost].filter(id => !run.poison.has(id))
  for (let counted = 1; counted < 2 ** expired.length; counted++) {
    const unread = new Set(lost)
    for (const [n, id] of expired.entries()) if ((counted >> n) & 1) unread.delete(id)
    if (isDeepStrictEqual(stored, await expectedOf(run, unread))) return
  }
  expect(stored).toEqual(expected)
}

/** What the engine says of everything that could be read, in one go and in memory. */
async function expectedOf({ plan, published, tables }: Run, lost: ReadonlySet<string>) {
  const readable = plan.blobs.filter((_, n) => !lost.has(published[n] ?? ''))
  const graph = plan.entries.map(
    ({ entry, log }) => (log === 'signIns' ? signInBody : directoryAuditBody)(entry) ?? {},
  )
  const observations = makeObservations(tables, TENANT)
  const seen: object[] = []
  for await (const { id } of observations.list({ from: START - DAY, to: START + 2 * DAY }))
    seen.push(...((await observations.read(id)) ?? []))
  const parse = makeParser(TENANT)
  const judge = makeJudge(detections, [OWN_DOMAIN])
  // Of an event that both feeds have, each knows something that the other does not: both are judged, under one id.
  for (const raw of [...readable.flatMap(({ records }) => records), ...wire(graph), ...seen]) {
    const { record } = parse(raw)
    if (record !== undefined) judge.add(record)
  }
  return judge
    .finish()
    .findings.map(({ finding }) => told(finding))
    .sort(byId)
}

const wire = (bodies: readonly object[]): object[] => JSON.parse(JSON.stringify(bodies))

async function incidentsOf({ tables }: Run): Promise<Incident[]> {
  const rows = await everything(tables.table(INCIDENTS).range<Incident[]>(TENANT, '', '~'))
  return rows.flatMap(({ value }) => value)
}

/** Every alert that stands reached every receiver, and the last word on each incident did. */
async function expectDelivered({ receivers, tables }: Run, incidents: readonly Incident[]): Promise<void> {
  expect(receivers.strange).toEqual([])
  const outbox = makeOutbox(tables, TENANT)
  for (const sink of RECEIVERS) {
    const rows = (await outbox.all(sink)).map(({ delivery }) => delivery)
    expect(rows.filter(({ state }) => state === 'pending' || state === 'parked')).toEqual([])
    const got = receivers.taken.filter(one => one.sink === sink)
    const ids = got.map(({ alert }) => alert)
    for (const { alert, state } of rows)
      if (state === 'done') expect(ids, `${sink} has ${alert.headline}`).toContain(alert.id)
    expect(got.filter(({ alert }) => !rows.some(row => row.alert.id === alert))).toEqual([])
    for (const {
      id,
      told: { revision },
    } of incidents) {
      const revisions = got.filter(({ incident }) => incident === id).map(one => one.revision)
      if (revision > 0) expect(revisions, `${sink} has the last word on ${id}`).toContain(revision)
    }
  }
  const known = new Set(incidents.map(({ id }) => id))
  expect(
    receivers.taken.filter(({ incident }) => !known.has(incident) && !incident.startsWith('health')),
  ).toEqual([])
}

/** One alert came twice only where whoever sent it first died, or never heard, or could not write down, that it was taken. */
function expectRepeatsExplained({ receivers: { taken }, sayings }: Run): number {
  const excuse = ({ heard, life, wave }: Taken) =>
    !heard ||
    sayings.some(
      one =>
        one.life === life &&
        // What is said at the end of a wave may be heard in the next.
        (one.wave === wave || one.wave === wave + 1) &&
        (isDeath(one) || one.call.toLowerCase().includes(OUTBOX)),
    )
  let repeats = 0
  for (const posts of Map.groupBy(taken, ({ sink, alert }) => `${sink} ${alert}`).values()) {
    const earlier = posts.slice(0, -1)
    expect(
      earlier.filter(post => !excuse(post)),
      'cards posted twice',
    ).toEqual([])
    repeats += earlier.length
  }
  return repeats
}

/** Milliseconds within which two processes count as calling at once. */
const AT_ONCE = 5_000

function expectCleanAudit({ calmFrom, plan, tenant }: Run, lost: ReadonlySet<string>): void {
  const audit = tenant.audit()
  expect(audit.withoutPublisher).toEqual({})
  expect(audit.tokensLeaked).toBe(0)
  expect(audit.badRanges).toEqual([])
  expect(audit.gaps.filter(({ open }) => !open)).toEqual([])
  expect(audit.overQuota).toBe(0)
  // Two polls at the same moment see the same, and both start: the second start changes nothing.
  expect(audit.startsInCoolDown.filter(({ afterMs }) => afterMs > AT_ONCE)).toEqual([])
  expect(audit.never.filter(id => !lost.has(id))).toEqual([])
  expect(audit.unfollowedLinks.filter(({ at }) => at >= calmFrom)).toEqual([])
  expect(audit.earlyCalls.length).toBeLessThanOrEqual(plan.skews.length * 40)
}
