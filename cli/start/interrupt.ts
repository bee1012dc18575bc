/** npm and shells pass on the Ctrl-C that the terminal has sent to us already. */
const SAME_MS = 1_000

/** Fires at Ctrl-C, once for the whole process. A second one, a second later or more, ends the process at once. */
export function interrupted(): AbortSignal {
  const controller = new AbortController()
  let since = 0
  const stop = () => {
    if (controller.signal.aborted && performance.now() - since > SAME_MS) process.exit(130)
    if (controller.signal.aborted) return
    since = performance.now()
    controller.abort()
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  return controller.signal
}

/** Resolves when the signal fires, and if it already has. */
export function fired(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
