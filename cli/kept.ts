import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type App, makeApp } from '../core/app.ts'
import { readConfiguration } from '../core/configuration.ts'
import type { Log } from '../core/log.ts'
import { ConfigError } from '../core/model/errors.ts'
import type { Settings } from '../core/settings.ts'
import type { Config } from '../core/tuning/config.ts'
import { spareLoopback } from './loopback.ts'
import { terminalLog } from './start/log.ts'
import { openLocalStorage } from './start/storage.ts'

/** Where state is kept unless told otherwise. */
export const FOLDER = '.waxseal'

/** What is set about a real tenant, and the storage that keeps its state. */
export interface Kept {
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly settings: Settings
  readonly config: Config
  /** The storage is a folder of this machine, which one process at a time uses. */
  readonly alone: boolean
  stop(): Promise<void>
}

interface KeptOptions {
  readonly data?: string
  readonly fresh?: boolean
  /** Throws for settings that this command cannot work with. */
  check?(settings: Settings): void
}

function namesAccount(): boolean {
  return Object.entries(process.env).some(([name, value]) => value && /^AzureWebJobsStorage(__|$)/.test(name))
}

/**
 * State is kept in the account that AzureWebJobsStorage names, else by Azurite in a folder. Throws `ConfigError` for
 * wrong settings before anything is started.
 */
export async function openKept({ data, fresh = false, check }: KeptOptions): Promise<Kept> {
  const account = namesAccount()
  if (account && (data !== undefined || fresh))
    throw new ConfigError([
      '--data and --fresh are for state on this machine, and AzureWebJobsStorage names an account that keeps it.',
    ])
  const local = (storage: string) =>
    account ? process.env : { ...process.env, AzureWebJobsStorage: storage }
  const { settings, config } = readConfiguration(
    local('UseDevelopmentStorage=true'),
    [process.cwd()],
    Date.now() / 1000,
  )
  check?.(settings)
  const storage = account ? undefined : await openLocalStorage(data ?? FOLDER, fresh)
  return {
    environment: local(storage?.connectionString ?? ''),
    settings:
      storage === undefined ? settings : { ...settings, AzureWebJobsStorage: storage.connectionString },
    config,
    alone: !account,
    stop: async () => storage?.stop(),
  }
}

/** For commands that look at what earlier runs left, and change it: the app of the tenant, opened and closed again. */
export async function withApp<T>(
  { data }: { data?: string | undefined },
  use: (app: App) => Promise<T>,
  log: Log = terminalLog(),
): Promise<T> {
  spareLoopback()
  const folder = data ?? FOLDER
  if (!namesAccount() && !existsSync(join(resolve(folder), 'azurite')))
    throw new ConfigError([
      `No state is kept in "${folder}": name the folder of your runs with --data, or the account in AzureWebJobsStorage.`,
    ])
  const kept = await openKept({ ...(data !== undefined && { data }) })
  try {
    const { environment, settings, config, alone } = kept
    return await use(
      makeApp(settings, { now: Date.now, random: Math.random, log, environment, config, alone }),
    )
  } finally {
    await kept.stop()
  }
}
