import type { IncidentEvidence } from '../../core/pipeline/evidence-incident.ts'
import type { Made, Summed } from './file.ts'
import { foundSection, mailboxSection, recordSection, who } from './found.ts'
import {
  bullets,
  facts,
  list,
  note,
  page,
  paragraph,
  section,
  severityMark,
  shown,
  table,
  utc,
} from './html.ts'
import { checkSection, toldSection } from './told.ts'
import { completeness, gaps } from './unseen.ts'

/** `report.html` of one incident: what is on record about it, for whoever was not there. `files` lie beside it. */
export function incidentPage(one: IncidentEvidence, made: Made, files: readonly Summed[]): string {
  const headline = headlineOf(one)
  return page(
    `Evidence: ${headline}`,
    [
      header(one, made, headline),
      mailboxSection(one),
      foundSection(one),
      unseenSection(one),
      toldSection(one),
      checkSection(one),
      recordSection(one),
      filesSection(files),
    ].join('\n'),
  )
}

export function headlineOf({ alert, findings }: IncidentEvidence): string {
  return alert?.headline ?? findings.map(({ finding }) => finding.detection).join(', ')
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
  ...(alert?.facts ?? [{ name: 'Done by', value: who(actor) }])
    .filter(({ name }) => ['Done by', 'Client', 'From'].includes(name))
    .map(({ name, value }) => [name, `<bdi>${shown(value, 600)}</bdi>`] as const),
  ['Tenant', `<span class="id">${shown(made.tenant)}</span>`],
  ['Report made', `${utc(made.at)} UTC, by Waxseal ${shown(made.version)}, from what it keeps`],
])}
</header>`
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
