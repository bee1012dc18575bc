import { ConfigError } from '../../core/model/errors.ts'
import { runConfigured } from './configured.ts'
import { runEmulated } from './emulated.ts'
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
  const run: StartRun = {
    once: options.once ?? false,
    json: options.json ?? false,
    port: options.port ?? PORT,
    data: options.data,
    fresh: options.fresh ?? false,
    scenario: options.scenario ?? 'takeover',
    signal: interrupted(),
    log: terminalLog(),
  }
  return configured ? runConfigured(run) : runEmulated(run)
}

function interrupted(): AbortSignal {
  const controller = new AbortController()
  const stop = () => {
    if (controller.signal.aborted) process.exit(130)
    controller.abort()
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  return controller.signal
}
