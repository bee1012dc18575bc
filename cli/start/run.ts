import type { Log } from '../../core/log.ts'

/** Everything a run needs from the terminal it was started in. */
export interface StartRun {
  readonly once: boolean
  readonly json: boolean
  readonly port: number
  readonly data: string | undefined
  readonly fresh: boolean
  readonly scenario: string
  /** Fires at Ctrl-C. A second Ctrl-C ends the process at once. */
  readonly signal: AbortSignal
  readonly log: Log
}
