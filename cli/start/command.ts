import { readConfiguration } from '../../core/configuration.ts'
import { ConfigError } from '../../core/model/errors.ts'
import { SCENARIOS } from '../../emulator/index.ts'
import { spareLoopback } from '../loopback.ts'
import { runConfigured } from './configured.ts'
import { runEmulated } from './emulated.ts'
import { interrupted } from './interrupt.ts'
import { terminalLog } from './log.ts'
import type { StartRun } from './run.ts'

export interface StartOptions {
  readonly once?: boolean
  readonly json?: boolean
  readonly port?: number
  readonly data?: string
  readonly fresh?: boolean
  readonly scenario?: string
}

/** 8787 unless told otherwise: a page one can find again. */
const PORT = 8787

/** The whole system on this machine. Returns the exit code. */
export async function start(options: StartOptions): Promise<number> {
  const configured = (process.env.AZURE_TENANT_ID ?? '') !== ''
  if (options.json && !options.once)
    throw new ConfigError(['--json goes with --once: a run without end has no last line.'])
  if (configured && options.scenario !== undefined)
    throw new ConfigError(['--scenario is for the emulated tenant, and AZURE_TENANT_ID names a real one.'])
  const { scenario = 'takeover' } = options
  if (!Object.hasOwn(SCENARIOS, scenario))
    throw new ConfigError([
      `--scenario ${scenario} is not known; there are ${Object.keys(SCENARIOS).join(' and ')}.`,
    ])
  if (!configured) checkOtherSettings()
  spareLoopback()
  const run: StartRun = {
    once: options.once ?? false,
    json: options.json ?? false,
    port: options.port ?? PORT,
    data: options.data,
    fresh: options.fresh ?? false,
    scenario,
    signal: interrupted(),
    log: terminalLog(),
  }
  return configured ? runConfigured(run) : runEmulated(run)
}

/**
 * Without a tenant its name may be misspelt, and an emulated one must not pass for it. Throws `ConfigError` for
 * whatever else is set and wrong.
 */
function checkOtherSettings(): void {
  try {
    const environment = { ...process.env, AzureWebJobsStorage: 'UseDevelopmentStorage=true' }
    readConfiguration(environment, [process.cwd()], Date.now() / 1000)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    const others = error.problems.filter(problem => !problem.startsWith('AZURE_TENANT_ID is missing'))
    if (others.length > 0) throw new ConfigError(others)
  }
}
