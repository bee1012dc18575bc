import { readFileSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import type { Detection } from '../model/detection.ts'
import { ConfigError } from '../model/errors.ts'
import type { Seconds } from '../model/time.ts'
import { type Config, parseConfig } from './config.ts'

export const CONFIG_FILE = 'waxseal.config.json'

/** Bytes. Far more than anybody writes by hand. */
const LARGEST = 1_000_000

/** Where the file is looked for. */
export interface Place {
  /** The path somebody gave, and what it was given by: `WAXSEAL_CONFIG`, `--config`. */
  readonly named?: { readonly path: string; readonly by: string }
  /** Otherwise `waxseal.config.json` in the first of these folders that has one; the first is where paths start from. */
  readonly folders: readonly [string, ...string[]]
}

export interface Loaded {
  readonly config: Config
  readonly path: string
}

/**
 * Reads the file an operator tunes with; `undefined` where nobody named one and none is there. Throws `ConfigError`
 * with every mistake, each behind the name of the file.
 */
export function loadConfig(
  { named, folders }: Place,
  catalogue: readonly Detection[],
  now: Seconds,
): Loaded | undefined {
  const path = named === undefined ? found(folders) : resolve(folders[0], named.path)
  if (path === undefined) return undefined
  const text = read(path, named)
  try {
    return { path, config: parseConfig(text, catalogue, now) }
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    throw new ConfigError(error.problems.map(problem => `${basename(path)}: ${problem}`))
  }
}

function found(folders: readonly string[]): string | undefined {
  return folders
    .map(folder => join(folder, CONFIG_FILE))
    .find(path => statSync(path, { throwIfNoEntry: false }))
}

function read(path: string, named: Place['named']): string {
  const file = named === undefined ? path : `${named.by} names "${named.path.slice(0, 200)}", which`
  const refuse = (why: string) => new ConfigError([`${file} ${why}`])
  try {
    const { size } = statSync(path)
    if (size > LARGEST)
      throw refuse(`is larger than ${LARGEST / 1_000_000} MB; name the file that tunes waxseal.`)
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path))
  } catch (error) {
    if (error instanceof TypeError) throw refuse('is not written in UTF-8; save it as UTF-8.')
    if (!(error instanceof Error && 'code' in error && 'syscall' in error)) throw error
    if (error.code === 'ENOENT') throw refuse('does not exist; correct the path, or leave it out.')
    throw refuse(`cannot be read (${error.code}); name a file that this program may read.`)
  }
}
