import { type ChildProcess, fork } from 'node:child_process'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { FakeCore, Outcome, Registration, TypedData } from './fake-core.ts'

export interface Request {
  readonly id: number
  readonly name: string
  readonly data: TypedData
}

export type Told =
  | { readonly registrations: Registration[] }
  | { readonly id: number; readonly outcome: Outcome }

export interface Host extends FakeCore {
  /** What the process wrote to standard output and standard error. */
  written(): string
  stop(): Promise<void>
}

const CHILD = fileURLToPath(new URL('child.ts', import.meta.url))

/**
 * Loads an entry point in a process of its own, with exactly the environment given and the fake core. Rejects, with
 * what the process wrote, when it ends before it is loaded.
 */
export async function startHost(entry: string, env: Readonly<Record<string, string>>): Promise<Host> {
  const child = fork(CHILD, [entry], {
    cwd: tmpdir(),
    env: { ...env },
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const ended = new Promise<void>(resolve => child.once('close', () => resolve()))
  let output = ''
  let last = 0
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })

  const waiting = new Map<number, (outcome: Outcome) => void>()
  const registrations = await loaded(child, waiting, ended, () => output)
  return {
    registrations: () => registrations,
    run(name, data) {
      const id = ++last
      const { promise, resolve, reject } = Promise.withResolvers<Outcome>()
      waiting.set(id, resolve)
      child.send({ id, name, data } satisfies Request)
      void ended.then(() => reject(new Error(`The process ended while ${name} ran. ${output}`)))
      return promise
    },
    written: () => output,
    async stop() {
      child.kill()
      await ended
    },
  }
}

function loaded(
  child: ChildProcess,
  waiting: Map<number, (outcome: Outcome) => void>,
  ended: Promise<void>,
  output: () => string,
): Promise<Registration[]> {
  return new Promise((resolve, reject) => {
    child.on('message', (told: Told) => {
      if ('registrations' in told) return resolve(told.registrations)
      waiting.get(told.id)?.(told.outcome)
      waiting.delete(told.id)
    })
    void ended.then(() => reject(new Error(`The process ended before it was ready. ${output()}`)))
  })
}
