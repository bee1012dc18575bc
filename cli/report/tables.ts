import { isAllowed } from '../../core/model/allowed.ts'
import { iso, type Seconds } from '../../core/model/time.ts'
import type {
  FindingEvidence,
  IncidentEvidence,
  RecordEvidence,
} from '../../core/pipeline/evidence-incident.ts'
import { csv } from './csv.ts'

/** What was seen of a mailbox. */
export interface MailboxSeen {
  readonly mailbox: string
  readonly first: Seconds
  readonly last: Seconds
  /** Ids of the records that name it; none where they are no longer known one by one, and the times are the finding's. */
  readonly records: readonly string[]
  readonly actors: readonly string[]
  readonly apps: readonly string[]
  readonly addresses: readonly string[]
}

/** Mailboxes of a finding, by name. */
export function mailboxesOf({ finding, records }: FindingEvidence): MailboxSeen[] {
  const names = new Set([...finding.mailboxes, ...records.flatMap(({ context }) => context?.mailbox ?? [])])
  return [...names].sort().map(mailbox => {
    const own = records.flatMap(({ at, context, id }) =>
      at !== undefined && context?.mailbox === mailbox ? [{ id, at, ...context }] : [],
    )
    const times = own.map(({ at }) => at)
    const { start, end, actors, apps, addresses } = finding
    if (own.length === 0) return { mailbox, first: start, last: end, records: [], actors, apps, addresses }
    const all = (pick: (one: (typeof own)[number]) => string | undefined) => [
      ...new Set(own.flatMap(one => pick(one) ?? [])),
    ]
    return {
      mailbox,
      first: times.reduce((a, b) => Math.min(a, b)),
      last: times.reduce((a, b) => Math.max(a, b)),
      records: own.map(({ id }) => id),
      actors: all(({ actor }) => actor),
      apps: all(({ app }) => app),
      addresses: all(({ address }) => address),
    }
  })
}

/** Mailboxes of an incident, most records first, with the ids of the detections they are named by. */
export function mailboxesIn({ findings }: Pick<IncidentEvidence, 'findings'>) {
  const all = new Map<string, MailboxSeen & { readonly detections: readonly string[] }>()
  for (const part of findings)
    for (const seen of mailboxesOf(part)) {
      const known = all.get(seen.mailbox)
      all.set(seen.mailbox, {
        ...seen,
        first: Math.min(seen.first, known?.first ?? seen.first),
        last: Math.max(seen.last, known?.last ?? seen.last),
        records: [...new Set([...(known?.records ?? []), ...seen.records])],
        detections: [...new Set([...(known?.detections ?? []), part.finding.detection])],
      })
    }
  return [...all.values()].sort(
    (a, b) => b.records.length - a.records.length || (a.mailbox < b.mailbox ? -1 : 1),
  )
}

/** Records of an incident, each once, oldest first, with the detections that they are named by. */
export function recordsIn(findings: readonly FindingEvidence[]) {
  const all = new Map<string, RecordEvidence & { readonly detections: readonly string[] }>()
  for (const { finding, records } of findings)
    for (const record of records) {
      const known = all.get(record.id)
      all.set(record.id, {
        ...record,
        ...known,
        detections: [...new Set([...(known?.detections ?? []), finding.detection])],
      })
    }
  return [...all.values()].sort((a, b) => (a.at ?? 0) - (b.at ?? 0))
}

/** Columns are named as in the lines of `replay --json`. */
export function findingsCsv({ findings, incident }: IncidentEvidence): string {
  const columns = [
    ...['finding', 'incident', 'detection', 'title', 'severity', 'start', 'end', 'count', 'limit'],
    ...['withinMinutes', 'actor', 'actors', 'app', 'apps', 'mailboxes', 'addresses', 'clients', 'sessions'],
    ...['notes', 'attack', 'sentence', 'allowed', 'recordCount'],
  ]
  const rows = findings.map(({ allowed, detection, finding, sentence }) => [
    ...[finding.id, incident.id, finding.detection, detection?.title, finding.severity],
    ...[iso(finding.start), iso(finding.end), finding.count, finding.limit, finding.withinMinutes],
    ...[finding.actor, finding.actors, finding.app, finding.apps, finding.mailboxes, finding.addresses],
    ...[finding.clients, finding.sessions, finding.notes, detection?.attack, sentence],
    ...[isAllowed({ allowed }) ? allowed?.reason : undefined, finding.recordCount],
  ])
  return csv(columns, rows)
}

/** One row a mailbox and finding. `times`: whose first and last are told, the mailbox's own or those of the whole finding. */
export function mailboxesCsv({ findings, incident }: IncidentEvidence): string {
  const columns = [
    ...['mailbox', 'first', 'last', 'times', 'records', 'finding', 'incident', 'detection', 'severity'],
    ...['actors', 'apps', 'addresses'],
  ]
  const rows = findings.flatMap(part => {
    const { id, detection, severity } = part.finding
    return mailboxesOf(part).map(seen => [
      ...[seen.mailbox, iso(seen.first), iso(seen.last), seen.records.length > 0 ? 'mailbox' : 'finding'],
      ...[seen.records.length || undefined, id, incident.id, detection, severity],
      ...[seen.actors, seen.apps, seen.addresses],
    ])
  })
  return csv(columns, rows)
}

/** One row a record and finding. `named`: the finding itself names it; else it was counted for it in the same time. */
export function recordsCsv({ findings, incident }: IncidentEvidence): string {
  const columns = [
    ...['record', 'at', 'finding', 'incident', 'detection', 'named', 'mailbox', 'actor', 'app', 'address'],
    ...['client', 'session', 'note'],
  ]
  const rows = findings.flatMap(({ finding, records }) =>
    records.map(({ id, at, context, named }) => [
      ...[id, at === undefined ? undefined : iso(at), finding.id, incident.id, finding.detection],
      ...[named ? 'yes' : 'no', context?.mailbox, context?.actor, context?.app, context?.address],
      ...[context?.client, context?.session, context?.note],
    ]),
  )
  return csv(columns, rows)
}
