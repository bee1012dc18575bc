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
  let complaints = ''
  child.stdout.resume()
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text
    heard(complaints, () => child.kill('SIGINT'))
  })
  return new Promise<{ code: number | null; complaints: string; left: string[] }>(resolve => {
    child.once('close', code => {
      const left = readdirSync(folder).filter(name => name.startsWith('waxseal'))
      resolve({ code, complaints, left })
    })
  })
}

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
