import { isObject } from '../../model/values.ts'

const NEWLINE = 10

/**
 * The entries of a range of the log. A line belongs to the range in which it becomes whole, whether or not its end of
 * line is there already: ranges end where the log ended when somebody looked, which may be within a line. `before` is what of its
 * first line lies before the range. What is not whole at the end is left for the next range; a line that is no JSON
 * object is `undefined`.
 */
export function entriesOf(before: Buffer, range: Buffer): (Record<string, unknown> | undefined)[] {
  const bytes = before.length === 0 ? range : Buffer.concat([before, range])
  const entries: (Record<string, unknown> | undefined)[] = []
  let first = true
  for (let from = 0; from < bytes.length; ) {
    const newline = bytes.indexOf(NEWLINE, from)
    const line = bytes.toString('utf8', from, newline < 0 ? bytes.length : newline).trim()
    // No JSON object begins another one: what was whole before the range was given out with an earlier one.
    const known = first && entryIn(before.toString('utf8')) !== undefined
    const entry = known || line === '' ? undefined : entryIn(line)
    if (entry !== undefined || (newline >= 0 && !known && line !== '')) entries.push(entry)
    first = false
    from = newline < 0 ? bytes.length : newline + 1
  }
  return entries
}

function entryIn(line: string): Record<string, unknown> | undefined {
  // `trim` takes a byte order mark for a blank.
  const text = line.trim()
  if (!text.startsWith('{') || !text.endsWith('}')) return undefined
  try {
    const entry: unknown = JSON.parse(text)
    return isObject(entry) ? entry : undefined
  } catch {
    return undefined
  }
}
