import { createHash } from 'node:crypto'
import type { Detection, Term } from '../model/detection.ts'
import type { Finding } from '../model/finding.ts'
import { type Entries, entriesOf, type MayReach, makeMayReach } from '../model/may-reach.ts'
import { NOBODY_SEEN } from '../model/observation.ts'
import { PANE, type Sighting } from '../model/pane.ts'
import { rank } from '../model/severity.ts'
import { DAY, dayText, MINUTE, type Seconds } from '../model/time.ts'
import { type Crossing, crossings, type Limit } from '../model/window.ts'
import type { Series } from './collect.ts'
import { makeStandings, type Past, type Standing } from './past.ts'

/** Record ids a finding names; the rest are counted. */
export const NAMED_RECORDS = 50

/**
 * Values a finding names of each kind. Somebody who changes his address with every request must not make a finding
 * that no row of storage can hold: it would never be told.
 */
export const MOST_NAMES = 200
const MOST_MAILBOXES = 1_000

/**
 * The findings of a series, at most one a day: the worst limit reached that day, by the order of severity and
 * then of the detection's own list. `days` limits the answer to days whose panes are all there; `past` is what is
 * remembered of the subject, without which terms that ask for it say nothing.
 */
export function evaluate(
  series: Series,
  detection: Detection,
  tenant: string,
  days: { from: number; to: number } = { from: -Infinity, to: Infinity },
  past?: Past,
): Finding[] {
  let known: MayReach | undefined
  const mayReach: MayReach = limit => {
    known ??= series.mayReach?.() ?? makeMayReach(entriesOf(series.panes))
    return known(limit)
  }
  const standings = makeStandings(series, detection, past)
  const terms = bySeverity(detection.terms).filter(term => standings.may(term) && mayReach(leastOf(term)))
  if (terms.length === 0) return []
  const sightings = sightingsOf(series)
  const events = [...new Set(sightings.map(([, { at }]) => at))]
  const best = new Map<number, { term: Term; crossing: Crossing; stands: Standing }>()
  for (const term of terms)
    for (const crossing of crossings(series.panes, events, term)) {
      if (crossing.day < days.from || crossing.day > days.to) continue
      const known = best.get(crossing.day)
      // Among sessions of one day the fullest speaks; they come by name, so of equal ones it is always the same.
      if (known !== undefined && (known.term !== term || crossing.count <= known.crossing.count)) continue
      const stands = standings.of(term, crossing)
      if (stands !== undefined) best.set(crossing.day, { term, crossing, stands })
    }
  return [...best.values()]
    .map(({ term, crossing, stands }) => ({
      ...findingOf(series, detection, term, crossing, tenant, sightings),
      ...stands,
      basis: basisOf(sightings, crossing.day, reachOf(detection)),
    }))
    .sort((a, b) => a.start - b.start)
}

/** How many days a detection's windows reach back from the day they end in. */
export function reachOf({ terms }: Detection): number {
  return Math.max(1, ...terms.map(({ withinMinutes = 0 }) => Math.ceil((withinMinutes * MINUTE) / DAY)))
}

/** Which of these detections look back further than a day. */
export function farIn(detections: readonly Detection[]): (detection: string) => boolean {
  const far = new Set(detections.filter(one => reachOf(one) > 1).map(({ id }) => id))
  return id => far.has(id)
}

/** Can a detection say anything of what was counted? Never says no wrongly. */
export function mayFind({ terms }: Detection, counted: Entries): boolean {
  const mayReach = makeMayReach(counted)
  return terms.some(term => mayReach(leastOf(term)))
}

/** What must be reached for a term to be. A sequence is told of days: its window lies between its steps. */
function leastOf(term: Term): Limit {
  return term.after ? { measures: term.measures, atLeast: term.atLeast } : term
}

function basisOf(sightings: readonly [id: string, sighting: Sighting][], day: number, reach: number): number {
  return sightings.filter(([, { at }]) => at >= (day - reach) * DAY && at < (day + 1) * DAY).length
}

function bySeverity(terms: readonly Term[]): Term[] {
  return [...terms].sort((a, b) => rank(b.severity) - rank(a.severity))
}

