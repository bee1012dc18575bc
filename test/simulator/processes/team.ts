import { type ChildProcess, fork } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Life, Order, Report, Saying, Step } from './orders.ts'
import type { WorldClock } from './world-clock.ts'

/** A worker process that may die at any moment. */
export interface Member {
  readonly life: Life
  readonly died: boolean
}

/** Worker processes, and the time they share. */
export interface Team {
  /** Puts a process into the world. It is an old one that has done with its last life, or a new one. */
  hire(life: Life): Promise<Member>
  /** Has all of them do their steps at once. Ends when each has done, died or stalled. */
  wave(work: ReadonlyMap<Member, readonly Step[]>): Promise<void>
  /** Lets those that are stalled go on until they have done, and takes all back. */
  dismiss(members: readonly Member[]): Promise<void>
  readonly sayings: Saying[]
  /** Errors that no outage explains. */
  readonly faults: string[]
  /** After a seed that failed: nothing of it stays. */
  clear(): void
  stop(): void
}

export interface TeamOptions {
  /** The bundled worker. */
  readonly script: string
  readonly clock: WorldClock
  readonly environment: Readonly<Record<string, string>>
  /** Processes kept ready beyond those at work. */
  readonly spares: number
}

/** A wave takes seconds; one that takes so long (milliseconds) never ends. */
const STUCK = 60_000

interface Process {
  readonly child: ChildProcess
  life: Life | undefined
  state: 'starting' | 'idle' | 'busy' | 'waiting' | 'stalled' | 'dead'
  until: number
}

export function makeTeam({ clock, environment, script, spares }: TeamOptions): Team {
  const pool: Promise<Process>[] = []
  const all = new Set<Process>()
  const sayings: Saying[] = []
  const faults: string[] = []
  const members = new WeakMap<Member, Process>()
  const watchers = new Set<() => void>()
  const changed = () => {
    for (const look of watchers) look()
  }
  let over = false

  function start(): Promise<Process> {
    const child = fork(script, [], {
      env: { ...environment },
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    const one: Process = { child, life: undefined, state: 'starting', until: 0 }
    all.add(one)
    if (child.stderr) createInterface({ input: child.stderr }).on('line', line => void hear(line))
    const { promise, resolve, reject } = Promise.withResolvers<Process>()
    promise.catch(() => {})
    child.on('message', (told: Report) => {
      if (told.kind === 'ready') {
        one.state = 'idle'
        return resolve(one)
      }
      if (told.kind === 'living') one.state = 'idle'
      if (told.kind === 'done') {
        one.state = 'idle'
        faults.push(...told.faults)
      }
      if (told.kind === 'waiting') {
        one.state = told.until === undefined ? 'stalled' : 'waiting'
        one.until = told.until ?? 0
      }
      changed()
    })
    child.on('close', (code, signal) => {
      all.delete(one)
      one.state = 'dead'
      if (signal !== 'SIGKILL' && !over) faults.push(`A process ended with ${signal ?? code}`)
      reject(new Error(`A process ended before it was ready (${signal ?? code})`))
      changed()
    })
    return promise
  }

  function hear(line: string): void {
    if (line.startsWith('{"life"')) sayings.push(JSON.parse(line))
    else faults.push(line)
  }

  const tell = ({ child }: Process, order: Order) => {
    if (child.connected) child.send(order, () => {})
  }

  /** Time passes where all that still live wait for it. */
  async function settled(those: readonly Process[]): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const timer = setTimeout(() => {
      const states = those.map(({ life, state }) => `${life?.name} ${state}`)
      reject(new Error(`A wave did not end: ${states.join(', ')}`))
    }, STUCK)
    const look = () => {
      if (those.some(({ state }) => state === 'busy' || state === 'starting')) return
      const waiting = those.filter(({ state }) => state === 'waiting')
      if (waiting.length === 0) return resolve()
      clock.set(Math.max(clock.now(), Math.min(...waiting.map(({ until }) => until))))
      for (const one of waiting) wake(one, false)
    }
    watchers.add(look)
    look()
    await promise.finally(() => {
      clearTimeout(timer)
      watchers.delete(look)
    })
  }

  function wake(one: Process, resume: boolean): void {
    if (one.until > clock.now() && !resume) return
    one.state = 'busy'
    tell(one, { kind: 'wake', resume })
  }

  function clear(): void {
    for (const { child } of all) child.kill('SIGKILL')
    pool.length = 0
    sayings.length = 0
    faults.length = 0
  }

  const processOf = (member: Member): Process => {
    const found = members.get(member)
    if (found === undefined) throw new Error(`${member.life.name} is nobody’s`)
    return found
  }

  return {
    sayings,
    faults,
    async hire(life) {
      while (pool.length <= spares) pool.push(start())
      const one = await (pool.shift() ?? start())
      one.life = life
      one.state = 'busy'
      tell(one, { kind: 'live', life })
      await settled([one])
      const member = {
        life,
        get died() {
          return one.state === 'dead'
        },
      }
      members.set(member, one)
      return member
    },
    async wave(work) {
      const those = [...work.keys()].map(processOf).filter(({ state }) => state !== 'dead')
      for (const [member, steps] of work) {
        const one = processOf(member)
        if (one.state === 'dead') continue
        if (one.state === 'stalled') wake(one, true)
        if (steps.length === 0) continue
        one.state = 'busy'
        tell(one, { kind: 'work', steps })
      }
      await settled(those)
    },
    async dismiss(those) {
      const living = those.map(processOf).filter(({ state }) => state !== 'dead')
      while (living.some(({ state }) => state === 'stalled')) {
        for (const one of living) if (one.state === 'stalled') wake(one, true)
        await settled(living)
      }
      for (const one of living) if (one.state === 'idle') pool.push(Promise.resolve(one))
    },
    clear,
    stop() {
      over = true
      clear()
    },
  }
}
