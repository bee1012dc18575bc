import { join } from 'node:path'
import { iso } from '../../core/model/time.ts'
import type { Evidence } from '../../core/pipeline/evidence.ts'
import { plain } from '../../core/sinks/text.ts'
import { folderName, SUMS } from './build.ts'
import type { Summed } from './file.ts'
import { headlineOf } from './incident-page.ts'

/** What was written, for people. */
export function writtenText(evidence: Evidence, out: string, files: readonly Summed[]): string {
  const { from, incidents, to } = evidence
  const sums = files.find(({ path }) => path === SUMS)
  const lines = incidents.map(one => {
    const { id, severity } = one.incident
    return `  ${severity.padEnd(8)}  ${folderName(id)}  ${plain(headlineOf(one))}`
  })
  return [
    incidents.length === 0
      ? `No incident is on record from ${iso(from)} to ${iso(to)}.`
      : `${incidents.length.toLocaleString('en-US')} ${incidents.length === 1 ? 'incident' : 'incidents'}, each in a folder of its own:`,
    ...lines,
    `Open ${plain(join(out, 'index.html'), 1_000)}; ${files.length} files were written.`,
    `SHA-256 of ${SUMS}: ${sums?.sha256 ?? ''}`,
    'Keep that number apart from the report: with it anybody can show that nothing was changed.',
    '',
  ].join('\n')
}
