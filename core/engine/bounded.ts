import { createHash } from 'node:crypto'
import type { Signal } from '../model/detection.ts'

/** Characters of one part of a key. A list of recipients or of permissions is shorter; a row of storage holds many. */
const MOST = 1_000
/** Of a mailbox or a session, which a finding names by the hundred. */
const MOST_NAME = 200

/**
 * A signal whose texts fit into the rows they are kept in. Detections take some from deep inside a record, where one can be
 * a megabyte long: no row would hold the tally, and the record would take its neighbours with it.
 */
export function bounded(signal: Signal): Signal {
  if (fits(signal)) return signal
  const [subject, ...rest] = signal.key
  return {
    ...signal,
    key: [short(subject, MOST), ...rest.map(part => short(part, MOST))],
    mailbox: signal.mailbox && short(signal.mailbox, MOST_NAME),
    session: signal.session && short(signal.session, MOST_NAME),
  }
}

/** Asked of every signal, so without making anything. */
function fits({ key, mailbox = '', session = '' }: Signal): boolean {
  if (mailbox.length > MOST_NAME || session.length > MOST_NAME) return false
  for (const part of key) if (part.length > MOST) return false
  return true
}

/** Long texts that begin alike stay different ones. */
function short(text: string, most: number): string {
  if (text.length <= most) return text
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 16)
  return `${text.slice(0, most - digest.length - 1).toWellFormed()}…${digest}`
}
