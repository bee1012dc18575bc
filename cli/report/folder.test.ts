import { symlinkSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ConfigError } from '../../core/model/errors.ts'
import { HOSTILE_TEXTS, MEGABYTES } from '../../test/support/hostile.ts'
import { folderName } from './build.ts'
import { checkFolder, writeFolder } from './folder.ts'

const FILES = [
  { path: 'index.html', text: 'one' },
  { path: 'sub/report.html', text: 'two' },
]

describe('the folder of a report', () => {
  let root: string
  let count = 0
  const fresh = () => join(root, `report-${count++}`)
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'waxseal-report-'))
  })
  afterAll(() => rm(root, { recursive: true, force: true }))

  it('is made with the folders above it, for its owner alone', async () => {
    const out = join(fresh(), 'deep', 'er')
    await writeFolder(out, FILES)
    expect(await readFile(join(out, 'sub/report.html'), 'utf8')).toBe('two')
    if (process.platform === 'win32') return
    const modes = await Promise.all(['.', 'sub', 'index.html'].map(path => stat(join(out, path))))
    expect(modes.map(({ mode }) => mode & 0o777)).toEqual([0o700, 0o700, 0o600])
  })

  it('can be there already, as long as it is empty', async () => {
    const out = fresh()
    await mkdir(out)
    await writeFolder(out, FILES)
    expect((await readdir(out)).sort()).toEqual(['index.html', 'sub'])
    await expect(writeFolder(out, FILES)).rejects.toThrow('is there already')
    expect(await readFile(join(out, 'index.html'), 'utf8')).toBe('one')
  })

  it('is no file, and no link wherever it leads', async () => {
    const [file, empty, link, dangling, toFile] = [fresh(), fresh(), fresh(), fresh(), fresh()]
    await writeFile(file, 'mine')
    await mkdir(empty)
    await symlink(empty, link)
    await symlink(join(root, 'nowhere'), dangling)
    await symlink(file, toFile)
    for (const out of [file, link, dangling, toFile]) {
      await expect(checkFolder(out)).rejects.toThrow(ConfigError)
      await expect(writeFolder(out, FILES)).rejects.toThrow(ConfigError)
    }
    expect(await readFile(file, 'utf8')).toBe('mine')
    expect(await readdir(empty)).toEqual([])
    expect(await readdir(root)).not.toContain('nowhere')
  })

  it('has a name', async () => {
    for (const out of ['', ' ', 'a\0b', 'a\nb'])
      await expect(checkFolder(out)).rejects.toThrow('names no folder')
  })

  it('gets no file twice, and none through what somebody put there meanwhile', async () => {
    const twice = fresh()
    await expect(writeFolder(twice, [...FILES, { path: 'index.html', text: 'three' }])).rejects.toThrow(
      'EEXIST',
    )
    expect(await readFile(join(twice, 'index.html'), 'utf8')).toBe('one')

    const [out, target] = [fresh(), join(root, 'target')]
    await writeFile(target, 'theirs')
    // Whoever is quicker than the second file: looked at only when its turn comes.
    const late = {
      path: 'late.html',
      get text() {
        symlinkSync(target, join(out, 'last.html'))
        return 'late'
      },
    }
    await expect(writeFolder(out, [late, { path: 'last.html', text: 'ours' }])).rejects.toThrow('EEXIST')
    expect(await readFile(target, 'utf8')).toBe('theirs')
  })
})

describe('the folder of an incident', () => {
  const DEVICES = ['con', 'NUL', 'com1', 'aux.txt', 'lpt9', 'PRN']
  const TRICKS = [
    '..',
    '../../x',
    '/etc/passwd',
    'C:\\x',
    'a/b',
    'name.',
    'name ',
    '.',
    '~',
    '-rf',
    '',
    'a\0b',
  ]

  it('is named by an id of ours, or by a hash of what else stands for one', () => {
    expect(folderName('20261117-6e2bae5515a6')).toBe('20261117-6e2bae5515a6')
    const text = fc.oneof(
      fc.constantFrom(...HOSTILE_TEXTS, ...DEVICES, ...TRICKS),
      fc.string({ unit: 'binary' }),
    )
    fc.assert(
      fc.property(text, id => {
        expect(folderName(id)).toMatch(/^incident-[0-9a-f]{24}$/)
      }),
    )
    for (const id of MEGABYTES) expect(folderName(id)).toHaveLength(33)
  })

  it('is another for another id', () => {
    const names = [...HOSTILE_TEXTS, ...DEVICES, ...TRICKS].filter((one, i, all) => all.indexOf(one) === i)
    expect(new Set(names.map(folderName)).size).toBe(
      new Set(names.map(one => Buffer.from(one).toString('hex'))).size,
    )
  })
})
