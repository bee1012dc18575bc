import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { makeTables } from '../core/stores/tables/tables.ts'
import { startAzurite } from './azurite.ts'

describe.runIf(inject('storage'))('Azurite as a child', () => {
  test('keeps its data in a folder from one start to the next', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'azurite-'))
    onTestFinished(() => rm(dir, { recursive: true, force: true }))
    const first = await startAzurite({ dir })
    await makeTables(first)
      .table('facts')
      .put('p', [{ row: 'r', value: 'kept' }])
    await Promise.all([first.stop(), first.stop()])

    const second = await startAzurite({ dir })
    onTestFinished(second.stop)
    expect((await makeTables(second).table('facts').get('p', 'r'))?.value).toBe('kept')
  })

  test('goes when its parent is killed', async () => {
    const parent = startParent('console.log((await startAzurite()).connectionString)')
    const endpoint = await tableEndpoint(parent)
    expect(await answers(endpoint)).toBe(true)
    parent.kill('SIGKILL')
    while (await answers(endpoint)) await setTimeout(20)
  })

  test('keeps what it took before its parent was killed, and the next one waits for it', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'azurite-'))
    onTestFinished(() => rm(dir, { recursive: true, force: true }))
    const parent = startParent(`
      const storage = await startAzurite({ dir: ${JSON.stringify(dir)} })
      await makeTables(storage).table('facts').put('p', [{ row: 'r', value: 'kept' }])
      console.log(storage.connectionString)`)
    await tableEndpoint(parent)
    parent.kill('SIGKILL')

    const next = await startAzurite({ dir })
    onTestFinished(next.stop)
    expect((await makeTables(next).table('facts').get('p', 'r'))?.value).toBe('kept')
  })

  test('says why it did not start', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    onTestFinished(() => void taken.close())
    const address = await new Promise<ReturnType<typeof taken.address>>(resolve =>
      taken.once('listening', () => resolve(taken.address())),
    )
    const port = typeof address === 'object' ? address?.port : undefined
    await expect(startAzurite({ ports: { table: port ?? 0 } })).rejects.toThrow(
      /^Azurite stopped before it was ready\. .*EADDRINUSE/,
    )
  })
})

/** A process of its own that runs these lines. */
function startParent(lines: string): ChildProcess {
  const imports = [
    ['startAzurite', 'azurite.ts'],
    ['makeTables', '../core/stores/tables/tables.ts'],
  ].map(
    ([name, file]) => `import { ${name} } from ${JSON.stringify(new URL(`${file}`, import.meta.url).href)}`,
  )
  const parent = spawn(process.execPath, ['--input-type=module', '-e', [...imports, lines].join('\n')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void parent.kill('SIGKILL'))
  return parent
}

async function tableEndpoint({ stdout }: ChildProcess): Promise<string> {
  let seen = ''
  for await (const chunk of stdout ?? []) {
    seen += chunk
    const found = /TableEndpoint=(\S+)\s/.exec(seen)?.[1]
    if (found) return found
  }
  throw new Error('the parent ended early')
}

function answers(endpoint: string): Promise<boolean> {
  return fetch(endpoint).then(
    async response => {
      await response.text()
      return true
    },
    () => false,
  )
}
