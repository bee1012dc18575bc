import { fork } from 'node:child_process'
import { join } from 'node:path'

export interface Child<In, Out extends { readonly kind: string }> {
  tell(message: In): void
  /** The next message of a kind. Rejects when the process ends before. */
  next<Kind extends Out['kind']>(kind: Kind): Promise<Extract<Out, { kind: Kind }>>
  on(listener: (message: Out) => void): void
  /** Rejects when the process ends, and never resolves. */
  readonly gone: Promise<never>
  kill(): Promise<void>
}

/** A process of the bench, which ends when this one is gone. */
export function startChild<In extends object, Out extends { readonly kind: string }>(
  file: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  execArgv: readonly string[] = [],
): Child<In, Out> {
  const child = fork(join(import.meta.dirname, file), args, {
    env: { ...process.env, ...environment },
    execArgv: [...execArgv],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const gone = new Promise<never>((_, reject) => {
    child.once('exit', (code, signal) => reject(new Error(`${file} ended early with ${code ?? signal}.`)))
  })
  // Told to those who wait; nobody else has to hear it, or that it can be told nothing more.
  gone.catch(() => {})
  child.on('error', () => {})
  return {
    gone,
    tell: message => void child.send(message),
    next: kind =>
      Promise.race([
        gone,
        new Promise<never>(resolve => {
          const hear = (message: unknown) => {
            const heard = message as never
            if ((message as Out).kind !== kind) return
            child.off('message', hear)
            resolve(heard)
          }
          child.on('message', hear)
        }),
      ]),
    on: listener => void child.on('message', message => listener(message as Out)),
    kill: () =>
      new Promise(resolve => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve()
        child.once('exit', () => resolve())
        child.kill('SIGKILL')
      }),
  }
}
