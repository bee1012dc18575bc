/**
 * Capitalised sentences with ids, counts and durations only: no subjects, addresses, tokens or record bodies.
 * `warn`: nothing was lost. `error`: something was, or a person is needed. `InvocationContext` satisfies it.
 */
export interface Log {
  debug(message: string): void
  info(message: string): void
  warn(message: string): void
  error(message: string): void
}

export const silent: Log = { debug() {}, info() {}, warn() {}, error() {} }
