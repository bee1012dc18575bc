import { constants } from 'node:fs'
import { access, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { errorCode } from './source.ts'
import { InputError } from './types.ts'

/** `named` by the user, `found` in a folder, or `odd`: found, but not a file that can be read as one (socket, link to nowhere). */
export interface InputFile {
  path: string
  bytes: number
  origin: 'named' | 'found' | 'odd'
  /** False for pipes and devices: what was read of them to look at is gone. */
  regular: boolean
}

/**
 * Every file behind the paths, folders walked in name order; names that start with a dot are left out.
 * @throws InputError naming the first path that is missing, may not be read, or holds no file
 */
export async function planFiles(paths: readonly string[]): Promise<InputFile[]> {
  const files: InputFile[] = []
  for (const path of paths) {
    const info = await inspect(path)
    const before = files.length
    if (info.isDirectory()) await walk(path, files)
    else files.push({ path, bytes: info.size, origin: 'named', regular: info.isFile() })
    if (files.length === before)
      throw new InputError('not-found', `There is no file in the folder "${path}"; check the path.`)
  }
  return files
}

async function walk(folder: string, files: InputFile[]): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(error => refuse(folder, error))
  // By code unit, not by locale: the same order on every machine.
  entries.sort((a, b) => (a.name < b.name ? -1 : 1))
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue
    const path = join(folder, entry.name)
    if (entry.isDirectory()) await walk(path, files)
    else files.push(await findFile(path, entry.isFile() || entry.isSymbolicLink()))
  }
}

/** Links to files are followed; links to folders are not, because they can lead in a circle. */
async function findFile(path: string, readable: boolean): Promise<InputFile> {
  const info = readable ? await stat(path).catch(() => undefined) : undefined
  if (!info?.isFile()) return { path, bytes: 0, origin: 'odd', regular: false }
  await inspect(path)
  return { path, bytes: info.size, origin: 'found', regular: true }
}

async function inspect(path: string) {
  try {
    const info = await stat(path)
    await access(path, constants.R_OK)
    return info
  } catch (error) {
    return refuse(path, error)
  }
}

function refuse(path: string, error: unknown): never {
  const code = errorCode(error)
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    throw new InputError('not-found', `There is no file or folder "${path}"; check the spelling of the path.`)
  }
  if (code === 'EACCES' || code === 'EPERM') {
    throw new InputError('unreadable', `This user may not read "${path}"; check its permissions.`)
  }
  throw new InputError('unreadable', `"${path}" cannot be read (${code}).`)
}
