import { costOf } from '../core/cost/cost.ts'
import { MEASURED, STEPS, scaled } from '../core/cost/measured.ts'
import { PRICES } from '../core/cost/prices.ts'
import { ASSUMED, usageOf } from '../core/cost/usage.ts'
import { table } from './detections-page/markdown.ts'

/** Mailboxes, at the measured tenant's records a mailbox. */
const SIZES = [5, 50, 200, 500]
const MEMORY = [0.5, 2]

/** `docs/cost.md`, from what was measured and the price table. */
export function costPage(): string {
  const { logs, compute } = PRICES
  return `# What it costs

An estimate, rather too much than too little: ${PRICES.region}, list prices as public sources gave them in ${PRICES.asOf}. Look at the Azure pricing pages
before you rely on it. \`waxseal start --once\` and the weekly digest print it for your own number of records. This page is written by \`npm run generate\`.

## A month, in US dollars

${table(
  ['mailboxes', 'records a day', ...MEMORY.map(memory => `${memory * 1024} MB`)],
  SIZES.map(mailboxes => {
    const records = (mailboxes / MEASURED.mailboxes) * MEASURED.records
    return [
      String(mailboxes),
      number(records),
      ...MEMORY.map(memory => costOf(usageOf(scaled(MEASURED, records), memory), PRICES).total.toFixed(2)),
    ]
  }),
)}

The free grants of compute are the subscription's: where other functions use them up, \`compute\` below counts from the first second.
Key Vault, where a webhook's address is kept in it, and the alert rule that mails come to a few cents more.

## A day, measured

\`npm run bench -- cost\`: ${MEASURED.mailboxes} mailboxes of the emulated quiet month, the mean of seven days, ${number(MEASURED.records)} records in
${MEASURED.blobs} packages, ${number(MEASURED.queueOperations)} queue operations, ${(MEASURED.storedBytes / 1e6).toFixed(1)} MB kept a day.

${table(
  ['function', 'runs', 'seconds of work', 'requests outside', 'table operations'],
  STEPS.map(step => {
    const { requests, runs, seconds, transactions } = MEASURED.steps[step]
    return [`\`${step}\``, number(runs), String(seconds), number(requests), number(transactions)]
  }),
)}

## The formula

- seconds of a function = work + ${ASSUMED.outsideSeconds} s for each request outside + ${ASSUMED.storageSeconds} s for each table operation, as if nothing ran in parallel, and at least
  ${ASSUMED.shortestRun} s a run
- compute = (seconds × memory in GB − ${number(compute.freeGbSeconds)}) × $${compute.gbSecond} + (runs − ${number(compute.freeExecutions)}) × $${compute.millionExecutions} / 1,000,000
- storage = table operations × $${PRICES.tenThousandTableOperations} / 10,000 + queue operations × $${PRICES.tenThousandQueueOperations} / 10,000 + GB kept × $${PRICES.gigabyteMonth}; the host looks into
  two queues every ${ASSUMED.pollingSeconds} s, and a day's rows are kept ${ASSUMED.keptDays} days on average
- logs = (runs × ${number(ASSUMED.loggedBytes)} bytes − ${logs.freeGigabytes} GB) × $${logs.gigabyte} a GB
`
}

const number = (value: number) => Math.round(value).toLocaleString('en-US')
