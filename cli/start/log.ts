import type { Log } from '../../core/log.ts'
import { plain } from '../../core/sinks/text.ts'

/** Warnings and errors on standard error; the rest would bury them. A repeated line is shown once a minute. */
export function terminalLog(): Log {
  const shown = new Map<string, number>()
  const write = (mark: string, message: string) => {
    const now = performance.now()
    if (now - (shown.get(message) ?? Number.NEGATIVE_INFINITY) < 60_000) return
    shown.set(message, now)
    process.stderr.write(`${mark} ${plain(message, 500)}\n`)
  }
  return {
    debug() {},
    info() {},
    warn: message => write('⚠', message),
    error: message => write('✖', message),
  }
}
