import { type ContentType, findContentType } from '../content.ts'
import type { RequestSubject } from '../faults.ts'
import type { Call, Reply } from '../http.ts'
import type { JournalEntry } from '../journal.ts'
import { type ErrorCode, errorReply } from './replies.ts'

export interface Outcome {
  readonly reply: Reply
  /** Written down once the reply went out whole. */
  readonly entry?: JournalEntry
}

/** One operation of the Management API. `rest` is what its path says behind the operation's name. */
export interface Operation {
  /** What it is about, read from the call as it stands: faults strike before anything is checked. */
  subject(call: Call, rest: string): RequestSubject
  run(call: Call, rest: string): Outcome
}

export const refuse = (code: ErrorCode, message: string): Outcome => ({ reply: errorReply(code, message) })

export function isOutcome(value: ContentType | Outcome): value is Outcome {
  return typeof value === 'object'
}

export function readContentType(call: Call): ContentType | Outcome {
  const name = call.query.get('contenttype')
  if (!name) return refuse('AF20001', 'Missing parameter: contentType.')
  return findContentType(name) ?? refuse('AF20020', `The specified content type ${name} is not valid.`)
}

export const typeOf = (call: Call) => findContentType(call.query.get('contenttype') ?? '')
