import { span } from '../../core/detections/kit/words.ts'
import { isAllowed } from '../../core/model/allowed.ts'
import { NOBODY_SEEN } from '../../core/model/observation.ts'
import type { FindingEvidence, IncidentEvidence } from '../../core/pipeline/evidence-incident.ts'
import { facts, list, note, number, paragraph, section, severityMark, shown, table, utc } from './html.ts'
import { mailboxesIn, recordsIn } from './tables.ts'

/** Rows shown of a list; the files beside the page hold all of it. */
const ROWS = 100

/** What we saw for ourselves, no record tells who did it. */
export function who(actor: string): string {
  return actor === NOBODY_SEEN ? 'no record tells' : actor
}

export function mailboxSection(one: IncidentEvidence): string {
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

export function foundSection({ findings }: IncidentEvidence): string {
  return section('What was found', ...findings.map(findingPart))
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
  ['Done by', list(actors.map(who))],
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
  ['Not known', detection === undefined ? '' : shown(detection.notKnown)],
  [
    'Rule',
    `${shown(finding.detection)} · ATT&amp;CK ${shown(detection?.attack.join(', ') ?? finding.technique)}`,
  ],
  ['Finding', `<span class="id">${shown(finding.id)}</span>`],
])}`
}

export function recordSection({ findings }: IncidentEvidence): string {
  const all = recordsIn(findings)
  const isWhole = findings.every(({ finding, records }) => records.length >= finding.recordCount)
  return section(
    'Audit records',
    paragraph(
      isWhole
        ? `${number(all.length)}; all that these findings rest on are among them.`
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

function more(count: number, file: string): string {
  return count > ROWS ? note(`The first ${ROWS} of ${number(count)}; <code>${file}</code> has them all.`) : ''
}
