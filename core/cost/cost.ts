import type { Prices } from './prices.ts'

/** What a running system takes in a month. A gigabyte has 10^9 bytes. */
export interface Usage {
  readonly executions: number
  /** Seconds that functions ran, times the gigabytes an instance has. */
  readonly gbSeconds: number
  readonly tableOperations: number
  readonly queueOperations: number
  readonly storedGigabytes: number
  readonly loggedGigabytes: number
}

/** US dollars a month. */
export interface Cost {
  readonly compute: number
  readonly storage: number
  readonly logs: number
  readonly total: number
}

/** Free grants are the subscription's: where something else uses them up, it costs what is beyond them. */
export function costOf(usage: Usage, prices: Prices): Cost {
  const beyond = (used: number, free: number) => Math.max(0, used - free)
  const { compute: rates } = prices
  const compute =
    beyond(usage.gbSeconds, rates.freeGbSeconds) * rates.gbSecond +
    (beyond(usage.executions, rates.freeExecutions) / 1e6) * rates.millionExecutions
  const storage =
    (usage.tableOperations / 1e4) * prices.tenThousandTableOperations +
    (usage.queueOperations / 1e4) * prices.tenThousandQueueOperations +
    usage.storedGigabytes * prices.gigabyteMonth
  const logs = beyond(usage.loggedGigabytes, prices.logs.freeGigabytes) * prices.logs.gigabyte
  return { compute, storage, logs, total: compute + storage + logs }
}
