export { MAX_DEPTH, MAX_RECORD_BYTES } from '../../core/json/limits.ts'

/** One raw record or one counted rejection; `where` names file and line, row or element for a message. */
export type Raw =
  | { record: Record<string, unknown>; where: string }
  | { rejected: string /* reason code, kebab-case */; where: string }

/** Bytes as they lie on disk, so the progress of a .gz file is right; summed over all files. */
export interface InputProgress {
  bytesRead: number
  totalBytes: number
  file: string
}

/**
 * The message is one sentence for the user. Codes: `not-found`, `unreadable`, `unrecognised-file`,
 * `csv-without-audit-data`, `incomplete`.
 */
export class InputError extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.name = 'InputError'
    this.code = code
  }
}

/** Entries in one batch. */
export const BATCH_SIZE = 500
