import { ConfigError, FeedError, StoreError } from '../core/model/errors.ts'
import { plain } from '../core/sinks/text.ts'
import { InputError } from './input/types.ts'

/** Longer than any sentence of ours; what a file says about itself may be in it. */
const TEXT = 1_000

/**
 * Tells people what went wrong, a sentence a problem and no stack trace, and returns the exit code: 2 for what
 * they can put right. Anything else is a fault of this program and shows where it happened.
 */
export function present(error: unknown, write: (text: string) => void): number {
  const problems = problemsOf(error)
  for (const problem of problems) write(`✖ ${plain(problem, TEXT)}\n`)
  if (problems.length > 0) return 2
  const told = error instanceof Error ? (error.stack ?? error.message) : String(error)
  const [what = '', ...where] = told.split('\n').map(line => plain(line, TEXT))
  write(`✖ waxseal failed, and the fault is its own: ${what}\n${where.map(line => `    ${line}\n`).join('')}`)
  return 1
}

function problemsOf(error: unknown): readonly string[] {
  if (error instanceof ConfigError) return error.problems
  if (error instanceof InputError || error instanceof FeedError || error instanceof StoreError)
    return [error.message]
  return isSystem(error) ? [systemProblem(error)] : []
}

interface SystemError extends Error {
  readonly code: unknown
  readonly syscall: unknown
}

/** The port is taken, the disk is full: said by the system. */
function isSystem(error: unknown): error is SystemError {
  return error instanceof Error && 'syscall' in error && 'code' in error
}

function systemProblem(error: SystemError): string {
  if (error.syscall !== 'listen' || !('port' in error)) return error.message
  return `The page cannot be served on port ${error.port} (${error.code}); choose another with --port, or 0 for any free one.`
}
