/**
 * List prices of Azure in US dollars, East US, as public sources gave them. They change, and differ by region and contract:
 * what rests on them is an estimate. Flex Consumption, on demand; general-purpose v2 storage with local redundancy.
 */
export interface Prices {
  /** `2026-11` */
  readonly asOf: string
  readonly region: string
  readonly compute: {
    readonly gbSecond: number
    readonly freeGbSeconds: number
    readonly millionExecutions: number
    readonly freeExecutions: number
  }
  readonly tenThousandTableOperations: number
  readonly tenThousandQueueOperations: number
  readonly gigabyteMonth: number
  readonly logs: { readonly gigabyte: number; readonly freeGigabytes: number }
}

export const PRICES: Prices = {
  asOf: '2026-11',
  region: 'East US',
  compute: {
    gbSecond: 0.000026,
    freeGbSeconds: 100_000,
    millionExecutions: 0.4,
    freeExecutions: 250_000,
  },
  tenThousandTableOperations: 0.00036,
  tenThousandQueueOperations: 0.0004,
  gigabyteMonth: 0.045,
  logs: { gigabyte: 2.3, freeGigabytes: 5 },
}
