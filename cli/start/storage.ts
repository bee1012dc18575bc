import { mkdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { startAzurite } from '../azurite.ts'
import { lockFolder } from './lock.ts'

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
  const place = resolve(folder)
  const dir = join(place, 'azurite')
  await mkdir(place, { recursive: true })
  const unlock = await lockFolder(place)
  try {
    if (fresh) await rm(dir, { recursive: true, force: true })
    await mkdir(dir, { recursive: true })
    const { connectionString, stop } = await startAzurite({ dir })
    return { connectionString, stop: () => stop().finally(unlock) }
  } catch (error) {
    await unlock()
    throw error
  }
}
