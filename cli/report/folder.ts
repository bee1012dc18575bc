import { lstat, mkdir, open, readdir } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { ConfigError } from '../../core/model/errors.ts'
import type { ReportFile } from './file.ts'

/**
 * Throws `ConfigError` unless a report can be put there: a place where nothing is, or an empty folder. A link is something,
 * wherever it leads.
 */
export async function checkFolder(out: string): Promise<void> {
  if (out.trim() === '' || /\p{Cc}/u.test(out)) throw new ConfigError(['--out names no folder.'])
  const found = await lstat(resolve(out)).catch(unlessAbsent)
  if (found === undefined) return
  if (found.isDirectory() && (await readdir(resolve(out))).length === 0) return
  throw new ConfigError([
    `"${out}" is there already, and a report never writes over anything; name a new folder with --out.`,
  ])
}

/**
 * Writes files into a folder as `checkFolder` allows it, for their owner alone. Every file and folder is made here: one that
 * is there, or a link in its place, ends it.
 */
export async function writeFolder(out: string, files: readonly ReportFile[]): Promise<void> {
  await checkFolder(out)
  const root = resolve(out)
  await mkdir(dirname(root), { recursive: true })
  await mkdir(root, OWNER).catch(unlessFolder(root))
  for (const folder of new Set(files.map(({ path }) => dirname(path))))
    if (folder !== '.') await mkdir(join(root, folder), OWNER)
  for (const { path, text } of files) {
    const file = await open(join(root, path), 'wx', 0o600)
    try {
      await file.writeFile(text)
    } finally {
      await file.close()
    }
  }
}

const OWNER = { mode: 0o700 }

function unlessAbsent(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined
  throw error
}

const unlessFolder = (root: string) => async (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EEXIST' || !(await lstat(root)).isDirectory()) throw error
}
