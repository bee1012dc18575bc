/** Figures of one measurement, by name. Times are in milliseconds, sizes in megabytes (10^6 bytes) where not named. */
export type Row = Readonly<Record<string, string | number>>

export interface Target {
  readonly what: string
  readonly figure: number
  readonly atLeast?: number
  readonly atMost?: number
}

export interface Report {
  readonly bench: string
  /** What was done, and what it is compared with. */
  readonly about: string
  readonly rows: readonly Row[]
  readonly targets: readonly Target[]
}

/** A table for people, then the same as one line of JSON for programs. */
export function print({ bench, about, rows, targets }: Report): void {
  console.log(`\n${bench}: ${about}\n`)
  console.table(Object.fromEntries(rows.map(({ name, ...figures }) => [name, figures])))
  const judged = targets.map(target => ({ ...target, met: isMet(target) }))
  for (const { what, figure, atLeast, atMost, met } of judged) {
    const wanted = atLeast === undefined ? `at most ${atMost}` : `at least ${atLeast}`
    console.log(`${met ? 'met   ' : 'MISSED'} ${what}: ${figure}, wanted ${wanted}`)
  }
  console.log(JSON.stringify({ type: 'bench', bench, node: process.version, rows, targets: judged }))
}

function isMet({ figure, atLeast = -Infinity, atMost = Infinity }: Target): boolean {
  return figure >= atLeast && figure <= atMost
}

export function rounded(value: number, digits = 3): number {
  return Number(value.toPrecision(digits))
}
