/** A run's signal that also says when it is going to fire: epoch milliseconds. */
export type RunSignal = AbortSignal & { readonly deadline: number }

/**
 * The signal of a run that has to end at `deadline` (epoch ms), or earlier when `parent` fires. An AbortSignal alone
 * cannot tell how much time is left, and a wait that does not fit is better not begun: it would be paid for.
 */
export function runSignal(deadline: number, now: number, parent?: AbortSignal): RunSignal {
  const timeout = AbortSignal.timeout(Math.min(Math.max(0, deadline - now), 2 ** 31 - 1))
  const signal = parent ? AbortSignal.any([parent, timeout]) : timeout
  return Object.assign(signal, { deadline: parent ? Math.min(deadline, deadlineOf(parent)) : deadline })
}

/** Epoch ms; `Infinity` for a signal that does not say. */
export function deadlineOf(signal: AbortSignal): number {
  return 'deadline' in signal && typeof signal.deadline === 'number'
    ? signal.deadline
    : Number.POSITIVE_INFINITY
}
