import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { zip } from '../../scripts/package/zip.ts'
import { unzip } from '../support/unzip.ts'

const NAME = fc.string({ minLength: 1, maxLength: 30, unit: 'grapheme' })
const FILES = fc
  .array(fc.tuple(NAME, fc.uint8Array({ maxLength: 2_000 })), { maxLength: 12 })
  .map(entries => new Map(entries))

test('what goes in comes out, in order of name', () => {
  void fc.assert(
    fc.property(FILES, files => {
      const read = unzip(zip(files))
      expect([...read.keys()]).toEqual([...files.keys()].sort())
      for (const [name, content] of files) expect(read.get(name)?.equals(content)).toBe(true)
    }),
  )
})

test('the order in which files are found does not matter', () => {
  void fc.assert(
    fc.property(FILES, files => {
      expect(zip(new Map([...files].reverse())).equals(zip(files))).toBe(true)
    }),
  )
})

test('the reader of these tests notices every byte that is turned in the head or the content of a file', () => {
  const name = 'a.txt'
  const archive = zip(new Map([[name, Buffer.from('waxseal '.repeat(40))]]))
  const content = 30 + name.length
  const touched = Array.from({ length: archive.indexOf('PK\x01\x02') }, (_, at) => at)
  for (const at of touched.filter(at => (at >= 4 && at < 28) || at >= content)) {
    const broken = Buffer.from(archive)
    broken[at] = (broken[at] ?? 0) ^ 0xff
    expect(() => unzip(broken), `byte ${at}`).toThrow()
  }
})

test('the unzip of the system finds nothing wrong with it', ctx => {
  if (spawnSync('unzip', ['-v']).error) ctx.skip('unzip is not on this machine')
  const folder = mkdtempSync(join(tmpdir(), 'waxseal-zip-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'a.zip')
  writeFileSync(
    path,
    zip(
      new Map([
        ['dist/ä.txt', Buffer.from('a')],
        ['empty', Buffer.alloc(0)],
      ]),
    ),
  )
  const { status, stdout } = spawnSync('unzip', ['-t', path], { encoding: 'utf8' })
  expect({ status, stdout }).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('No errors detected'),
  })
})
