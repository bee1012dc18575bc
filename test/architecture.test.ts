import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')

/** Files of the product; tests, cases and their helpers may import anything. */
const files = globSync('{core,functions,cli,emulator,bench,scripts}/**/*.ts', { cwd: root }).filter(
  file => !/\.(test|cases|test-kit)\.ts$|testing\.ts$|test-(client|fixtures|readings)\.ts$/.test(file),
)

interface Import {
  readonly from: string
  /** A path from the root, or the name of a package. */
  readonly to: string
}

const imports: Import[] = files.flatMap(from =>
  [
    ...readFileSync(join(root, from), 'utf8').matchAll(
      /^(?:import|export)\s(?:[^'"]*?\sfrom\s)?['"]([^'"]+)['"]/gms,
    ),
  ].map(([, name = '']) => ({
    from,
    to: name.startsWith('.') ? relative(root, join(root, dirname(from), name)) : name,
  })),
)

/** Who may be imported by whom, besides packages. The first rule whose folder holds the file decides. */
const LAYERS: readonly (readonly [folder: string, ...allowed: string[]])[] = [
  ['core/model/', 'core/model/'],
  ['core/detections/', 'core/detections/', 'core/model/'],
  ['core/engine/', 'core/engine/', 'core/model/'],
  ['core/json/', 'core/json/'],
  ['core/cost/', 'core/cost/'],
  ['core/net/', 'core/net/', 'core/model/', 'core/log.ts'],
  ['core/feeds/', 'core/feeds/', 'core/json/', 'core/net/', 'core/model/', 'core/log.ts'],
  ['core/sinks/', 'core/sinks/', 'core/net/', 'core/model/', 'core/log.ts'],
  [
    'core/tuning/',
    'core/tuning/',
    'core/engine/',
    'core/detections/kit/',
    'core/feeds/normalise/',
    'core/model/',
  ],
  [
    'core/observers/',
    'core/observers/',
    'core/feeds/',
    'core/stores/',
    'core/net/',
    'core/model/',
    'core/detections/kit/',
    'core/log.ts',
  ],
  ['core/stores/', 'core/stores/', 'core/tuning/', 'core/engine/', 'core/model/', 'core/log.ts'],
  [
    'core/pipeline/',
    'core/pipeline/',
    'core/engine/',
    'core/detections/kit/',
    'core/model/',
    'core/log.ts',
    'core/feeds/feed.ts',
    'core/feeds/observations.ts',
    'core/feeds/normalise/parse.ts',
    'core/json/',
    'core/sinks/sink.ts',
    'core/observers/observer.ts',
    'core/cost/',
    'core/stores/',
    'core/tuning/',
  ],
  ['core/', 'core/'],
  ['functions/', 'functions/', 'core/'],
  ['cli/', 'cli/', 'core/', 'emulator/'],
  ['emulator/', 'emulator/'],
]

/** Packages that one place alone may know. */
const FENCES: Readonly<Record<string, string>> = {
  '@azure/functions': 'functions/',
  '@azure/data-tables': 'core/stores/tables/',
  '@azure/storage-queue': 'core/stores/queue/',
  '@azure/storage-blob': 'core/feeds/graph-activity/',
  'p-retry': 'core/net/retries.ts',
  '@microsoft/microsoft-graph-client': 'core/feeds/graph/',
  'ipaddr.js': 'core/feeds/normalise/',
  standardwebhooks: 'core/sinks/webhook/',
  commander: 'cli/main.ts',
}

describe('imports', () => {
  it('are found', () => {
    expect(imports.length).toBeGreaterThan(300)
  })

  it('point one way', () => {
    const wrong = imports.filter(({ from, to }) => {
      const layer = LAYERS.find(([folder]) => from.startsWith(folder))
      if (layer === undefined || !/^(core|functions|cli|emulator|test|bench|scripts)\//.test(to)) return false
      return !layer.slice(1).some(allowed => to.startsWith(allowed))
    })
    expect(wrong).toEqual([])
  })

  it('reach concrete storage adapters from the composition root and the adapters themselves only', () => {
    const concrete = /^core\/stores\/(tables\/|queue\/|memory\.ts)/
    const wrong = imports.filter(
      ({ from, to }) =>
        concrete.test(to) && !concrete.test(from) && from.startsWith('core/') && from !== 'core/app.ts',
    )
    expect(wrong).toEqual([])
  })

  it.each(Object.entries(FENCES))('know %s in %s only', (name, home) => {
    const users = imports.filter(({ from, to }) => to === name && /^(core|functions|cli)\//.test(from))
    expect(users.length).toBeGreaterThan(0)
    expect(users.filter(({ from }) => !from.startsWith(home))).toEqual([])
  })

  it('make no circle', () => {
    const next = new Map<string, string[]>()
    for (const { from, to } of imports)
      if (existsSync(join(root, to))) next.set(from, [...(next.get(from) ?? []), to])
    const done = new Set<string>()
    const circles: string[] = []
    const visit = (file: string, path: readonly string[]) => {
      if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' → '))
      else if (!done.has(file)) {
        for (const to of next.get(file) ?? []) visit(to, [...path, file])
        done.add(file)
      }
    }
    for (const file of files) visit(file, [])
    expect(circles).toEqual([])
  })
})

describe('core', () => {
  const sources = files
    .filter(file => file.startsWith('core/'))
    .map(file => ({
      file,
      text: readFileSync(join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, ''),
    }))

  it('takes time, chance and environment as arguments', () => {
    const ambient = /\bDate\.now\b|new Date\(\)|\bMath\.random\b|\bprocess\.env\b/
    expect(sources.filter(({ text }) => ambient.test(text)).map(({ file }) => file)).toEqual([])
  })

  it('has no file that needs a table of contents', () => {
    const long = sources.filter(({ file }) => readFileSync(join(root, file), 'utf8').split('\n').length > 250)
    expect(long.map(({ file }) => file)).toEqual([])
  })
})

describe('the project', () => {
  it('runs on Node 24, which npm ci brings', () => {
    expect(Number(process.versions.node.split('.')[0])).toBeGreaterThanOrEqual(22)
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    expect(manifest.devDependencies.node).toMatch(/^24\./)
  })

  it('pins every dependency to one version', () => {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    for (const version of Object.values({ ...dependencies, ...devDependencies }))
      expect(version).toMatch(/^\d+\.\d+\.\d+$/)
  })
})
