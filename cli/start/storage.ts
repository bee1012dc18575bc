import { access, constants, mkdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { ConfigError } from '../../core/model/errors.ts'
import { startAzurite } from '../azurite.ts'

export interface LocalStorage {
  readonly connectionString: string
  stop(): Promise<void>
}

/**
 * Azurite as a child of this process, on free ports. With a folder its data outlives the process; `fresh` forgets
 * what an earlier run left there. Only the folder this command made itself is ever removed.
 */
export async function openLocalStorage(folder: string | undefined, fresh: boolean): Promise<LocalStorage> {
  if (folder === undefined) return startAzurite()
  const dir = join(resolve(folder), 'azurite')
  try {
    if (fresh) await rm(dir, { recursive: true, force: true })
    await mkdir(dir, { recursive: true })
    await access(dir, constants.W_OK)
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? ` (${error.code})` : ''
    throw new ConfigError([
      `No state can be kept in "${folder}"${why}; name a folder you can write to with --data.`,
    ])
  }
  return startAzurite({ dir })
}
