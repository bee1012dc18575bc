import { span } from '../../core/detections/kit/words.ts'
import { isAllowed } from '../../core/model/allowed.ts'
import { DAY, HOUR, iso } from '../../core/model/time.ts'
import type { FindingEvidence, IncidentEvidence, Told } from '../../core/pipeline/evidence-incident.ts'
import type { Made, Summed } from './file.ts'
import { bullets, facts, list, number, page, paragraph, section, shown, steps, table, utc } from './html.ts'
import { mailboxesIn, recordsIn } from './tables.ts'
import { completeness, gaps } from './unseen.ts'

/** Rows shown of a list; the files beside the page hold all of it. */
const ROWS = 100
/** How long Audit (Standard) keeps records. */
const KEPT = 180 * DAY

/** `report.html` of one incident: what is on record about it, for whoever was not there. `files` lie beside it. */
export function incidentPage(one: IncidentEvidence, made: Made, files: readonly Summed[]): string {
  const headline = headlineOf(one)
  return page(
    `Evidence: ${headline}`,
    [
      header(one, made, headline),
      mailboxSection(one),
      section('What was found', ...one.findings.map(findingPart)),
      unseenSection(one),
      toldSection(one.told),
      checkSection(one),
      recordSection(one),
      filesSection(files),
    ].join('\n'),
  )
}

export function headlineOf({ alert, findings }: IncidentEvidence): string {
  return alert?.headline ?? findings.map(({ finding }) => finding.detection).join(', ')
}

export function severityMark(severity: string): string {
  return `<span class="severity ${severity}">${severity}</span>`
}

function header({ alert, incident }: IncidentEvidence, made: Made, headline: string): string {
  const { actor, end, id, severity, start } = incident
  return `<header>
<p class="quiet">Waxseal evidence report · ${shown(made.tenantName ?? made.tenant)}</p>
<h1>${shown(headline)}</h1>
<p>${severityMark(severity)} <span class="id">incident ${shown(id)}</span></p>
${paragraph(shown(alert?.sentence ?? 'Detections of another version found this; what they say is in the files.', 1_000))}
${facts([
  ['First event', `${utc(start)} UTC`],
  ['Last event', `${utc(end)} UTC`],
  ...(alert?.facts ?? [{ name: 'Done by', value: actor }])
    .filter(({ name }) => ['Done by', 'Client', 'From'].includes(name))
    .map(({ name, value }) => [name, `<bdi>${shown(value, 600)}</bdi>`] as const),
  ['Tenant', `<span class="id">${shown(made.tenant)}</span>`],
  ['Report made', `${utc(made.at)} UTC, by Waxseal ${shown(made.version)}, from what it keeps`],
])}
</header>`
}

function mailboxSection(one: IncidentEvidence): string {
  const all = mailboxesIn(one)
  if (all.length === 0) return section('Mailboxes', paragraph('The records name no mailbox.'))
  const counted = all.every(({ records }) => records.length > 0)
  return section(
    all.length === 1 ? 'One mailbox' : `${number(all.length)} mailboxes`,
    table(
      ['Mailbox', 'First, UTC', 'Last, UTC', 'Records', 'Found by'],
      all
        .slice(0, ROWS)
        .map(({ detections, first, last, mailbox, records }) => [
          `<bdi>${shown(mailbox)}</bdi>`,
          utc(first),
          utc(last),
          records.length === 0 ? 'not known singly' : number(records.length),
          detections.map(id => shown(id)).join(', '),
        ]),
    ),
    more(all.length, 'mailboxes.csv'),
    counted
      ? ''
      : note(
          'Where records are not known singly, the times are those of the whole finding: details are kept for 21 days.',
        ),
  )
}

