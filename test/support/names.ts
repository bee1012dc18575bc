import { randomBytes } from 'node:crypto'

/** A name nobody else in this run uses: small letters and digits, a letter first. Fits tables, queues and prefixes. */
export function uniqueName(start = 't'): string {
  return start + randomBytes(6).toString('hex')
}
