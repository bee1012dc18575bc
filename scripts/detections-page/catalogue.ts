import { limitWords } from '../../core/detections/kit/limit-words.ts'
import { span } from '../../core/detections/kit/words.ts'
import { TECHNIQUES } from '../../core/model/attack.ts'
import type { Detection, Term } from '../../core/model/detection.ts'
import { type Kind, kindsOf } from '../../core/model/kinds.ts'
import { rank } from '../../core/model/severity.ts'
import { bullets, table, toDetection, words } from './markdown.ts'

const KIND_NAMES: Readonly<Record<Kind, string>> = {
  record: 'single record',
  window: 'window',
  baseline: 'above the usual',
  new_terms: 'new terms',
  sequence: 'sequence',
}

export function catalogue(detections: readonly Detection[]): string {
  return table(
    ['id', 'what', 'severity', 'ATT&CK', 'kind', 'limits'],
    detections.map(detection => [
      toDetection(detection.id),
      words(detection.title),
      severities(detection.terms),
      detection.attack.join(', '),
      kindsOf(detection)
        .map(kind => KIND_NAMES[kind])
        .join(', '),
      [...new Set(detection.terms.map(short))].join('; '),
    ]),
  )
}

function severities(terms: readonly Term[]): string {
  const found = [...new Set(terms.map(({ severity }) => severity))].sort((a, b) => rank(a) - rank(b))
  return found.length < 2 ? (found[0] ?? '') : `${found[0]} to ${found.at(-1)}`
}

function short({ atLeast, withinMinutes }: Term): string {
  const count = atLeast.toLocaleString('en-US')
  if (withinMinutes === undefined) return atLeast === 1 ? 'one record' : `${count} in a day`
  return `${atLeast === 1 ? 'one record and another' : count} in ${span(withinMinutes)}`
}

/** Everything a detection says about itself. */
export function section(detection: Detection): string {
  const {
    id,
    title,
    attack,
    reads,
    terms,
    triage,
    notKnown,
    falsePositives,
    notCovered,
    references,
    covers,
  } = detection
  const techniques = attack.map(technique => `${technique} ${TECHNIQUES[technique]}`).join(', ')
  const part = (name: string, text: string) => `**${name}**\n\n${text}`
  return [
    `### ${id}`,
    `${words(title)}. ATT&CK: ${techniques}. Reads ${reads === 'any' ? 'every record' : reads.map(code).join(', ')}.`,
    part(
      'Fires on',
      bullets(terms.map(term => `${term.severity}, ${code(term.id)}: ${words(limitWords(term))}`)),
    ),
    part('What to do', triage.map((step, n) => `${n + 1}. ${words(step)}`).join('\n')),
    part('False positives', bullets(falsePositives.map(words))),
    part('Not covered', bullets(notCovered.map(words))),
    `**Not known:** ${words(notKnown)}`,
    `**References:** ${references.map(({ title, url }) => (url === undefined ? words(title) : `[${words(title)}](${url})`)).join('; ')}`,
    part('Public rules it covers', bullets(covers.map(words))),
  ].join('\n\n')
}

const code = (text: string) => `\`${text}\``
