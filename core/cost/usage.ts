import type { Usage } from './cost.ts'
import { type Measured, STEPS } from './measured.ts'

const DAYS = 30.4

/** What is not measured. */
export const ASSUMED = {
  /** The shortest run that is billed. */
  shortestRun: 1,
  /** Until an answer comes over the internet, and out of storage in the same region. */
  outsideSeconds: 0.15,
  storageSeconds: 0.01,
  /** How often the host looks into an empty queue, by host.json. */
  pollingSeconds: 15,
  /** Of a run, in the log. */
  loggedBytes: 2_000,
  /** How long what a day brings is kept, on average over all tables. */
  keptDays: 28,
} as const

const QUEUES = 2

/** A month from a measured day, on instances of so many gigabytes. Rather too much than too little. */
export function usageOf({ queueOperations, steps, storedBytes }: Measured, gigabytes: number): Usage {
  const all = STEPS.map(step => steps[step])
  const sum = (of: (step: (typeof all)[number]) => number) => all.reduce((total, step) => total + of(step), 0)
  const seconds = sum(({ runs, seconds, requests, transactions }) =>
    Math.max(
      runs * ASSUMED.shortestRun,
      seconds + requests * ASSUMED.outsideSeconds + transactions * ASSUMED.storageSeconds,
    ),
  )
  const executions = sum(({ runs }) => runs) * DAYS
  return {
    executions,
    gbSeconds: seconds * gigabytes * DAYS,
    tableOperations: sum(({ transactions }) => transactions) * DAYS,
    queueOperations: (queueOperations + (QUEUES * 86_400) / ASSUMED.pollingSeconds) * DAYS,
    storedGigabytes: (storedBytes * ASSUMED.keptDays) / 1e9,
    loggedGigabytes: (executions * ASSUMED.loggedBytes) / 1e9,
  }
}
