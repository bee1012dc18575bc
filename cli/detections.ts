import { readTuning } from '../core/configuration.ts'
import { detections } from '../core/detections/index.ts'
import { limitWords } from '../core/detections/kit/limit-words.ts'
import type { Detection } from '../core/model/detection.ts'
import { kindsOf } from '../core/model/kinds.ts'
import { worst } from '../core/model/severity.ts'
import { tune } from '../core/tuning/tune.ts'
import { jsonLine } from './json-line.ts'

/** The catalogue, for people or as one JSON object a line; as a file tunes it where one is named. */
export function listDetections({ json, config }: { json?: boolean; config?: string }): number {
  const tuning =
    config === undefined
      ? undefined
      : readTuning(process.env, [process.cwd()], Date.now() / 1000, config)?.config
  for (const detection of tuning === undefined ? detections : tune(detections, tuning))
    process.stdout.write(json ? `${jsonLine(entry(detection))}\n` : text(detection))
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
