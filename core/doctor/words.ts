import { FeedError, SinkError, StoreError } from '../model/errors.ts'
import { TransportError } from '../net/exchange.ts'
import { oneLine } from '../net/one-line.ts'

const OURS = [FeedError, SinkError, StoreError, TransportError]

/** What an error says. Those of ours name codes and hosts only; of others, name and message, on one line. */
export function words(error: unknown): string {
  if (OURS.some(kind => error instanceof kind) && error instanceof Error) return error.message
  return oneLine(error instanceof Error ? `${error.name}: ${error.message}` : String(error))
}
