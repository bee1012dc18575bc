/** What runs in the cloud: timers, and the queue's messages. */
export const STEPS = ['poll', 'ingest', 'deliver', 'observe', 'sweep'] as const

/** A day of a tenant. Counts are per day. */
export interface Measured {
  readonly mailboxes: number
  readonly records: number
  readonly blobs: number
  readonly queueOperations: number
  readonly storedBytes: number
  readonly steps: Readonly<Record<(typeof STEPS)[number], Step>>
}

export interface Step {
  readonly runs: number
  /** Of work, on loopback. */
  readonly seconds: number
  /** To Microsoft and to receivers of alerts. */
  readonly requests: number
  /** Of Table Storage. */
  readonly transactions: number
}

/** `npm run bench -- cost`, November 2026: the mean of seven days of the quiet month. */
export const MEASURED: Measured = {
  mailboxes: 50,
  records: 2652,
  blobs: 117,
  queueOperations: 1723,
  storedBytes: 2_125_426,
  steps: {
    poll: { runs: 288, seconds: 5.26, requests: 1784, transactions: 7177 },
    ingest: { runs: 574, seconds: 11.2, requests: 824, transactions: 9879 },
    deliver: { runs: 1440, seconds: 1.44, requests: 1, transactions: 1444 },
    observe: { runs: 96, seconds: 1.41, requests: 287, transactions: 1348 },
    sweep: { runs: 24, seconds: 3.43, requests: 88, transactions: 2201 },
  },
}

/** The same day with another number of records. Timers run as often; what reads and keeps records does so in proportion. */
export function scaled(day: Measured, records: number): Measured {
  const factor = records / day.records
  const { ingest } = day.steps
  const times = (count: number) => Math.round(count * factor)
  return {
    ...day,
    mailboxes: times(day.mailboxes),
    records,
    blobs: times(day.blobs),
    queueOperations: times(day.queueOperations),
    storedBytes: times(day.storedBytes),
    steps: {
      ...day.steps,
      ingest: {
        runs: times(ingest.runs),
        seconds: ingest.seconds * factor,
        requests: times(ingest.requests),
        transactions: times(ingest.transactions),
      },
    },
  }
}
