/** Reading wire values: numbers arrive as text, lists as JSON text, names in any case. */

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A text with something in it, trimmed. The literal `<null>` has been seen for nothing. */
export function text(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value)
  if (typeof value !== 'string') return undefined
  const trimmed = value.trim()
  return trimmed === '' || trimmed === '<null>' ? undefined : trimmed
}

export function lower(value: unknown): string | undefined {
  return text(value)?.toLowerCase()
}

/** `2`, `"2"`, `"1.0"`, `"1e9"`. */
export function number(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (typeof value !== 'string' || value.trim() === '') return undefined
  const read = Number(value)
  return Number.isFinite(read) ? read : undefined
}

/** `true`, `"True"`, `"1"`, `$true`; `undefined` for anything that is neither true nor false. */
export function flag(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value
  switch (lower(value)) {
    case 'true':
    case '$true':
    case '1':
      return true
    case 'false':
    case '$false':
    case '0':
      return false
    default:
      return undefined
  }
}

/** A list, or the list written in a JSON text; anything else is empty. */
export function list(value: unknown): readonly unknown[] {
  const read = typeof value === 'string' ? json(value) : value
  return Array.isArray(read) ? read : []
}

/** JSON inside a text, decoded once; `undefined` where it is not JSON. */
export function json(value: unknown): unknown {
  if (typeof value !== 'string') return value
  const first = value.trimStart()[0]
  if (first !== '[' && first !== '{') return undefined
  try {
    return JSON.parse(value)
  } catch {
    return undefined
  }
}

/** Kinds of characters by their codes: hexadecimal digits, and the dash between the groups of a GUID. */
const KINDS = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code)
  return character === '-' ? 2 : Number(/[0-9a-f]/i.test(character))
})
const GUID = Uint8Array.from(
  '00000000-0000-0000-0000-000000000000',
  character => KINDS[character.charCodeAt(0)] ?? 0,
)

/** Every record's id is asked for, and a regular expression takes three times as long. */
export function isGuid(value: string): boolean {
  if (value.length !== GUID.length) return false
  for (let i = 0; i < GUID.length; i++) if (KINDS[value.charCodeAt(i)] !== GUID[i]) return false
  return true
}
