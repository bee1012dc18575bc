import type { Alert } from '../../core/model/alert.ts'
import type { SinkError } from '../../core/model/errors.ts'
import type { Seconds } from '../../core/model/time.ts'
import type { Sink } from '../../core/sinks/sink.ts'
import { bulkRead } from '../support/sample-alerts/bulk-read.ts'

/** A receiver in memory. `fault` is the test's to set: what it answers in place of acceptance. */
export interface TestSink extends Sink {
  fault: (alert: Alert) => SinkError | undefined
  readonly taken: { readonly alert: Alert; readonly posted: Seconds }[]
  /** When it was asked, accepted or not. */
  readonly asked: Seconds[]
}

export function makeTestSink(id = 'teams'): TestSink {
  const sink: TestSink = {
    id,
    fault: () => undefined,
    taken: [],
    asked: [],
    async send(alert, posted) {
      sink.asked.push(posted)
      const fault = sink.fault(alert)
      if (fault !== undefined) throw fault
      sink.taken.push({ alert, posted })
    },
  }
  return sink
}

export function sampleAlert(incident: string, revision = 1, change?: string): Alert {
  return {
    ...bulkRead,
    id: `${incident}-${revision}`,
    incident,
    revision,
    ...(change !== undefined && { change }),
  }
}
