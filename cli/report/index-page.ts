import type { Evidence } from '../../core/pipeline/evidence.ts'
import type { Made } from './file.ts'
import { who } from './found.ts'
import { facts, number, page, paragraph, section, severityMark, shown, table, utc } from './html.ts'
import { headlineOf } from './incident-page.ts'
import { mailboxesIn } from './tables.ts'
import { completeness, gaps } from './unseen.ts'

/** `index.html`: what there is, and what could not be seen meanwhile. `folders`: of the incidents, in their order. */
export function indexPage(evidence: Evidence, made: Made, folders: readonly string[]): string {
  const { from, incidents, ledger, missing, to, unassigned } = evidence
  const found = gaps(missing, ledger)
  const count = incidents.length === 1 ? 'One incident' : `${number(incidents.length)} incidents`
  return page(
    'Waxseal evidence report',
    `<header>
<p class="quiet">Waxseal evidence report · ${shown(made.tenantName ?? made.tenant)}</p>
<h1>${incidents.length === 0 ? 'No incident is on record' : count}</h1>
${facts([
  ['From', `${utc(from)} UTC`],
  ['To', `${utc(to)} UTC`],
  ['Tenant', `<span class="id">${shown(made.tenant)}</span>`],
  ['Report made', `${utc(made.at)} UTC, by Waxseal ${shown(made.version)}, from what it keeps`],
])}
</header>
${incidents.length === 0 ? '' : section('Incidents', incidentTable(evidence, folders))}
${section(
  'What could not be seen',
  found === '' ? paragraph('No gap in the records is known.') : found,
  completeness(ledger),
  unassigned === 0
    ? ''
    : paragraph(`${number(unassigned)} findings are in no incident yet; the next run completes that.`),
)}`,
  )
}

function incidentTable({ incidents }: Evidence, folders: readonly string[]): string {
  return table(
    ['First event, UTC', 'Severity', 'What', 'Actor', 'Mailboxes', 'Report'],
    incidents.map((one, i) => [
      utc(one.incident.start),
      severityMark(one.incident.severity),
      shown(headlineOf(one)),
      `<bdi>${shown(who(one.incident.actor))}</bdi>`,
      number(mailboxesIn(one).length),
      `<a href="${shown(`${folders[i]}/report.html`)}">${shown(folders[i] ?? '')}</a>`,
    ]),
  )
}
