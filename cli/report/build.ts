import { createHash } from 'node:crypto'
import type { Evidence } from '../../core/pipeline/evidence.ts'
import type { IncidentEvidence } from '../../core/pipeline/evidence-incident.ts'
import type { Made, ReportFile, Summed } from './file.ts'
import { incidentPage } from './incident-page.ts'
import { indexPage } from './index-page.ts'
import { incidentJson, indexJson } from './json.ts'
import { findingsCsv, mailboxesCsv, recordsCsv } from './tables.ts'

export const SUMS = 'SHA256SUMS'

/**
 * All files of a report, sums last. Each incident has a folder of its own with sums of its own, so that it can be handed on
 * by itself.
 */
export function reportFiles(evidence: Evidence, made: Made): ReportFile[] {
  const folders = evidence.incidents.map(({ incident }) => folderName(incident.id))
  const incidents = evidence.incidents.flatMap((one, i) =>
    incidentFiles(one, made).map(({ path, text }) => ({ path: `${folders[i]}/${path}`, text })),
  )
  return withSums([
    { path: 'index.html', text: indexPage(evidence, made, folders) },
    { path: 'report.json', text: indexJson(evidence, made, folders) },
    ...incidents,
  ])
}

function incidentFiles(one: IncidentEvidence, made: Made): ReportFile[] {
  const data = [
    { path: 'findings.csv', text: findingsCsv(one) },
    { path: 'mailboxes.csv', text: mailboxesCsv(one) },
    { path: 'records.csv', text: recordsCsv(one) },
    { path: 'report.json', text: incidentJson(one, made) },
  ]
  return withSums([{ path: 'report.html', text: incidentPage(one, made, data.map(summed)) }, ...data])
}

/** As `sha256sum` writes and checks them. */
function withSums(files: readonly ReportFile[]): ReportFile[] {
  const lines = files.map(summed).map(({ path, sha256 }) => `${sha256}  ${path}\n`)
  return [...files, { path: SUMS, text: lines.join('') }]
}

export function summed({ path, text }: ReportFile): Summed {
  return { path, sha256: createHash('sha256').update(text).digest('hex'), bytes: Buffer.byteLength(text) }
}

/** An id of ours is a name as it stands: a day and hexadecimal digits. Anything else in storage is none, and is named by a hash. */
export function folderName(incident: string): string {
  if (/^\d{8}-[0-9a-f]{12}$/.test(incident)) return incident
  return `incident-${createHash('sha256').update(incident).digest('hex').slice(0, 24)}`
}
