import { createHash } from 'node:crypto'
import type { Bundled, BundledPackage } from './bundled.ts'

/** What the list is of. */
export interface Product {
  readonly name: string
  readonly version: string
  readonly licence: string
  /** The archive that is deployed. */
  readonly archive: Uint8Array
}

/**
 * A CycloneDX 1.6 bill of materials of the bundle: what esbuild put into it, which is less than what is installed. It
 * has no time and a serial number made from its content, so the same archive gives the same bill.
 */
export function sbom(product: Product, { packages, imports }: Bundled): string {
  const ref = `pkg:npm/${product.name}@${product.version}`
  const sha256 = createHash('sha256').update(product.archive).digest('hex')
  const bill = {
    metadata: {
      component: {
        type: 'application',
        'bom-ref': ref,
        name: product.name,
        version: product.version,
        purl: ref,
        licenses: licensesOf(product.licence),
        hashes: [{ alg: 'SHA-256', content: sha256 }],
      },
    },
    components: packages.map(component),
    dependencies: [
      { ref, dependsOn: among(packages, imports) },
      ...packages.map(one => ({ ref: purl(one), dependsOn: among(packages, one.imports) })),
    ],
  }
  const head = { bomFormat: 'CycloneDX', specVersion: '1.6', serialNumber: serialNumber(bill), version: 1 }
  return `${JSON.stringify({ ...head, ...bill }, null, 2)}\n`
}

function component(one: BundledPackage) {
  const [, scope, plain] = /^(?:(@[^/]+)\/)?(.+)$/.exec(one.name) ?? []
  return {
    type: 'library',
    'bom-ref': purl(one),
    ...(scope !== undefined && { group: scope }),
    name: plain,
    version: one.version,
    purl: purl(one),
    licenses: licensesOf(one.licence),
    ...(one.integrity !== undefined && { hashes: [hashOf(one.integrity)] }),
  }
}

/** The `@` of a scope is escaped in a package URL, the one before the version is not. */
function purl({ name, version }: BundledPackage): string {
  return `pkg:npm/${name.replace(/^@/, '%40')}@${version}`
}

/** Names of one licence and expressions of several are different things to CycloneDX. */
function licensesOf(licence: string) {
  return [/[ ()]/.test(licence) ? { expression: licence } : { license: { id: licence } }]
}

function hashOf(integrity: string) {
  const [algorithm = '', digest = ''] = integrity.split('-')
  return { alg: algorithm.replace(/^sha/, 'SHA-'), content: Buffer.from(digest, 'base64').toString('hex') }
}

function among(packages: readonly BundledPackage[], names: readonly string[]): string[] {
  return packages.filter(({ name }) => names.includes(name)).map(purl)
}

/** Formed like a random UUID, from a hash of what it stands for. */
function serialNumber(bill: unknown): string {
  const hex = createHash('sha256').update(JSON.stringify(bill)).digest('hex')
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
