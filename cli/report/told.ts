import { DAY, HOUR, iso } from '../../core/model/time.ts'
import type { IncidentEvidence, Told } from '../../core/pipeline/evidence-incident.ts'
import { note, paragraph, section, severityMark, shown, steps, table, utc } from './html.ts'

const STATES: Readonly<Record<Told['state'], string>> = {
  done: 'accepted',
  pending: 'not accepted yet',
  parked: 'refused for good',
  superseded: 'replaced by a later message before it was sent',
}

const RECEIVERS: ReadonlyMap<string, string> = new Map([
  ['teams', 'Teams'],
  ['webhook', 'Webhook'],
  ['screen', 'Local page and terminal'],
])

export function toldSection({ told }: IncidentEvidence): string {
  if (told.length === 0)
    return section(
      'Who was told, and when',
      paragraph('Nobody: it is allowed, or less bad than what is posted, or no receiver was set.'),
    )
  return section(
    'Who was told, and when',
    table(
      ['Receiver', 'Message', 'Severity', 'Ready, UTC', 'Outcome', 'When, UTC'],
      told.map(({ alert, createdAt, endedAt, sink, state }) => [
        RECEIVERS.get(sink) ?? shown(sink),
        `<span class="id">${shown(alert.id)}</span>`,
        severityMark(alert.severity),
        utc(createdAt),
        STATES[state],
        endedAt === undefined ? '' : utc(endedAt),
      ]),
    ),
  )
}

/** How long Audit (Standard) keeps records. */
const KEPT = 180 * DAY

/** The search names no text of a record: what was read from a log has no business in a command. */
export function checkSection({ incident: { end, start } }: IncidentEvidence): string {
  const day = (at: number) => iso(at).slice(0, 16).replace('T', ' ')
  return section(
    'How to check this against Microsoft’s own log',
    steps([
      `Open <a href="https://purview.microsoft.com/audit/auditsearch" rel="noreferrer">Purview audit search</a> and search from ${day(start - HOUR)} to ${day(end + HOUR)} UTC for the people and mailboxes above. Export the result.`,
      'In the export, the column <code>AuditData</code> holds each record; its <code>Id</code> is the first column of <code>records.csv</code>.',
      'Run <code>waxseal replay export.csv</code> on it: the same rules judge the same records, without what Waxseal keeps.',
      `Do so before ${shown(iso(end + KEPT).slice(0, 10))}: Audit (Standard) keeps records for 180 days.`,
    ]),
    paragraph('Or in Exchange Online PowerShell, in this folder:'),
    `<pre>$ids = (Import-Csv records.csv).record
Search-UnifiedAuditLog -StartDate '${day(start - HOUR)}' -EndDate '${day(end + HOUR)}' -ResultSize 5000 |
  Where-Object { ($_.AuditData | ConvertFrom-Json).Id -in $ids } |
  Export-Csv audit.csv -NoTypeInformation</pre>`,
    note(
      'One call returns at most 5,000 records. Ids of records from Microsoft Graph, and of what Waxseal saw for itself, are not in that log.',
    ),
  )
}
