import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const page = readFileSync(join(root, 'docs/writing-a-detection.md'), 'utf8')

/** Files that the page shows whole: a path alone on its line, then the code. */
const files = [...page.matchAll(/^`([\w./-]+\.ts)`\n\n```ts\n(.*?)^```$/gms)].map(
  ([, path = '', code = '']) => ({ path, code }),
)
const [imported = '', listed = ''] = [...page.matchAll(/^```ts\n( *\w[^\n]*)\n```$/gm)].map(
  ([, line = '']) => line,
)
const commands = [...page.matchAll(/^```sh\n(.*?)^```$/gms)].flatMap(([, block = '']) =>
  block.trim().split('\n'),
)

/** A copy of the project as far as the commands of the page need it. */
function copy(): string {
  const folder = mkdtempSync(join(tmpdir(), 'waxseal guide '))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const name of [
    'core',
    'functions',
    'cli',
    'emulator',
    'bench',
    'scripts',
    'test',
    'docs',
    'package.json',
    'tsconfig.json',
    'vitest.config.ts',
    'waxseal.config.schema.json',
    'README.md',
  ])
    cpSync(join(root, name), join(folder, name), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  return folder
}

/** Puts a line where the alphabet wants it among lines like it. */
function inserted(text: string, line: string, like: RegExp): string {
  const lines = text.split('\n')
  const next = lines.findIndex(one => like.test(one) && one > line)
  return [...lines.slice(0, next), line, ...lines.slice(next)].join('\n')
}

describe('docs/writing-a-detection.md', () => {
  test('shows a module, its cases, the lines of the registry and the commands', () => {
    expect(files.map(({ path }) => path)).toEqual([
      'core/detections/sent-in-many-names.ts',
      'core/detections/sent-in-many-names.cases.ts',
    ])
    expect([imported, listed.trim()]).toEqual([
      expect.stringMatching(/^import \w+ from '\.\/[\w-]+\.ts'$/),
      'sentInManyNames,',
    ])
    expect(commands).toHaveLength(4)
  })

  test('followed word for word makes a detection that compiles, fires, stays quiet and has a card', () => {
    const folder = copy()
    for (const { path, code } of files) writeFileSync(join(folder, path), code)
    const index = join(folder, 'core/detections/index.ts')
    const before = readFileSync(index, 'utf8')
    const after = inserted(inserted(before, imported, /^import \w+ from '\.\//), listed, /^ {2}\w+,$/)
    expect(after.split('\n')).toHaveLength(before.split('\n').length + 2)
    writeFileSync(index, after)
    const output = commands.map(command => run(folder, command))
    expect(output[1]).toMatch(/Tests {2}\d\d passed/)
    expect(readFileSync(join(folder, 'docs/detections.md'), 'utf8')).toContain('sent-in-many-names')
    const card = readFileSync(join(folder, 'test/golden/detections/sent-in-many-names.card.json'), 'utf8')
    expect(card).toContain('Mail was sent in the name of 5 mailboxes')
  }, 240_000)
})

function run(cwd: string, command: string): string {
  const env = { ...process.env, NO_COLOR: '1', CI: '' }
  return execFileSync(command, { cwd, env, shell: true, encoding: 'utf8', stdio: 'pipe' })
}
