import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import type { Sleep } from './sleep.ts'

export interface Seen {
  readonly method: string
  /** Path and query as sent. */
  readonly url: string
  readonly headers: IncomingHttpHeaders
  /** As far as it has arrived. */
  body: string
}

export interface Scripted {
  readonly status?: number
  readonly headers?: Record<string, string>
  readonly body?: string | Buffer
}

/** Answers, or does what it likes with the response itself and returns nothing. */
export type Script = (seen: Seen, response: ServerResponse) => Scripted | undefined

/** A server on a free loopback port, closed when the test ends. */
export async function serve(script: Script): Promise<{ origin: string; requests: Seen[] }> {
  const requests: Seen[] = []
  const server = createServer((request, response) => {
    const seen = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body: '' }
    request.setEncoding('utf8').on('data', piece => {
      seen.body += piece
    })
    requests.push(seen)
    const answer = script(seen, response)
    if (!answer) return
    response.writeHead(answer.status ?? 200, answer.headers)
    response.end(answer.body ?? '')
  })
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { origin: `http://127.0.0.1:${port}`, requests }
}

/** Gives the answers in turn; the last one stays. */
export function inTurn(...answers: readonly Scripted[]): Script {
  let next = 0
  return () => answers[Math.min(next++, answers.length - 1)]
}

export const START = Date.UTC(2026, 10, 20, 9, 0, 0)

/** A clock that moves only when somebody sleeps. */
export function fakeClock(): {
  now: () => number
  sleep: Sleep
  waits: number[]
  advance: (ms: number) => void
} {
  let at = START
  const waits: number[] = []
  return {
    now: () => at,
    sleep: async (ms, signal) => {
      signal.throwIfAborted()
      waits.push(ms)
      at += ms
    },
    waits,
    advance: ms => {
      at += ms
    },
  }
}

/** The error a promise rejects with. */
export async function thrownBy(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise
  } catch (error) {
    return error
  }
  throw new Error('It resolved.')
}

/** A signal that never fires. */
export const ongoing = (): AbortSignal => new AbortController().signal