/** All records of a series, oldest first; ids break ties. */
function sightingsOf(series: Series): [id: string, sighting: Sighting][] {
  const all: [string, Sighting][] = []
  for (const pane of series.panes.values()) all.push(...pane.records)
  return all.sort(([a, x], [b, y]) => x.at - y.at || (a < b ? -1 : a > b ? 1 : 0))
}

function findingOf(
  { detection, key }: Series,
  { about, attack }: Detection,
  term: Term,
  crossing: Crossing,
  tenant: string,
  sightings: readonly [id: string, sighting: Sighting][],
): Omit<Finding, 'basis'> {
  const inside = sightings.filter(
    ([, { at, context }]) =>
      covered(crossing, at) && (crossing.session === undefined || context.session === crossing.session),
  )
  const doers = ranked(inside, 'actor')
  const people = doers.filter(doer => doer !== NOBODY_SEEN)
  const actors = people.length > 0 ? people : doers
  const apps = ranked(inside, 'app')
  const app = apps[0]
  const mailboxes = ranked(inside, 'mailbox', MOST_MAILBOXES)
  const most = about === 'first' ? inside[0]?.[1].context.actor : actors[0]
  const doer = isApplication(key[0]) ? key[0] : (most ?? key[0])
  // What nobody was seen to do belongs to the story of the one mailbox it is about.
  const subject = doer === NOBODY_SEEN && mailboxes.length === 1 ? mailboxes[0] : doer
  return {
    id: findingId(tenant, detection, key, crossing.day),
    tenant,
    detection,
    term: term.id,
    key,
    severity: term.severity,
    start: crossing.start,
    end: crossing.end,
    count: crossing.count,
    limit: term.atLeast,
    ...(term.withinMinutes !== undefined && { withinMinutes: term.withinMinutes }),
    technique: attack[0] ?? 'T1114',
    actor: subjectOf(about, mailboxes[0], app) ?? subject ?? doer,
    ...(app !== undefined && { app }),
    apps,
    actors,
    mailboxes: mailboxes.toSorted(),
    addresses: ranked(inside, 'address'),
    clients: ranked(inside, 'client'),
    sessions: ranked(inside, 'session'),
    notes: ranked(inside, 'note'),
    records: inside.slice(0, NAMED_RECORDS).map(([id]) => id),
    recordCount: inside.length,
    timeline: timelineOf(inside, crossing),
  }
}

function subjectOf(about: Detection['about'], mailbox: string | undefined, app: string | undefined) {
  if (about === 'mailbox') return mailbox
  return about === 'application' && app !== undefined ? `app:${app}` : undefined
}

const MOST_BARS = 24

/** Steps of ten minutes, doubled until the whole finding fits into a small chart. */
function timelineOf(inside: readonly [string, Sighting][], { start, end }: Crossing): Finding['timeline'] {
  let step = PANE
  while ((end - start) / step >= MOST_BARS) step *= 2
  const bars = new Array<number>(Math.floor((end - start) / step) + 1).fill(0)
  for (const [, { at }] of inside) {
    const index = Math.floor((at - start) / step)
    bars[index] = (bars[index] ?? 0) + 1
  }
  return { from: start, step, bars }
}

function covered(crossing: Crossing, at: Seconds): boolean {
  return crossing.covers.some(([from, to]) => at >= from && at <= to)
}

/** Exchange names the mailbox owners as users of an application's reads; the application did them all the same. */
function isApplication(subject: string): boolean {
  return subject.startsWith('app:')
}

/** Distinct values of a part of the contexts, most records first; names break ties. */
function ranked(
  sightings: readonly [string, Sighting][],
  part: keyof Sighting['context'],
  most = MOST_NAMES,
): string[] {
  const counts = new Map<string, number>()
  for (const [, { context }] of sightings) {
    const value = context[part]
    if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return [...counts]
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, most)
    .map(([value]) => value)
}

/** The same attack found again, by another instance or a replay, is the same finding. Begins with its day. */
export function findingId(tenant: string, detection: string, key: readonly string[], day: number): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([tenant, detection, key, day]))
    .digest('hex')
  return `${dayText(day)}-${digest.slice(0, 16)}`
}
