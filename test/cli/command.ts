import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, vi } from 'vitest'

export const ROOT = join(import.meta.dirname, '../..')
export const WAXSEAL = join(ROOT, 'bin/waxseal.js')

export interface Surroundings {
  readonly env?: Readonly<Record<string, string | undefined>>
  /** The root folder of the test file otherwise. */
  readonly cwd?: string
  /** Lets the process and its children live so many milliseconds later. */
  readonly laterMs?: number
}

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export interface Running {
  readonly pid: number
  /** The first match on standard output. Rejects when the process ends without one. */
  until(pattern: RegExp): Promise<RegExpExecArray>
  /** To the process, or to its whole group as a terminal does. */
  send(signal: NodeJS.Signals, to?: 'process' | 'group'): void
  readonly ended: Promise<Ended>
}

export interface Command {
  /** An empty folder of the test file's own, gone when its tests are over. */
  folder(name: string): Promise<string>
  /** `waxseal` with these arguments, to its end. */
  run(args: readonly string[], surroundings?: Surroundings): Promise<Ended>
  launch(args: readonly string[], surroundings?: Surroundings): Running
  launchProgram(program: string, args: readonly string[], surroundings?: Surroundings): Running
}

/** For processes on a machine that has other work too. */
const PATIENCE = 120_000

/** Nothing of the machine's settings but what a program needs to run at all. */
const PASSED_ON = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'SystemRoot', 'NODE_EXTRA_CA_CERTS']

/** The command as a user runs it: child processes. What still runs when the file's tests are over is killed. */
export function makeCommand(): Command {
  vi.setConfig({ testTimeout: PATIENCE, hookTimeout: PATIENCE })
  const root = mkdtemp(join(tmpdir(), 'waxseal-cli-'))
  const running = new Set<Running>()
  afterAll(async () => {
    for (const one of running) one.send('SIGKILL')
    await Promise.all([...running].map(({ ended }) => ended))
    await rm(await root, { recursive: true, force: true })
  })

  const launchProgram: Command['launchProgram'] = (program, args, surroundings = {}) => {
    const one = start(program, args, surroundings)
    running.add(one)
    void one.ended.then(() => running.delete(one))
    return one
  }
  const launch: Command['launch'] = (args, surroundings) =>
    launchProgram(process.execPath, [WAXSEAL, ...args], surroundings)
  return {
    folder: async name => await mkdtemp(join(await root, `${name}-`)),
    run: async (args, surroundings = {}) => await launch(args, { cwd: await root, ...surroundings }).ended,
    launch,
    launchProgram,
  }
}

function start(program: string, args: readonly string[], { env, cwd, laterMs }: Surroundings): Running {
  const child = spawn(program, args, {
    ...(cwd !== undefined && { cwd }),
    env: { ...passedOn(), ...env, ...(laterMs !== undefined && later(laterMs)) },
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const text = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      text[name] += chunk
    })
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve({ code, signal, ...text }))
  })
  const pid = child.pid ?? 0
  return {
    pid,
    ended,
    until: pattern =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = pattern.exec(text.stdout)
          if (found) resolve(found)
        }
        child.stdout.on('data', look)
        look()
        void ended.then(() => reject(new Error(`It ended without ${pattern}: ${text.stdout}${text.stderr}`)))
      }),
    send: (signal, to = 'process') => {
      if (to === 'process') child.kill(signal)
      else process.kill(-pid, signal)
    },
  }
}

function passedOn(): Record<string, string> {
  return Object.fromEntries(
    PASSED_ON.flatMap(name => {
      const value = process.env[name]
      return value === undefined ? [] : [[name, value]]
    }),
  )
}

function later(ms: number): Record<string, string> {
  const clock = new URL('later.ts', import.meta.url).href
  return { NODE_OPTIONS: `--import=${clock}`, TEST_LATER_MS: String(ms) }
}

/** Until something is the case that no event tells: a process gone, a call at a server. */
export function until<T>(look: () => T | Promise<T>) {
  return vi.waitUntil(look, { timeout: PATIENCE, interval: 10 })
}

export type Line = Readonly<Record<string, unknown>>

/** Standard output as JSON lines: every line has to be one. */
export function linesOf({ stdout }: Ended): Line[] {
  expect(stdout === '' || stdout.endsWith('\n')).toBe(true)
  return stdout
    .split('\n')
    .slice(0, -1)
    .map(line => JSON.parse(line))
}

export const findingsOf = (ended: Ended) => linesOf(ended).filter(({ type }) => type === 'finding')
export const summaryOf = (ended: Ended) => linesOf(ended).at(-1)

/** What is told about a mistake: one line with the mark, and nothing of our own innards. */
export function complaintsOf({ stdout, stderr }: Ended): string[] {
  expect(stdout + stderr).not.toMatch(/\n\s+at |node:internal|\.ts:\d/)
  return stderr.split('\n').flatMap(line => (line.startsWith('✖ ') ? [line.slice(2)] : []))
}