function findingPart({ allowed, detection, finding, sentence }: FindingEvidence): string {
  const { actors, addresses, apps, clients, count, end, limit, notes, sessions, severity, start } = finding
  const term = detection?.terms.find(({ id }) => id === finding.term)
  const counts = term === undefined ? '' : ` (${term.counts})`
  const within = finding.withinMinutes === undefined ? '' : ` within ${span(finding.withinMinutes)}`
  return `<h3>${shown(detection?.title ?? finding.detection)} ${severityMark(severity)}</h3>
${sentence === '' ? '' : paragraph(shown(sentence, 1_000))}
${facts([
  ['Time', `${utc(start)} to ${utc(end)} UTC`],
  ['Counted', shown(`${number(count)}${counts}; the limit is ${number(limit)}${within}`)],
  ['Records', number(finding.recordCount)],
  ['Done by', list(actors)],
  ['Applications', list(apps)],
  ['Programs', list(clients)],
  ['From', list(addresses)],
  ['Sessions', list(sessions, 5)],
  [
    'Details',
    notes
      .slice(0, 6)
      .map(one => `<bdi>${shown(one)}</bdi>`)
      .join('<br>'),
  ],
  [
    'Allowed',
    isAllowed({ allowed }) ? shown(`${allowed?.reason} (${allowed?.owner}, until ${allowed?.until})`) : '',
  ],
  ['Not known', shown(detection?.notKnown ?? '')],
  [
    'Rule',
    `${shown(finding.detection)} · ATT&amp;CK ${shown(detection?.attack.join(', ') ?? finding.technique)}`,
  ],
  ['Finding', `<span class="id">${shown(finding.id)}</span>`],
])}`
}

function unseenSection({ ledger, missing, unread }: IncidentEvidence): string {
  const found = gaps(missing, ledger)
  return section(
    'What could not be seen',
    found === '' ? paragraph('No gap is known in the records of these people and mailboxes.') : found,
    bullets(
      unread.length === 0
        ? []
        : [
            `No read was ever recorded of ${list(unread)}: a licence or a setting may keep reads off the log.`,
          ],
    ),
    completeness(ledger),
    note(
      'It covers a day before the first event to a day after the last, as records arrive late. Only what Microsoft records can be seen.',
    ),
  )
}

const STATES: Readonly<Record<Told['state'], string>> = {
  done: 'accepted',
  pending: 'not accepted yet',
  parked: 'refused for good',
  superseded: 'replaced by a later message before it was sent',
}

const RECEIVERS: Readonly<Record<string, string>> = {
  teams: 'Teams',
  webhook: 'Webhook',
  screen: 'Local page and terminal',
}

function toldSection(told: readonly Told[]): string {
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
        RECEIVERS[sink] ?? shown(sink),
        `<span class="id">${shown(alert.id)}</span>`,
        severityMark(alert.severity),
        utc(createdAt),
        STATES[state],
        endedAt === undefined ? '' : utc(endedAt),
      ]),
    ),
  )
}

/** The search names no text of a record: what was read from a log has no business in a command. */
function checkSection({ incident: { end, start } }: IncidentEvidence): string {
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

function recordSection({ findings }: IncidentEvidence): string {
  const all = recordsIn(findings)
  const isWhole = findings.every(({ finding, records }) => records.length >= finding.recordCount)
  return section(
    'Audit records',
    paragraph(
      isWhole
        ? `${number(all.length)}: all that these findings rest on.`
        : `${number(all.length)}, and more that are not known singly any more: a finding names its first 50, and details are kept for 21 days.`,
    ),
    table(
      ['Time, UTC', 'Record', 'Mailbox', 'Found by'],
      all
        .slice(0, ROWS)
        .map(({ at, context, detections, id }) => [
          at === undefined ? '' : utc(at),
          `<span class="id">${shown(id)}</span>`,
          context?.mailbox === undefined ? '' : `<bdi>${shown(context.mailbox)}</bdi>`,
          list(detections, 3),
        ]),
    ),
    more(all.length, 'records.csv'),
  )
}

function filesSection(files: readonly Summed[]): string {
  return section(
    'Files',
    table(
      ['File', 'SHA-256'],
      files.map(({ path, sha256 }) => [
        `<a href="${shown(path)}">${shown(path)}</a>`,
        `<span class="id">${shown(sha256)}</span>`,
      ]),
    ),
    note(
      '<code>SHA256SUMS</code> has the sum of this page too; <code>sha256sum -c SHA256SUMS</code> checks them all. In CSV files a text that a spreadsheet would take for a formula has an apostrophe before it; <code>report.json</code> has every text as it was.',
    ),
  )
}

function more(count: number, file: string): string {
  return count > ROWS ? note(`The first ${ROWS} of ${number(count)}; <code>${file}</code> has them all.`) : ''
}

const note = (html: string) => `<p class="quiet">${html}</p>`
