import { randomInt } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { input } from '@inquirer/prompts'
import { makeApp } from '../../core/app.ts'
import { readConfiguration } from '../../core/configuration.ts'
import { ConfigError } from '../../core/model/errors.ts'
import { HOUR } from '../../core/model/time.ts'
import { runSignal } from '../../core/net/deadline.ts'
import { spareLoopback } from '../loopback.ts'
import { interrupted } from '../start/interrupt.ts'
import { terminalLog } from '../start/log.ts'
import { openLocalStorage } from '../start/storage.ts'
import { drain } from '../start/worker.ts'
import { runDrill } from './run.ts'

export interface DrillOptions {
  readonly code?: string
  readonly hours?: number
  readonly json?: boolean
  readonly data?: string
}

const FOLDER = '.waxseal'
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
  const account = Object.entries(process.env).some(
    ([name, value]) => value && /^AzureWebJobsStorage(__|$)/.test(name),
  )
  const local = (storage: string) =>
    account ? process.env : { ...process.env, AzureWebJobsStorage: storage }
  const { config, settings } = readConfiguration(
    local('UseDevelopmentStorage=true'),
    [process.cwd()],
    Date.now() / 1000,
  )
  const storage = account ? undefined : await openLocalStorage(data ?? FOLDER, false)
  try {
    const environment = local(storage?.connectionString ?? '')
    const platform = {
      now: Date.now,
      random: Math.random,
      log: terminalLog(),
      environment,
      config,
      alone: !account,
    }
    const app = makeApp({ ...settings, AzureWebJobsStorage: environment.AzureWebJobsStorage }, platform)
    const signal = interrupted()
    return await runDrill({
      ...{ json, signal, app, now: Date.now, resumed: code !== undefined },
      code: code ?? String(randomInt(1000, 10_000)),
      patience: hours * HOUR,
      cycle: async () => {
        if (account) return
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
    await storage?.stop()
  }
}
