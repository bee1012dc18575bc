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
    const given =
      typeof entry.Value === 'object' && entry.Value !== null
        ? JSON.stringify(entry.Value)
        : text(typeof entry.Value === 'boolean' ? String(entry.Value) : entry.Value)
    if (given !== undefined) values.push(given)
    found.set(name, values)
  }
  return found.size === 0 && typeof value === 'string' ? commandLine(value) : found
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
