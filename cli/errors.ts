import { ConfigError, FeedError, StoreError } from '../core/model/errors.ts'
import { InputError } from './input/types.ts'

/**
 * Tells people what went wrong, a sentence a problem and no stack trace, and returns the exit code: 2 for what
 * they can put right. Anything else is a fault of this program and shows where it happened.
 */
export function present(error: unknown, write: (text: string) => void): number {
  if (error instanceof ConfigError) {
    for (const problem of error.problems) write(`✖ ${problem}\n`)
    return 2
  }
  if (
    error instanceof InputError ||
    error instanceof FeedError ||
    error instanceof StoreError ||
    isSystem(error)
  ) {
    write(`✖ ${error.message}\n`)
    return 2
  }
  write(
    `✖ waxseal failed, and the fault is its own: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  )
  return 1
}

/** The port is taken, the disk is full, a folder cannot be written: said by the system. */
function isSystem(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error && 'code' in error
}
