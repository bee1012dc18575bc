import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { makePackage, type Package } from '../../scripts/package.ts'
import { FUNCTIONS, summary } from '../functions/expected.ts'
import { startHost } from '../functions/host.ts'
import { unzip } from '../support/unzip.ts'

const ROOT = join(import.meta.dirname, '../..')
const BESIDE = ['waxseal.cdx.json', 'waxseal.licences.txt', 'waxseal.zip']
let scratch: string
let folder: string
let again: string
let made: Package
let files: Map<string, Buffer>

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'waxseal package '))
  folder = join(scratch, 'one')
  again = join(scratch, 'elsewhere/and/deeper')
  const command = async () => {
    const script = join(ROOT, 'scripts/package.ts')
    const child = spawn(process.execPath, [script, again], { cwd: tmpdir(), stdio: 'ignore' })
    expect(await once(child, 'exit')).toEqual([0, null])
  }
  ;[made] = await Promise.all([makePackage(folder), command()])
  files = unzip(await readFile(made.archive))
})
afterAll(() => rm(scratch, { recursive: true, force: true }))

const json = async (name: string) => JSON.parse(await readFile(join(folder, name), 'utf8'))

describe('the archive', () => {
  test('holds what the host needs and nothing else: no map, no packages', () => {
    expect([...files.keys()].filter(name => name !== 'waxseal.config.json')).toEqual([
      'dist/index.mjs',
      'dist/index.mjs.LEGAL.txt',
      'host.json',
      'package.json',
    ])
  })

  test('and what stands beside it are byte for byte the same when built again, elsewhere, by the command', async () => {
    expect((await readdir(folder)).sort()).toEqual(['package', ...BESIDE])
    for (const name of BESIDE) {
      const [one, other] = await Promise.all([folder, again].map(place => readFile(join(place, name))))
      expect(other?.equals(one as Buffer), name).toBe(true)
    }
  })

  test('is at most 1.5 MB', async () => {
    expect(made.bytes).toBe((await readFile(made.archive)).length)
    expect(made.bytes).toBeLessThanOrEqual(1_500_000)
  })

  test('that has grown too large is refused, and what was there before stays', async () => {
    const place = join(scratch, 'grown')
    await mkdir(place)
    await writeFile(join(place, 'waxseal.zip'), 'earlier')
    await expect(makePackage(place, 10_000)).rejects.toThrow(/^The archive has \d+ bytes; 10000 are allowed/)
    expect(await readFile(join(place, 'waxseal.zip'), 'utf8')).toBe('earlier')
  })

  test('unpacked, registers the same six functions, in an empty environment and in silence', async () => {
    const app = join(scratch, 'unpacked')
    for (const [name, content] of files) {
      await mkdir(dirname(join(app, name)), { recursive: true })
      await writeFile(join(app, name), content)
    }
    const { main } = JSON.parse(await readFile(join(app, 'package.json'), 'utf8'))
    const host = await startHost(join(app, main), {})
    onTestFinished(host.stop)
    expect(summary(host.registrations())).toEqual(FUNCTIONS)
    expect(host.written()).toBe('')
  })
})

interface Component {
  readonly 'bom-ref': string
  readonly group?: string
  readonly name: string
  readonly version: string
  readonly licenses: readonly [{ readonly license?: { readonly id: string }; readonly expression?: string }]
  readonly hashes: readonly [{ readonly alg: string; readonly content: string }]
}

describe('the bill of materials', () => {
  const components = async (): Promise<Component[]> => (await json('waxseal.cdx.json')).components
  const nameOf = ({ group, name }: Component) => (group === undefined ? name : `${group}/${name}`)

  test('is of the archive beside it', async () => {
    const { bomFormat, specVersion, serialNumber, metadata } = await json('waxseal.cdx.json')
    expect({ bomFormat, specVersion }).toEqual({ bomFormat: 'CycloneDX', specVersion: '1.6' })
    expect(serialNumber).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/)
    const sha256 = createHash('sha256')
      .update(await readFile(made.archive))
      .digest('hex')
    expect(metadata.component.hashes).toEqual([{ alg: 'SHA-256', content: sha256 }])
    expect(made.sha256).toBe(sha256)
  })

  test('names every package that the source map names, in its installed version', async () => {
    const names = new Set((await components()).map(nameOf))
    const { sources } = await json('package/dist/index.mjs.map')
    const mapped = (sources as string[]).flatMap(
      path => /^(?!webpack:).*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? [],
    )
    expect(mapped.length).toBeGreaterThan(100)
    expect([...names]).toEqual(expect.arrayContaining([...new Set(mapped)]))
    for (const one of await components()) {
      const manifest = await readFile(join(ROOT, 'node_modules', nameOf(one), 'package.json'), 'utf8')
      expect(one.version).toBe(JSON.parse(manifest).version)
    }
  })

  test('leaves out what only the command and the tests need', async () => {
    const names = (await components()).map(nameOf)
    expect(names).toContain('@azure/identity')
    for (const name of ['azurite', 'commander', 'adaptivecards', 'vitest']) expect(names).not.toContain(name)
  })

  test('gives every package a licence and the hash of the archive it came in', async () => {
    for (const { licenses, hashes, name } of await components()) {
      const [{ license, expression }] = licenses
      expect(license?.id ?? expression, name).toMatch(/^[\w.() -]+$/)
      expect(hashes, name).toEqual([{ alg: 'SHA-512', content: expect.stringMatching(/^[0-9a-f]{128}$/) }])
    }
  })

  test('says once what each package depends on, and names nothing that it does not list', async () => {
    const { metadata, dependencies } = await json('waxseal.cdx.json')
    const listed = [metadata.component, ...(await components())].map(one => one['bom-ref'])
    expect(new Set(listed).size).toBe(listed.length)
    expect(dependencies.map(({ ref }: { ref: string }) => ref)).toEqual(listed)
    const reached = new Set<string>()
    const visit = (ref: string) => {
      if (reached.has(ref)) return
      reached.add(ref)
      for (const one of dependencies.find((entry: { ref: string }) => entry.ref === ref).dependsOn) visit(one)
    }
    visit(metadata.component['bom-ref'])
    expect([...reached].sort()).toEqual([...listed].sort())
  })
})

describe('the licences', () => {
  test('have a text for every package of the bill, in its order', async () => {
    const text = await readFile(join(folder, 'waxseal.licences.txt'), 'utf8')
    const sections = text.split(/^={80}$/m).slice(1)
    const heads = sections.filter((_, index) => index % 2 === 0).map(head => head.trim())
    const { components } = await json('waxseal.cdx.json')
    expect(heads).toEqual(
      components.map(
        ({ group, name, version, licenses: [{ license, expression }] }: Component) =>
          `${group === undefined ? name : `${group}/${name}`} ${version} (${license?.id ?? expression})`,
      ),
    )
    for (const [index, section] of sections.entries())
      if (index % 2 === 1)
        expect(section, heads[(index - 1) / 2]).toMatch(/as is|without warrant|public domain/i)
  })
})
