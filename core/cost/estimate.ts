import { type Cost, costOf } from './cost.ts'
import { MEASURED, scaled } from './measured.ts'
import { PRICES } from './prices.ts'
import { usageOf } from './usage.ts'

export interface Estimate {
  /** US dollars. */
  readonly month: Cost
  readonly asOf: string
}

/** Gigabytes of an instance, unless the template was told otherwise. */
const MEMORY = 0.5

/** A month in Azure with so many records a day. */
export function estimate(records: number, gigabytes = MEMORY): Estimate {
  return { month: costOf(usageOf(scaled(MEASURED, records), gigabytes), PRICES), asOf: PRICES.asOf }
}

/** `about US$0.05 a month, prices of 2026-11`. Less than a cent is a cent. */
export function estimateText({ month: { total }, asOf }: Estimate): string {
  const dollars = total >= 10 ? total.toFixed(0) : Math.max(0.01, total).toFixed(2)
  return `about US$${dollars} a month, prices of ${asOf}`
}
