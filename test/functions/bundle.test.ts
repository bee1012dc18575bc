import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest'
import { startAzurite } from '../../cli/azurite.ts'
import { bundle } from '../../scripts/bundle.ts'
import { FUNCTIONS, summary } from './expected.ts'
import type { LogLine } from './fake-core.ts'
import { startHost } from './host.ts'
import { answerOf, GET, queued, TICK } from './triggers.ts'
import { DROP, SECRET, startWorld } from './world.ts'

const ROOT = join(import.meta.dirname, '../..')
let scratch: string
let folder: string
let again: string

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'waxseal-bundle-'))
  folder = join(scratch, 'app')
  again = join(scratch, 'elsewhere/and/deeper')
  await mkdir(again, { recursive: true })
  await Promise.all([bundle(folder), build(again)])
})
afterAll(() => rm(scratch, { recursive: true, force: true }))

/** The command, run from another folder than the project's. */
async function build(target: string): Promise<void> {
  const script = join(ROOT, 'scripts/bundle.ts')
  const child = spawn(process.execPath, [script, target], { cwd: tmpdir(), stdio: 'ignore' })
  expect(await once(child, 'exit')).toEqual([0, null])
}

async function filesOf(place: string): Promise<Map<string, Buffer>> {
  const files = (await readdir(place, { recursive: true, withFileTypes: true })).filter(one => one.isFile())
  const paths = files.map(({ parentPath, name }) => join(parentPath, name)).sort()
  const read = paths.map(async path => [path.slice(place.length + 1), await readFile(path)] as const)
  return new Map(await Promise.all(read))
}

const json = async (name: string) => JSON.parse(await readFile(join(folder, name), 'utf8'))

const TUNING = {
  allow: [
    {
      actor: 'amara@birchwood.example',
      reason: 'a new ledger',
      owner: 'it@birchwood.example',
      until: new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10),
    },
  ],
}

