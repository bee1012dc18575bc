import { mkdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
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
  if (fresh) await rm(dir, { recursive: true, force: true })
  await mkdir(dir, { recursive: true })
  return startAzurite({ dir })
}
