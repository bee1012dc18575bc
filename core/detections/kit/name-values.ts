import { isObject, list, text } from '../../model/values.ts'

/** Lower-case name → values. Names are looked up, never positions: their order is not fixed. */
export type NameValues = ReadonlyMap<string, readonly string[]>

/**
 * `Parameters`, `OperationProperties`, `ExtendedProperties`: a list of name and value, the same list as JSON
 * text, or (compliance cmdlets) one command line. An entry without a value, seen in real records, is present
 * with no values.
 */
export function nameValues(value: unknown): NameValues {
  const found = new Map<string, string[]>()
  for (const entry of list(value)) {
    if (!isObject(entry)) continue
    const name = text(entry.Name)?.toLowerCase()
    if (name === undefined) continue
    const values = found.get(name) ?? []
    const given = valueIn(entry)
    if (given !== undefined) values.push(given)
    found.set(name, values)
  }
  return found.size === 0 && typeof value === 'string' ? commandLine(value) : found
}

/** The first value of one name, without reading the others: what is asked of every read and every sign-in. */
export function valueNamed(value: unknown, name: string): string | undefined {
  if (!Array.isArray(value)) return first(nameValues(value), name)
  for (const entry of value) {
    if (!isObject(entry) || !isSame(entry.Name, name)) continue
    const given = valueIn(entry)
    if (given !== undefined) return given
  }
  return undefined
}

/** Most are told apart by their lengths, or spelt as usual. */
function isSame(given: unknown, name: string): boolean {
  const read = text(given)
  return read === name || (read?.length === name.length && read.toLowerCase() === name.toLowerCase())
}

function valueIn({ Value }: Record<string, unknown>): string | undefined {
  if (typeof Value === 'object' && Value !== null) return JSON.stringify(Value)
  return text(typeof Value === 'boolean' ? String(Value) : Value)
}

/** `-Name "two words" -Switch -List ("a") -Flag:$true` */
function commandLine(line: string): Map<string, string[]> {
  const found = new Map<string, string[]>()
  let name: string | undefined
  for (const token of line.match(/-[A-Za-z]\w*:?|"(?:[^"]|"")*"|[^\s"]+/g) ?? []) {
    if (/^-[A-Za-z]\w*:?$/.test(token)) {
      name = token.slice(1).replace(/:$/, '').toLowerCase()
      found.set(name, found.get(name) ?? [])
    } else if (name !== undefined) {
      const given = text(argument(token))
      if (given !== undefined) found.get(name)?.push(given)
    }
  }
  return found
}

/** Without its quotes; outside of quotes, parentheses and commas only group. */
function argument(token: string): string {
  return token.startsWith('"')
    ? token.slice(1, -1).replaceAll('""', '"')
    : token.replace(/^[(,]+|[),]+$/g, '')
}

export function first(values: NameValues, name: string): string | undefined {
  return values.get(name.toLowerCase())?.[0]
}
