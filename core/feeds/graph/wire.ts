import { iso, parseWireTime } from '../../model/time.ts'
import { isGuid, text } from '../../model/values.ts'

/** `2026-11-20T09:02:11`, as the Management API writes a time; `undefined` for what is none. */
export function creationTime(value: unknown): string | undefined {
  const at = parseWireTime(value)
  return at === undefined ? undefined : iso(at).slice(0, 19)
}

/** Name/value pairs, those without a value left out. */
export function pairs(values: Readonly<Record<string, unknown>>): { Name: string; Value: string }[] {
  return Object.entries(values).flatMap(([Name, value]) => {
    const Value = typeof value === 'boolean' ? (value ? 'True' : 'False') : text(value)
    return Value === undefined ? [] : [{ Name, Value }]
  })
}

const NOBODY = '00000000-0000-0000-0000-000000000000'

/** A GUID in lower case; `undefined` for anything else and for the one of zeros, which stands for none. */
export function guidIn(value: unknown): string | undefined {
  const given = text(value)?.toLowerCase()
  return given !== undefined && isGuid(given) && given !== NOBODY ? given : undefined
}
