import { randomInt } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { input } from '@inquirer/prompts'
import { makeApp } from '../../core/app.ts'
import { ConfigError } from '../../core/model/errors.ts'
import { HOUR } from '../../core/model/time.ts'
import { runSignal } from '../../core/net/deadline.ts'
import { openKept } from '../kept.ts'
import { spareLoopback } from '../loopback.ts'
import { interrupted } from '../start/interrupt.ts'
import { terminalLog } from '../start/log.ts'
import { drain } from '../start/worker.ts'
import { runDrill } from './run.ts'

export interface DrillOptions {
  readonly code?: string
  readonly hours?: number
  readonly json?: boolean
  readonly data?: string
}

const HOURS = 4
const CYCLE_MS = 10 * 60_000

/**
 * A live fire drill: somebody makes a harmless rule, and a stopwatch runs until its card is posted. Where AzureWebJobsStorage names
 * an account, the deployment does the work and its state is read; else the cycle runs here.
 */
export async function drill({ code, data, hours = HOURS, json = false }: DrillOptions): Promise<number> {
  if (code !== undefined && !/^\d{4}$/.test(code))
    throw new ConfigError(['--code takes the four digits of an earlier drill.'])
  spareLoopback()
  const kept = await openKept({ ...(data !== undefined && { data }) })
  try {
    const { alone, config, environment, settings } = kept
    const platform = { now: Date.now, random: Math.random, log: terminalLog(), environment, config, alone }
    const app = makeApp(settings, platform)
    const signal = interrupted()
    return await runDrill({
      ...{ json, signal, app, now: Date.now, resumed: code !== undefined },
      code: code ?? String(randomInt(1000, 10_000)),
      patience: hours * HOUR,
      cycle: async () => {
        if (!alone) return
        const own = runSignal(Date.now() + CYCLE_MS, Date.now(), signal)
        await app.poll(own)
        await drain(app, own, platform.log)
        await app.deliver(own)
      },
      made: async () => {
        if (process.stdin.isTTY) await input({ message: 'Press Enter when the rule is made.' })
      },
      sleep: async ms => {
        await setTimeout(ms, undefined, { signal }).catch(() => {})
      },
      say: text => (json && !text.startsWith('{') ? process.stderr : process.stdout).write(`${text}\n`),
    })
  } finally {
    await kept.stop()
  }
}
