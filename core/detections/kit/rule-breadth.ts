import type { RuleChange } from './rule-change.ts'
import type { Condition } from './rule-conditions.ts'

/** Bytes. Every message is larger than the one, none larger than the other. */
const [TINY, HUGE] = [2_048, 25 * 1024 * 1024]

/** No condition at all, or none that any message fails. */
export function takesEverything({ catchAll, conditions }: RuleChange): boolean {
  const narrowing = conditions.filter(({ name }) => !name.startsWith('exceptif'))
  return catchAll || (narrowing.length > 0 && narrowing.every(isEmptyTalk))
}

function isEmptyTalk({ name, values }: Condition): boolean {
  if (name === 'withinsizerangeminimum') return values.every(value => bytes(value) <= TINY)
  if (name === 'withinsizerangemaximum') return values.every(value => bytes(value) >= HUGE)
  if (name === 'receivedafterdate') return true
  return name.endsWith('words') && values.some(value => value.split(/[;,]/).some(isInEveryMessage))
}

/** `@`, `.`, `.com`, a NUL, a single letter. A list holds when any of its words does. */
function isInEveryMessage(word: string): boolean {
  const bare = word.trim().toLowerCase()
  return (
    word !== '' &&
    (/^\.?(?:com|net|org|http|https|www)$/.test(bare) || (bare.match(/[\p{L}\p{N}]/gu)?.length ?? 0) <= 1)
  )
}

const UNITS: Readonly<Record<string, number>> = { b: 1, kb: 1_024, mb: 1_024 ** 2, gb: 1_024 ** 3 }

/** `1024`, `1KB`, `1 KB (1,024 bytes)`. */
function bytes(size: string): number {
  const exact = /\(([\d,]+)\s*bytes\)/i.exec(size)?.[1]
  if (exact !== undefined) return Number(exact.replaceAll(',', ''))
  const [, amount, unit = 'b'] = /^\s*([\d.]+)\s*([kmg]?b)?\s*$/i.exec(size) ?? []
  return amount === undefined ? Number.NaN : Number(amount) * (UNITS[unit.toLowerCase()] ?? 1)
}
