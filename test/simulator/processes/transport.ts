import { AsyncLocalStorage } from 'node:async_hooks'
import { writeSync } from 'node:fs'
import http, { type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http'
import { syncBuiltinESMExports } from 'node:module'
import { makeRandom, type Random } from '../../../emulator/random.ts'
import type { Counted, Life, Saying, StorageFault } from './orders.ts'

/** What a call is part of. */
export interface Errand {
  readonly step?: string
  /** Told to the receiver: a card does not carry its alert's id. */
  readonly headers?: Readonly<Record<string, string>>
}

export const errands = new AsyncLocalStorage<Errand>()

/** Delays of Microsoft's libraries (retries after 250 ms and more) take this share of their time: only product time is simulated. */
const HASTE = 25
const LIBRARY_DELAYS = { from: 100, to: 2_000 }

let life: Life | undefined
let random: Random
let calls: Record<Counted, number>
let ingestCalls = 0
let active = 0
let changed = () => {}
let stalled: (() => void)[] = []

/** Every request of this process goes through here from now on. `onChange`: something began or ended. */
export function installTransport(onChange: () => void): void {
  changed = onChange
  const realRequest = http.request
  Object.assign(http, { request: hooked(realRequest) })
  syncBuiltinESMExports()
  const realFetch = globalThis.fetch
  globalThis.fetch = (target, init) => fetched(realFetch, String(target), init)
  hurryTimers()
}

/** From the next request on. */
export function beginLife(next: Life): void {
  life = next
  random = makeRandom(next.seed)
  calls = { write: 0, call: 0 }
  ingestCalls = 0
  stalled = []
}

/** Nothing is under way: whatever still goes on waits for time to pass. */
export const isQuiet = () => active === 0
export const isStalled = () => stalled.length > 0

export function resumeStalled(): void {
  const all = stalled
  stalled = []
  for (const resume of all) resume()
}

function say(what: Saying['what'], call: string): void {
  writeSync(2, `${JSON.stringify({ life: life?.name ?? '', what, call } satisfies Saying)}\n`)
}

/** The death that this call meets. */
function deathAt(kind: Counted): 'before' | 'after' | undefined {
  calls[kind]++
  const { death } = life ?? {}
  return death?.of === kind && death.at === calls[kind] ? death.when : undefined
}

function die(when: 'before' | 'after', call: string): void {
  say(when, call)
  process.kill(process.pid, 'SIGKILL')
}

async function track<T>(work: () => Promise<T>): Promise<T> {
  active++
  try {
    return await work()
  } finally {
    active--
    changed()
  }
}

/** Microsoft's APIs and the receivers. */
async function fetched(real: typeof fetch, target: string, init?: RequestInit): Promise<Response> {
  const errand = errands.getStore()
  const call = `${init?.method ?? 'GET'} ${new URL(target).pathname}`
  const end = deathAt('call')
  if (end === 'before') die(end, call)
  if (errand?.step === 'ingest' && ++ingestCalls === life?.stall) {
    say('stalled', call)
    const { promise, resolve } = Promise.withResolvers<void>()
    stalled.push(resolve)
    changed()
    await promise
  }
  return track(async () => {
    const response = await real(target, {
      ...init,
      headers: { ...(init?.headers as Record<string, string>), ...errand?.headers },
    })
    if (end === 'after') die(end, call)
    return response
  })
}

type Request = (options: RequestOptions, answered: (response: IncomingMessage) => void) => ClientRequest

/** Storage, and signing in. */
function hooked(real: typeof http.request): Request {
  return (options, answered) => {
    const { method = 'GET' } = options
    const path = options.path ?? ''
    const call = `${method} ${path.split('?')[0]}`
    const storage = path.startsWith('/devstoreaccount1')
    const kind = storage ? (method === 'GET' ? undefined : 'write') : 'call'
    const end = kind && deathAt(kind)
    if (end === 'before') die(end, call)
    const fault = storage ? faultOf(options) : undefined
    if (fault !== undefined) say(fault, call)
    const request = real(reaching(options, fault), response => {
      if (end === 'after') die(end, call)
      if (fault !== 'lost after') return answered(response)
      response.destroy()
      request.emit('error', Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }))
    })
    active++
    request.once('close', () => {
      active--
      changed()
    })
    return request
  }
}

function faultOf({ headers, method = 'GET' }: RequestOptions): StorageFault | undefined {
  if (life === undefined || !random.chance(life.storageFaults)) return undefined
  const condition = new Headers(headers as Record<string, string>).get('if-match') ?? '*'
  const faults: StorageFault[] = ['busy', 'lost before']
  if (method !== 'GET') faults.push('lost after')
  if (condition !== '*') faults.push('changed')
  return random.pick(faults)
}

/** Where a request goes that is to fail: to a server that refuses it, or to a port nobody listens at. */
function reaching(options: RequestOptions, fault: StorageFault | undefined): RequestOptions {
  if (fault === undefined || fault === 'lost after') return options
  const refusals = new URL(life?.refusals ?? '')
  const port = fault === 'lost before' ? 1 : refusals.port
  const status = fault === 'changed' ? 412 : 503
  return {
    ...options,
    agent: undefined,
    hostname: refusals.hostname,
    port,
    path: `/${status}${options.path}`,
  }
}

function hurryTimers(): void {
  const real = globalThis.setTimeout
  const hurried = (run: (...given: unknown[]) => void, ms = 0, ...given: unknown[]) => {
    if (ms < LIBRARY_DELAYS.from || ms > LIBRARY_DELAYS.to) return real(run, ms, ...given)
    active++
    real(() => {
      active--
      changed()
    }, ms / HASTE)
    return real(run, ms / HASTE, ...given)
  }
  globalThis.setTimeout = Object.assign(hurried, real) as typeof setTimeout
}
