import type { Alert } from '../../core/model/alert.ts'
import type { Sink } from '../../core/sinks/sink.ts'
import { alertText } from '../terminal.ts'

export const SCREEN = 'screen'

/** The terminal as a sink: what a channel would get, somebody sitting here sees as well. */
export function makeScreen(write: ((text: string) => void) | undefined): Sink {
  return {
    id: SCREEN,
    async send(alert: Alert, posted: number) {
      write?.(`${alertText(alert, posted)}\n`)
    },
  }
}
