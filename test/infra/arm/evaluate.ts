import { PURE } from './functions.ts'
import { type Expression, isExpression, parse } from './parse.ts'

export interface Parameter {
  readonly type: string
  readonly defaultValue?: unknown
  readonly allowedValues?: readonly unknown[]
  readonly minLength?: number
  readonly maxLength?: number
  readonly minValue?: number
  readonly maxValue?: number
  readonly metadata?: { readonly description?: string }
}

export interface Resource {
  readonly type: string
  readonly apiVersion: string
  readonly name: string
  readonly condition?: unknown
  readonly scope?: string
  readonly dependsOn?: readonly string[]
  readonly [property: string]: unknown
}

export interface Template {
  readonly parameters: Readonly<Record<string, Parameter>>
  readonly variables: Readonly<Record<string, unknown>>
  readonly resources: readonly Resource[]
  readonly outputs: Readonly<Record<string, { readonly type: string; readonly value: unknown }>>
}

/** What `reference(id, apiVersion)` answers. */
export type Reference = (id: string, apiVersion: string) => unknown

/**
 * Evaluates values of a template as the Resource Manager does. Throws on everything that would fail a deployment: what is not
 * declared, not known, of a wrong type, or not there.
 */
export function evaluator(
  template: Template,
  given: Readonly<Record<string, unknown>>,
  reference: Reference,
) {
  const values = new Map<string, unknown>()
  const running: string[] = []

  function once(kind: string, name: string, make: () => unknown): unknown {
    const key = `${kind} ${name}`
    if (running.includes(key)) throw new ReferenceError(`${key} needs itself`)
    if (!values.has(key)) {
      running.push(key)
      values.set(key, make())
      running.pop()
    }
    return values.get(key)
  }

  function parameter(name: string): unknown {
    const declared = template.parameters[name]
    if (declared === undefined) throw new ReferenceError(`parameter ${name} is not declared`)
    if (!(name in given) && declared.defaultValue === undefined)
      throw new ReferenceError(`parameter ${name} has no value`)
    return once('parameter', name, () => (name in given ? given[name] : value(declared.defaultValue)))
  }

  function variable(name: string): unknown {
    if (!(name in template.variables)) throw new ReferenceError(`variable ${name} is not declared`)
    return once('variable', name, () => value(template.variables[name]))
  }

  function run(expression: Expression): unknown {
    if (expression.kind === 'literal') return expression.value
    if (expression.kind === 'member') return member(run(expression.of), run(expression.key))
    const { name, args } = expression
    // The branch that is not taken may refer to what is not deployed.
    if (name === 'if') {
      const [condition, yes, no] = args
      if (condition === undefined || yes === undefined || no === undefined || args.length > 3)
        throw new TypeError('if takes three arguments')
      return run(run(condition) === true ? yes : no)
    }
    const [first, second] = args.map(run)
    if (name === 'parameters') return parameter(String(first))
    if (name === 'variables') return variable(String(first))
    if (name === 'reference') return reference(String(first), String(second))
    const pure = PURE[name]
    if (pure === undefined) throw new ReferenceError(`there is no function ${name}`)
    return pure(...args.map(run))
  }

  /** A JSON value with every expression in it replaced, in keys as well. */
  function value(raw: unknown): unknown {
    if (typeof raw === 'string') {
      if (isExpression(raw)) return run(parse(raw))
      return raw.startsWith('[[') ? raw.slice(1) : raw
    }
    if (Array.isArray(raw)) return raw.map(value)
    if (typeof raw !== 'object' || raw === null) return raw
    return Object.fromEntries(Object.entries(raw).map(([key, inner]) => [String(value(key)), value(inner)]))
  }

  return { value, parameter }
}

function member(of: unknown, key: unknown): unknown {
  if (typeof of === 'object' && of !== null && Object.hasOwn(of, String(key)))
    return Reflect.get(of, String(key))
  throw new ReferenceError(`there is no ${String(key)} in ${JSON.stringify(of)}`)
}
