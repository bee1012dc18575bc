import type { Outcome, TypedData } from './fake-core.ts'

/** What a timer hands over. The host writes .NET's names; the library turns them into JavaScript's. */
export const TICK: TypedData = {
  json: JSON.stringify({
    Schedule: { AdjustForDST: true },
    ScheduleStatus: {
      Last: '2026-11-20T09:00:00.0000000+00:00',
      Next: '2026-11-20T09:05:00.0000000+00:00',
      LastUpdated: '2026-11-20T09:00:00.0000000+00:00',
    },
    IsPastDue: false,
  }),
}

/** What the queue extension hands over: the message's text, its base64 taken off (`messageEncoding` in host.json). */
export function queued(messageText: string): TypedData {
  return { string: Buffer.from(messageText, 'base64').toString() }
}

/** A message that never saw base64, for what somebody else may have written. */
export function written(text: string): TypedData {
  return { string: text }
}

export const GET: TypedData = {
  http: { method: 'GET', url: 'http://localhost:7071/api/health', headers: {} },
}

export interface Answer {
  readonly status: number
  readonly contentType: string | undefined
  readonly body: unknown
}

/** The HTTP response of an invocation, its body read as JSON. */
export function answerOf(outcome: Outcome): Answer {
  if (outcome.status === 'failure') throw new Error(`The invocation failed: ${outcome.message}`)
  const http = outcome.returnValue?.http
  return {
    status: Number(http?.statusCode),
    contentType: http?.headers?.['content-type'],
    body: JSON.parse(Buffer.from(http?.body?.bytes ?? []).toString()),
  }
}
