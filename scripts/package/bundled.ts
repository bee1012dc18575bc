import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Metafile } from 'esbuild'

/** A package of which the bundle holds code. */
export interface BundledPackage {
  readonly name: string
  readonly version: string
  /** SPDX expression, as its package.json says. */
  readonly licence: string
  readonly author: string | undefined
  /** Names of the bundled packages whose code it imports. Manifests leave out what is imported where it happens to be there. */
  readonly imports: readonly string[]
  /** Subresource integrity of the archive it came in, as package-lock.json has it. */
  readonly integrity: string | undefined
  /** Licence and notice files, by name. */
  readonly notices: ReadonlyMap<string, string>
}

/** Stands for the folder of the project itself. */
const PROJECT = ''
const FOLDER = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/
const NOTICE = /^(?:licen[cs]e|copying|notice|third-?party)/i

/** What a bundle is made of: its packages, in order of name, and the names of those that the project itself imports. */
export interface Bundled {
  readonly packages: readonly BundledPackage[]
  readonly imports: readonly string[]
}

/** The packages of which the one output of a build holds anything. */
export function bundledPackages(root: string, { inputs, outputs }: Metafile): Bundled {
  const kept = new Set(
    Object.values(outputs)
      .flatMap(output => Object.entries(output.inputs))
      .flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [folderOf(path)] : [])),
  )
  const edges = Object.entries(inputs).flatMap(([path, { imports }]) =>
    imports.map(to => [folderOf(path), folderOf(to.path)] as const),
  )
  const lock = readJson(join(root, 'package-lock.json')).packages
  const nameOf = new Map([...kept].map(folder => [folder, folder.replace(/^.*node_modules\//, '')]))
  const importsOf = (folder: string) => {
    const names = edges.flatMap(([from, to]) =>
      from === folder && to !== folder ? (nameOf.get(to) ?? []) : [],
    )
    return [...new Set(names)].filter(name => name !== PROJECT).sort(compare)
  }
  return {
    imports: importsOf(PROJECT),
    packages: [...kept]
      .filter(folder => folder !== PROJECT)
      .map(folder => read(root, folder, importsOf(folder), lock))
      .sort((a, b) => compare(a.name, b.name) || compare(a.version, b.version)),
  }
}

function folderOf(path: string): string {
  return FOLDER.exec(path)?.[0] ?? PROJECT
}

function read(
  root: string,
  folder: string,
  imports: readonly string[],
  lock: Readonly<Record<string, { readonly integrity?: string }>>,
): BundledPackage {
  const { name, version, license, author } = readJson(join(root, folder, 'package.json'))
  if (typeof license !== 'string')
    throw new Error(`${folder}/package.json names no licence as SPDX does; find out what it is.`)
  const notices = readdirSync(join(root, folder), { withFileTypes: true })
    .filter(entry => entry.isFile() && NOTICE.test(entry.name))
    .map(entry => [entry.name, readFileSync(join(root, folder, entry.name), 'utf8')] as const)
    .sort(([a], [b]) => compare(a, b))
  return {
    name,
    version,
    licence: license,
    author: typeof author === 'string' ? author : author?.name,
    imports,
    // A node_modules that is a link lies elsewhere; its folders have the same names.
    integrity: lock[folder.slice(folder.indexOf('node_modules/'))]?.integrity,
    notices: new Map(notices),
  }
}

/** By code unit, the same in every locale. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

// biome-ignore lint/suspicious/noExplicitAny: what npm writes.
function readJson(path: string): any {
  return JSON.parse(readFileSync(path, 'utf8'))
}