describe('the folder', () => {
  test('holds the bundle with its notices, its map and two manifests, and no node_modules', async () => {
    expect([...(await filesOf(folder)).keys()]).toEqual([
      'dist/index.mjs',
      'dist/index.mjs.LEGAL.txt',
      'dist/index.mjs.map',
      'host.json',
      'package.json',
      // Whoever deploys from here may tune.
      ...(existsSync(join(ROOT, 'waxseal.config.json')) ? ['waxseal.config.json'] : []),
    ])
  })

  test('names an entry point that exists, as a module, and needs no packages', async () => {
    const { main, ...manifest } = await json('package.json')
    expect((await stat(join(folder, main))).isFile()).toBe(true)
    expect(manifest).toEqual({ name: 'waxseal', private: true, type: 'module' })
    expect(await json('host.json')).toEqual(JSON.parse(await readFile(join(ROOT, 'host.json'), 'utf8')))
  })

  test('is byte for byte the same when built again, elsewhere, by the command', async () => {
    expect(await filesOf(again)).toEqual(await filesOf(folder))
  })

  test('tells nothing about the machine it was built on', async () => {
    for (const [name, bytes] of await filesOf(folder))
      expect(`${name} ${bytes.includes(ROOT) || bytes.includes(scratch)}`).toBe(`${name} false`)
  })

  test('holds the pipeline alone: no emulator, no command line, no Azurite, no card renderer', async () => {
    const { sources, sourcesContent } = await json('dist/index.mjs.map')
    expect(sourcesContent).toBeUndefined()
    // Packages that bring a map of their own are listed under its names.
    const own = sources.filter((path: string) => !/node_modules\/|^webpack:/.test(path))
    for (const path of own) expect(path).toMatch(/^(?:\.\.\/){3}(?:core|functions)\//)
    expect(sources.join('\n')).not.toMatch(/node_modules\/(?:azurite|adaptivecards|csv-parse|commander)\//)
  })

  test('takes along the file that tunes, and is not built with one that has a mistake', async () => {
    const [tuned, config] = [join(scratch, 'tuned'), join(scratch, 'ours.json')]
    await writeFile(config, JSON.stringify(TUNING))
    await bundle(tuned, config)
    const files = await filesOf(tuned)
    expect([...files.keys()]).toContain('waxseal.config.json')
    expect(files.get('waxseal.config.json')?.toString()).toBe(JSON.stringify(TUNING))

    const bad = join(scratch, 'bad.json')
    await writeFile(bad, '{"alertFrom": "hihg"}')
    await expect(bundle(tuned, bad)).rejects.toThrow('bad.json: alertFrom is "hihg"')
    expect(await filesOf(tuned)).toEqual(files)
    await rm(bad)
    await expect(bundle(tuned, bad)).rejects.toThrow('does not exist')
    await bundle(tuned)
    expect([...(await filesOf(tuned)).keys()]).toEqual([...(await filesOf(folder)).keys()])
  })

  test('is not written over what somebody else put there', async () => {
    const theirs = join(scratch, 'theirs')
    await mkdir(join(theirs, 'dist'), { recursive: true })
    await writeFile(join(theirs, 'dist/kept.txt'), 'kept')
    await writeFile(join(theirs, 'README.md'), 'mine')
    await expect(bundle(theirs)).rejects.toThrow('holds README.md, which no build wrote')
    expect([...(await filesOf(theirs)).keys()]).toEqual(['README.md', 'dist/kept.txt'])
  })
})

test('the bundle registers the same six functions, in an empty environment and in silence', async () => {
  const host = await startHost(join(folder, 'dist/index.mjs'), {})
  onTestFinished(host.stop)
  expect(summary(host.registrations())).toEqual(FUNCTIONS)
  expect(host.written()).toBe('')
})

describe.runIf(inject('storage'))('the bundle at work', () => {
  // Storage of its own: sweep drops old tables of the whole account, and so of other tests.
  test('polls, ingests, delivers, sweeps and answers, and no secret or recipient reaches a log', async () => {
    const azurite = await startAzurite()
    onTestFinished(azurite.stop)
    const world = await startWorld(azurite.connectionString)
    onTestFinished(world.tenant.stop)
    const host = await startHost(join(folder, 'dist/index.mjs'), world.env)
    onTestFinished(host.stop)
    const logs: LogLine[] = []
    const run = async (...invocation: Parameters<typeof host.run>) => {
      const outcome = await host.run(...invocation)
      logs.push(...outcome.logs)
      expect(outcome).toMatchObject({ status: 'success' })
      return outcome
    }

    world.breakIn()
    await run('poll', TICK)
    await run('ingest', queued(await world.take()))
    await run('deliver', TICK)
    await run('sweep', TICK)
    expect(answerOf(await run('health', GET))).toMatchObject({ status: 200, body: { ok: true } })
    expect(world.tenant.cards()).toHaveLength(1)
    expect(world.tenant.webhooks()).toHaveLength(1)
    expect(logs.map(({ message }) => message)).toContain(
      'Listed the last 168 hours again; dropped 0 outdated tables and rows.',
    )

    const told = `${JSON.stringify(logs)}${host.written()}`
    const secrets = [SECRET, DROP, world.env.IDENTITY_HEADER, new URL(world.tenant.teamsUrl).search]
    for (const secret of secrets) expect(told).not.toContain(secret)
    expect(told).not.toMatch(/AccountKey|Bearer|sig=/)
  })

  test('finds the file that was taken along, wherever it is started, and tells of its entries', async () => {
    const [tuned, config] = [join(scratch, 'tuned at work'), join(scratch, 'ours.json')]
    await writeFile(config, JSON.stringify(TUNING))
    await bundle(tuned, config)
    const azurite = await startAzurite()
    onTestFinished(azurite.stop)
    const world = await startWorld(azurite.connectionString)
    onTestFinished(world.tenant.stop)
    const host = await startHost(join(tuned, 'dist/index.mjs'), world.env)
    onTestFinished(host.stop)
    world.breakIn()
    for (const [name, data] of [
      ['poll', TICK],
      ['ingest', undefined],
      ['sweep', TICK],
      ['deliver', TICK],
    ] as const)
      expect(await host.run(name, data ?? queued(await world.take()))).toMatchObject({ status: 'success' })
    const cards = world.tenant.cards().map(({ content }) => JSON.stringify(content))
    expect(cards).toEqual([expect.stringContaining('Findings are allowed from now on')])
    expect(await world.findings()).toMatchObject([{ allowed: { reason: 'a new ledger' } }])
  })
})
