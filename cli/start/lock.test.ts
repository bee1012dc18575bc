import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ConfigError } from '../../core/model/errors.ts'
import { lockFolder } from './lock.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waxseal-lock-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('a state folder', () => {
  it('is held by one living process at a time', async () => {
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    try {
      await writeFile(join(folder, 'lock'), String(other.pid))
      await expect(lockFolder(folder)).rejects.toThrow(ConfigError)
      await expect(lockFolder(folder)).rejects.toThrow(`process ${other.pid}`)
    } finally {
      other.kill()
      await once(other, 'exit')
    }
  })

  it('is taken over from a process that was killed', async () => {
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    await writeFile(join(folder, 'lock'), String(other.pid))
    other.kill('SIGKILL')
    await once(other, 'exit')
    const unlock = await lockFolder(folder)
    expect(await readFile(join(folder, 'lock'), 'utf8')).toBe(String(process.pid))
    await unlock()
    await expect(readFile(join(folder, 'lock'))).rejects.toThrow()
  })

  it('is taken over where the lock says nothing', async () => {
    await writeFile(join(folder, 'lock'), '')
    await (await lockFolder(folder))()
  })
})
