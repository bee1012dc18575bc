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
  queueOperations: 1379,
  storedBytes: 3_732_980,
  steps: {
    poll: { runs: 288, seconds: 4.6, requests: 1736, transactions: 16_109 },
    ingest: { runs: 575, seconds: 6.41, requests: 824, transactions: 4484 },
    deliver: { runs: 1440, seconds: 1.07, requests: 1, transactions: 1443 },
    observe: { runs: 96, seconds: 0.1, requests: 0, transactions: 0 },
    sweep: { runs: 24, seconds: 1.65, requests: 231, transactions: 2720 },
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
