import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'

/** Runs the bench with a folder of its own for what is temporary. */
function run(args: readonly string[], heard: (text: string, stop: () => void) => void = () => {}) {
  const folder = mkdtempSync(join(tmpdir(), 'waxseal-load-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const child = spawn(process.execPath, [join(import.meta.dirname, 'load.ts'), ...args], {
    env: { ...process.env, TMPDIR: folder, TMP: folder, TEMP: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [output, complaints] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text
    heard(complaints, () => child.kill('SIGINT'))
  })
  return new Promise<{ code: number | null; output: string; complaints: string; left: string[] }>(resolve => {
    child.once('close', code => {
      const left = readdirSync(folder).filter(name => name.startsWith('waxseal'))
      resolve({ code, output, complaints, left })
    })
  })
}

interface Report {
  readonly rows: readonly { readonly name: string; readonly all: number }[]
  readonly targets: readonly { readonly what: string; readonly met: boolean }[]
}

test('a small week is drained and watched: nothing is lost, every theft is told, all is measured', {
  timeout: 280_000,
}, async () => {
  const { code, complaints, output, left } = await run([
    '--records',
    '2000',
    '--mailboxes',
    '50',
    '--minutes',
    '4',
  ])
  expect(code, complaints).toBe(0)
  expect(left).toEqual([])
  const { rows, targets }: Report = JSON.parse(output.trim().split('\n').at(-1) ?? '')
  const figure = (name: string) => rows.find(row => row.name === name)?.all ?? Number.NaN
  for (const { name, all } of rows) expect(all, name).toEqual(expect.any(Number))
  for (const name of [
    'time to drain, s',
    'ratio to JSON.parse alone',
    'watched: available to card, p99 s of the tenant',
    'requests in a minute of the tenant, most',
    'storage transactions a record',
    'share of the time: parsing',
    'share of the time: detection',
    'share of the time: storage',
    'share of the time: waiting',
    'memory in the last tenth, MB',
    'processor seconds of Azurite',
  ])
    expect(figure(name), name).toBeGreaterThan(0)
  expect(figure('ledger: listed')).toBe(figure('ledger: done'))
  const parts = ['evaluated', 'duplicates', 'rejected'].map(part => figure(`ledger: ${part}`))
  expect(figure('ledger: parsed')).toBe(parts.reduce((sum, part) => sum + part, 0))
  expect(figure('ledger: rejected')).toBeGreaterThan(0)
  expect(figure('blobs offered and never fetched')).toBe(0)
  expect(figure('requests refused as too many')).toBe(0)
  // Memory says something only of a run that is longer than its start.
  const missed = targets.filter(({ met, what }) => !met && !what.includes('memory'))
  expect(missed).toEqual([])
})

test('Ctrl-C in the middle of the drain ends it and leaves nothing behind', {
  timeout: 120_000,
}, async () => {
  let waits = false
  const { code, complaints, left } = await run(['--records', '20000', '--mailboxes', '50'], (text, stop) => {
    if (waits || !text.includes('draining')) return
    waits = true
    setTimeout(stop, 3_000)
  })
  expect({ code, left }, complaints).toEqual({ code: 130, left: [] })
  expect(complaints).toContain('Stopped before the end')
})
