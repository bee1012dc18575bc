import type { Alert } from '../model/alert.ts'

/**
 * Where alerts go. `send` resolves when the receiver accepted, throws `SinkError` otherwise, and may be called
 * again with the same alert: `alert.id` stays the same.
 */
export interface Sink {
  readonly id: string
  /** `posted`: UTC seconds, shown on the card as the third clock. */
  send(alert: Alert, posted: number, signal: AbortSignal): Promise<void>
}
