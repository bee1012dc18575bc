import type { Alert, AlertLink, Clock, Fact } from '../model/alert.ts'
import type { Blind, Detection } from '../model/detection.ts'
import type { Finding } from '../model/finding.ts'
import type { Incident } from '../model/incident.ts'
import { NOBODY_SEEN } from '../model/observation.ts'
import { rank } from '../model/severity.ts'
import { isGuid } from '../model/values.ts'
import { missing } from './blind.ts'
import { type Known, withNames } from './names.ts'
import { brokenWords, speakingFirst } from './telling.ts'

/** Pages an administrator needs next. Both are stable addresses that name nobody. */
const LINKS: readonly AlertLink[] = [
  { title: 'Search the audit log', url: 'https://purview.microsoft.com/audit/auditsearch' },
  { title: 'Mailboxes', url: 'https://admin.exchange.microsoft.com/#/mailboxes' },
]

const NOBODY: Known = { application: () => undefined, person: () => undefined }
/** Facts that are about people and applications. */
const NAMED = new Set(['Mailbox', 'Mailboxes', 'Done by'])

export interface AlertInput {
  readonly incident: Incident
  /** The incident's findings, in full. */
  readonly findings: readonly Finding[]
  readonly detections: readonly Detection[]
  /** When the newest of the records became available; absent where that is not known. */
  readonly available?: Pick<Clock, 'delivered' | 'seen'> | undefined
  /** Times in which records are known to be missing. */
  readonly blinds?: readonly Blind[]
  /** By which cards name them. */
  readonly known?: Known
}

/** The message about an incident. The worst finding speaks, of equals the one that knows what came last; the others are named. */
export function alertOf(input: AlertInput): Alert {
  const { available, blinds = [], detections, findings, incident, known = NOBODY } = input
  const named = (text: string) => withNames(text, known)
  const order = new Map(detections.map(({ id }, index) => [id, index]))
  const orderOf = ({ detection }: Finding) => order.get(detection) ?? detections.length
  const worstFirst = [...findings].sort(
    (a, b) =>
      rank(b.severity) - rank(a.severity) || orderOf(a) - orderOf(b) || b.count - a.count || b.end - a.end,
  )
  const sorted = speakingFirst(incident, worstFirst)
  // A finding can be older than the version that runs, or newer, and its detection not among those we have.
  const main = sorted.find(one => order.has(one.detection))
  const detection = detections.find(({ id }) => id === main?.detection)
  if (main === undefined || detection === undefined)
    throw new Error(`Incident ${incident.id} has no known finding`)
  return {
    id: `${incident.id}-${incident.told.revision}`,
    incident: incident.id,
    revision: incident.told.revision,
    tenant: incident.tenant,
    severity: incident.severity,
    kind: detection.title,
    headline: detection.headline(main).slice(0, 60).toWellFormed(),
    sentence: named(brokenWords(incident) + detection.sentence(main)),
    ...(incident.told.news !== '' && { change: incident.told.news }),
    facts: factsOf(main, sorted, incident, detections, missing(blinds, incident)).map(({ name, value }) => ({
      name,
      value: NAMED.has(name) ? named(value) : value,
    })),
    ...(main.timeline.bars.length > 1 && {
      timeline: { title: `Records per ${main.timeline.step / 60} minutes`, ...main.timeline },
    }),
    steps: detection.triage.slice(0, 4),
    notKnown: detection.notKnown,
    clock: { start: incident.start, end: incident.end, ...available },
    rules: sorted.map(finding => ({
      finding: finding.id,
      detection: finding.detection,
      severity: finding.severity,
      count: finding.count,
      limit: finding.limit,
      ...(finding.withinMinutes !== undefined && { withinMinutes: finding.withinMinutes }),
      attack: detections.find(({ id }) => id === finding.detection)?.attack ?? [],
    })),
    links: LINKS,
    mailboxes: incident.mailboxes,
    actor: incident.actor,
  }
}

function factsOf(
  main: Finding,
  sorted: readonly Finding[],
  incident: Incident,
  detections: readonly Detection[],
  notOnRecord: readonly string[],
): Fact[] {
  const others = [...new Set(sorted.map(({ detection }) => detection))].filter(id => id !== main.detection)
  const titles = others.map(id => detections.find(detection => detection.id === id)?.title ?? id)
  const all = (pick: (finding: Finding) => readonly string[]) => [...new Set(sorted.flatMap(pick))]
  return [
    fact(incident.mailboxes.length === 1 ? 'Mailbox' : 'Mailboxes', incident.mailboxes),
    fact('Done by', [doneBy(incident, sorted)]),
    fact(
      'Client',
      all(({ clients }) => clients),
    ),
    fact(
      'From',
      all(({ addresses }) => addresses),
    ),
    // A card holds seven facts; how many sessions there were is the one to do without.
    fact('Sessions', notOnRecord.length > 0 ? [] : sessionsOf(main)),
    fact('Also', titles),
    fact('Not on record', notOnRecord, 2),
    fact('Records', [recordsOf(main)]),
  ].filter(({ value }) => value !== '')
}

function doneBy({ actor, mailboxes }: Incident, findings: readonly Finding[]): string {
  if (actor === NOBODY_SEEN) return ''
  if (findings.every(({ actors }) => actors.every(one => one === NOBODY_SEEN))) return 'no record tells'
  if (actor.startsWith('app:')) return `application ${actor.slice(4)}, with no user present`
  // Graph's own log names people by id.
  const who = isGuid(actor) ? `user with the object id ${actor}` : actor
  return mailboxes.length === 1 && mailboxes[0] === actor ? `${who}, the owner’s own account` : who
}

function recordsOf({ recordCount, records }: Finding): string {
  const [first = 'unnamed'] = records
  return recordCount === 1 ? first : `${recordCount.toLocaleString('en-US')}, the first is ${first}`
}

function sessionsOf({ sessions }: Finding): string[] {
  return sessions.length === 0 ? [] : [sessions.length === 1 ? 'one' : String(sessions.length)]
}

function fact(name: string, values: readonly string[], most = 6): Fact {
  const rest = values.length - most
  return { name, value: values.slice(0, most).join(', ') + (rest > 0 ? ` + ${rest} more` : '') }
}
