import { evaluator, type Parameter, type Resource, type Template } from './evaluate.ts'
import { idOf } from './functions.ts'

/** A resource as it would be sent, with its id. */
export interface Deployed extends Resource {
  readonly id: string
}

export interface Deployment {
  readonly resources: readonly Deployed[]
  readonly outputs: Readonly<Record<string, unknown>>
}

/** What resources answer once they are there: the few properties that templates ask for. */
const ANSWERS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'Microsoft.ManagedIdentity/userAssignedIdentities': {
    principalId: '0f6d6b0c-6f0e-4c7c-8a55-2f1f5d6a7b01',
    clientId: 'c2a7f3de-91b4-4d0a-b6f1-7e5d3c2b1a02',
  },
  'Microsoft.Insights/components': {
    ConnectionString: 'InstrumentationKey=00000000-0000-0000-0000-000000000000',
  },
  'Microsoft.Web/sites': { defaultHostName: 'waxseal.azurewebsites.net' },
}

/**
 * Deploys a template without Azure: values checked, conditions and expressions evaluated. Throws where a deployment would
 * fail: on a reference to what is not in the template, not deployed or not waited for, and on dependencies that go in a circle.
 */
export function deploy(template: Template, given: Readonly<Record<string, unknown>>): Deployment {
  for (const name of Object.keys(given))
    if (!(name in template.parameters)) throw new ReferenceError(`parameter ${name} is not declared`)
  const asked = new Set<string>()
  const { value, parameter } = evaluator(template, given, (id, apiVersion) => {
    asked.add(id)
    const found = all.find(one => one.id === id)
    if (found === undefined || !found.deployed) throw new ReferenceError(`${id} is not deployed`)
    if (found.apiVersion !== apiVersion) throw new ReferenceError(`${id} is not of version ${apiVersion}`)
    return ANSWERS[found.type]
  })
  for (const [name, declared] of Object.entries(template.parameters)) check(name, declared, parameter(name))

  const all = template.resources.map(raw => ({
    raw,
    type: raw.type,
    apiVersion: raw.apiVersion,
    id: idFor(
      raw.type,
      String(value(raw.name)),
      raw.scope === undefined ? undefined : String(value(raw.scope)),
    ),
    deployed: raw.condition === undefined || value(raw.condition) === true,
    waitsFor: (raw.dependsOn ?? []).map(one => String(value(one))),
  }))
  const behind = waits(all)
  const resources = all
    .filter(({ deployed }) => deployed)
    .map(({ raw, id }) => {
      asked.clear()
      const { condition: _, comments: __, ...rest } = raw
      const sent = { ...(value(rest) as Resource), id }
      for (const other of mentioned(sent, all, asked))
        if (other !== id && !behind.get(id)?.has(other)) throw new Error(`${id} does not wait for ${other}`)
      return sent
    })
  const outputs = Object.entries(template.outputs).map(
    ([name, output]) => [name, value(output.value)] as const,
  )
  return { resources, outputs: Object.fromEntries(outputs) }
}

function check(name: string, declared: Parameter, given: unknown): void {
  const type = { string: 'string', securestring: 'string', int: 'number', bool: 'boolean' }[declared.type]
  if (type === undefined) throw new TypeError(`parameter ${name} is of no type that is known here`)
  const length = typeof given === 'string' ? given.length : 0
  const size = typeof given === 'number' ? given : 0
  const fits =
    typeof given === type &&
    (declared.allowedValues?.includes(given) ?? true) &&
    (typeof given !== 'string' ||
      (length >= (declared.minLength ?? 0) && length <= (declared.maxLength ?? length))) &&
    (typeof given !== 'number' ||
      (size >= (declared.minValue ?? size) && size <= (declared.maxValue ?? size)))
  if (!fits) throw new TypeError(`parameter ${name} may not be ${JSON.stringify(given)}`)
}

function idFor(type: string, name: string, scope: string | undefined): string {
  if (scope === undefined) return idOf(type, name.split('/'))
  const [provider, kind, ...names] = scope.split('/')
  return idOf(type, [name], idOf(`${provider}/${kind}`, names))
}

/** For each resource, those that are certainly there before it. Throws on a circle and on a name that leads nowhere. */
function waits(all: readonly { readonly id: string; readonly waitsFor: readonly string[] }[]) {
  const behind = new Map<string, ReadonlySet<string>>()
  const visit = (id: string, path: readonly string[]): ReadonlySet<string> => {
    if (path.includes(id)) throw new Error(`in a circle: ${[...path, id].join(' → ')}`)
    const known = behind.get(id)
    if (known !== undefined) return known
    const found = all.filter(one => one.id === id)
    if (found.length !== 1) throw new ReferenceError(`${id} is in the template ${found.length} times`)
    const first = found.flatMap(({ waitsFor }) => waitsFor)
    const set = new Set([...first, ...first.flatMap(other => [...visit(other, [...path, id])])])
    behind.set(id, set)
    return set
  }
  for (const { id } of all) visit(id, [])
  return behind
}

/** Ids of other resources of the template that are asked for or occur in what is sent. A parent is one of them. */
function mentioned(
  sent: Deployed,
  all: readonly { readonly id: string }[],
  asked: ReadonlySet<string>,
): string[] {
  const { dependsOn: _, ...rest } = sent
  const said = JSON.stringify(rest)
  return all.flatMap(({ id }) =>
    asked.has(id) || said.includes(`"${id}"`) || sent.id.startsWith(`${id}/`) ? [id] : [],
  )
}
