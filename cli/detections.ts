import { detections } from '../core/detections/index.ts'
import { limitWords } from '../core/detections/kit/limit-words.ts'
import type { Detection } from '../core/model/detection.ts'
import { kindsOf } from '../core/model/kinds.ts'
import { worst } from '../core/model/severity.ts'

/** The catalogue, for people or as one JSON object a line. */
export function listDetections({ json }: { json?: boolean }): number {
  for (const detection of detections)
    process.stdout.write(json ? `${JSON.stringify(entry(detection))}\n` : text(detection))
  return 0
}

function entry(detection: Detection) {
  const { id, title, attack, reads, terms, triage, falsePositives, notCovered, references, covers } =
    detection
  return {
    type: 'detection',
    id,
    title,
    severity: severity(detection),
    attack,
    kind: kindsOf(detection)[0],
    feeds: ['management'],
    operations: reads,
    limits: terms,
    covers,
    triage,
    falsePositives,
    notCovered,
    references,
  }
}

function severity({ terms }: Detection) {
  return worst(terms.map(term => term.severity))
}

function text(detection: Detection): string {
  const { id, title, attack, terms, covers } = detection
  return `${[
    `${id} · ${severity(detection)} · ${attack.join(' ')}`,
    `  ${title}`,
    ...terms.map(term => `  ${term.severity.padEnd(8)} ${term.id}: ${limitWords(term)}`),
    `  covers: ${covers.join('; ')}`,
    '',
  ].join('\n')}\n`
}
