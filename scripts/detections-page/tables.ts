import type { Detection } from '../../core/model/detection.ts'
import type { Elsewhere, Evasion } from './evasion/evasion.ts'
import { table, toDetection, words } from './markdown.ts'
import type { PublicDocument } from './public-rules.ts'

/** What became of every rule of a document. */
export function ruleTable({ title, what, rules }: PublicDocument, detections: readonly Detection[]): string {
  const rows = rules.map(({ name, unseen, remark }) => {
    const by = detections.filter(({ covers }) => covers.includes(name)).map(({ id }) => toDetection(id))
    return [words(name), by.join(', ') || 'not covered', words(unseen ?? remark ?? '')]
  })
  return `### ${title}\n\nIn it: ${what}.\n\n${table(['rule or branch', 'ours', 'remark'], rows)}`
}

export function evasionTable(evasions: readonly Evasion[]): string {
  return table(
    ['move', 'detection', 'must fire', 'must not fire'],
    evasions.flatMap(({ move, pairs }) =>
      pairs.map(([detection, fires, quiet], n) => [
        n === 0 ? words(move) : '',
        toDetection(detection),
        words(fires),
        words(quiet),
      ]),
    ),
  )
}

export function elsewhereTable(moves: readonly Elsewhere[]): string {
  return table(
    ['move', 'why the audit records do not show it'],
    moves.map(({ move, why }) => [words(move), words(why)]),
  )
}
