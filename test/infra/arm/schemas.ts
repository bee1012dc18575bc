import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv, type ValidateFunction } from 'ajv'
import type { Deployed } from './deploy.ts'

/** Microsoft's resource schemas (MIT), kept beside the repository by those who work on it. */
export const SCHEMAS = join(import.meta.dirname, '../../../..', 'shared/data/arm-schemas')

type Schema = { readonly [keyword: string]: unknown }

export interface Checker {
  /** Whether there is a schema for this type in this version. */
  knows(resource: Deployed): boolean
  /** What the schema does not allow, and properties that it does not know. */
  problems(resource: Deployed): string[]
}

/** Properties that every resource of a template may have, besides those of its type. */
const EVERYWHERE = ['id', 'scope', 'dependsOn', 'comments', 'condition']

export function schemasAreHere(): boolean {
  return existsSync(SCHEMAS)
}

/**
 * Microsoft's schemas allow properties that they do not name, so a misspelt one passes them. Each value is therefore also
 * walked along the schema, into those alternatives that it fits.
 */
export function checker(): Checker {
  const ajv = new Ajv({ allErrors: false, strict: false, unicodeRegExp: false, validateFormats: false })
  const roots = new Map<string, Schema>()
  const resources = new Map<string, string>()
  for (const path of globSync('*/*.json', { cwd: SCHEMAS })) {
    const { id, $schema: _, ...schema } = JSON.parse(readFileSync(join(SCHEMAS, path), 'utf8'))
    const root = String(id).replace(/#$/, '')
    if (root.endsWith('deploymentTemplate.json')) continue
    ajv.addSchema({ $id: root, ...schema })
    roots.set(root, schema)
    for (const [name, definition] of Object.entries<{ description?: string }>(
      schema.resourceDefinitions ?? {},
    ))
      resources.set(
        `${definition.description}@${/\d{4}-\d\d-\d\d/.exec(root)?.[0]}`,
        `${root}#/resourceDefinitions/${name}`,
      )
  }

  const compiled = new Map<string, ValidateFunction>()
  function fits(ref: string): ValidateFunction {
    const known = compiled.get(ref) ?? ajv.compile({ $ref: ref })
    compiled.set(ref, known)
    return known
  }

  /** The schema at a reference, and the references of its alternatives that a value fits. */
  function* shapes(ref: string, value: unknown): Generator<{ ref: string; schema: Schema }> {
    const schema = at(ref)
    yield { ref, schema }
    const root = ref.replace(/#.*/, '')
    if (typeof schema.$ref === 'string')
      yield* shapes(schema.$ref.startsWith('#') ? `${root}${schema.$ref}` : schema.$ref, value)
    for (const keyword of ['allOf', 'anyOf', 'oneOf'])
      for (const index of Object.keys((schema[keyword] as Schema[] | undefined) ?? [])) {
        const inner = `${ref}/${keyword}/${index}`
        if (keyword === 'allOf' || fits(inner)(value)) yield* shapes(inner, value)
      }
  }

  function at(ref: string): Schema {
    const [root = '', pointer = ''] = ref.split('#')
    const steps = pointer.split('/').slice(1).map(decodeURIComponent)
    return steps.reduce<Schema>(
      (inner, step) => inner[step.replaceAll('~1', '/')] as Schema,
      roots.get(root) ?? {},
    )
  }

  function* unknown(refs: readonly string[], value: unknown, path: string): Generator<string> {
    if (typeof value !== 'object' || value === null) return
    const found = refs.flatMap(ref => [...shapes(ref, value)])
    if (Array.isArray(value)) {
      const items = found.flatMap(({ ref, schema }) => (schema.items === undefined ? [] : [`${ref}/items`]))
      for (const [index, item] of value.entries()) yield* unknown(items, item, `${path}[${index}]`)
      return
    }
    // A schema that says nothing about properties is of an object of any kind.
    const open = !found.some(({ schema }) => schema.properties !== undefined)
    for (const [name, inner] of Object.entries(value)) {
      if (path === '' && EVERYWHERE.includes(name)) continue
      const next = found.flatMap(({ ref, schema }) => {
        if (Object.hasOwn((schema.properties as object | undefined) ?? {}, name))
          return [`${ref}/properties/${name}`]
        return schema.additionalProperties === undefined ? [] : [`${ref}/additionalProperties`]
      })
      if (next.length === 0 && !open) yield `${path}/${name} is not known`
      yield* unknown(next, inner, `${path}/${name}`)
    }
  }

  const refOf = ({ type, apiVersion }: Deployed) => resources.get(`${type}@${apiVersion}`)
  return {
    knows: resource => refOf(resource) !== undefined,
    problems(resource) {
      const ref = refOf(resource)
      if (ref === undefined) return [`there is no schema of ${resource.type}@${resource.apiVersion}`]
      const { id: _, ...sent } = resource
      const validate = fits(ref)
      const wrong = validate(sent)
        ? []
        : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
      return [...wrong, ...unknown([ref], sent, '')]
    },
  }
}
