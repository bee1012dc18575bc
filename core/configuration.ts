import { detections } from './detections/index.ts'
import { ConfigError } from './model/errors.ts'
import type { Seconds } from './model/time.ts'
import { readSettings, type Settings } from './settings.ts'
import { type Config, UNTUNED } from './tuning/config.ts'
import { type Loaded, loadConfig, type Place } from './tuning/load.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Everything an operator can say: settings of the environment, and the file that tunes. */
export interface Configuration {
  readonly settings: Settings
  readonly config: Config
}

/**
 * Reads settings and file. `folders`: where the file is looked for; `now`: UTC. Throws one `ConfigError` with every
 * problem of both.
 */
export function readConfiguration(
  environment: Environment,
  folders: Place['folders'],
  now: Seconds,
): Configuration {
  const problems: string[] = []
  const settings = attempt(() => readSettings(environment), problems)
  const loaded = attempt(() => readTuning(environment, folders, now), problems)
  if (settings === undefined || problems.length > 0) throw new ConfigError(problems)
  return { settings, config: loaded?.config ?? UNTUNED }
}

/** The file alone, for commands that need no tenant. `option`: the path somebody gave with `--config`. */
export function readTuning(
  environment: Environment,
  folders: Place['folders'],
  now: Seconds,
  option?: string,
): Loaded | undefined {
  const setting = environment.WAXSEAL_CONFIG?.trim()
  const named =
    option !== undefined
      ? { path: option, by: '--config' }
      : setting
        ? { path: setting, by: 'WAXSEAL_CONFIG' }
        : undefined
  return loadConfig({ folders, ...(named && { named }) }, detections, now)
}

function attempt<T>(read: () => T, problems: string[]): T | undefined {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    problems.push(...error.problems)
    return undefined
  }
}
