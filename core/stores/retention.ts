import { LOOK_BACK } from '../model/checkpoint.ts'
import { MEMORY } from '../model/history.ts'
import { DAY, type Seconds } from '../model/time.ts'

/**
 * How long rows are kept, by the time they are about. Each outlives what can bring it back: the ledger outlives
 * the look-back of a listing, tallies outlive the ledger, findings and outbox outlive tallies. Else a listing
 * could bring a blob again whose tallies are gone (and count short), or whose alert is forgotten (and post twice).
 */
export const RETENTION: Readonly<
  Record<'ledger' | 'tallies' | 'histories' | 'findings' | 'outbox' | 'context', Seconds>
> = {
  ledger: LOOK_BACK + 7 * DAY,
  tallies: LOOK_BACK + 14 * DAY,
  histories: 2 * MEMORY * DAY,
  findings: 180 * DAY,
  outbox: 180 * DAY,
  // Of what has gone from the directory; what is there is kept as long as somebody looks.
  context: 180 * DAY,
}
