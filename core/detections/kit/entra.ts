import type { EntraBody } from '../../model/bodies.ts'
import { isGuid, isObject, json, list, number, text } from '../../model/values.ts'
import { first, nameValues } from './name-values.ts'

/** What an Entra record says changed about one property; absent where that side is empty. */
export interface Modified {
  readonly oldValue?: string
  readonly newValue?: string
}

/**
 * `ModifiedProperties` by lower-case name: their order is not fixed. A value is text, often JSON in a text. The Graph
 * dialect writes a text with JSON quotes around it, which are taken off once. A list of bare names has nothing to say.
 */
export function modifiedProperties(
  body: Pick<EntraBody, 'ModifiedProperties'>,
): ReadonlyMap<string, Modified> {
  const found = new Map<string, Modified>()
  for (const entry of list(body.ModifiedProperties)) {
    if (!isObject(entry)) continue
    const name = text(entry.Name ?? entry.displayName)?.toLowerCase()
    if (name === undefined) continue
    found.set(name, {
      ...side('oldValue', entry.OldValue ?? entry.oldValue),
      ...side('newValue', entry.NewValue ?? entry.newValue),
      ...found.get(name),
    })
  }
  return found
}

function side(name: keyof Modified, value: unknown): Modified {
  const read = plain(value)
  return read === undefined ? {} : { [name]: read }
}

function plain(value: unknown): string | undefined {
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'object' && value !== null) return JSON.stringify(value)
  const given = text(value)
  const bare = given?.startsWith('"') ? text(unquoted(given)) : given
  return bare === 'null' ? undefined : bare
}

function unquoted(given: string): unknown {
  try {
    return JSON.parse(given)
  } catch {
    return given
  }
}

/** One side of a change as a list: a JSON list entry by entry (objects as JSON), any other text as its one entry. */
export function entries(value: string | undefined): readonly string[] {
  if (value === undefined) return []
  const read = json(value)
  return (Array.isArray(read) ? read : [value]).flatMap(entry => plain(entry) ?? [])
}

/** Entries that were not there before. Later edits of the same object repeat the whole list. */
export function added(change: Modified | undefined): readonly string[] {
  const before = new Set(entries(change?.oldValue))
  return entries(change?.newValue).filter(entry => !before.has(entry))
}

/** One of several names of an object. Types: 0 claim, 1 name, 2 id or kind, 3 PUID, 4 SPN, 5 UPN. */
export interface Identity {
  readonly id: string
  readonly type: number | undefined
}

export function targets(body: Pick<EntraBody, 'Target'>): readonly Identity[] {
  return identities(body.Target)
}

export function actors(body: Pick<EntraBody, 'Actor'>): readonly Identity[] {
  return identities(body.Actor)
}

function identities(value: unknown): readonly Identity[] {
  return list(value).flatMap(entry => {
    if (!isObject(entry)) return []
    const id = text(entry.ID ?? entry.Id ?? entry.id)
    return id === undefined ? [] : [{ id, type: number(entry.Type ?? entry.type) }]
  })
}

/** The names of one object, put in their places. An actor's list mixes a person with the application he used. */
export interface Described {
  /** Lower-case: `user`, `serviceprincipal`, `group`, `application`, `role`, `device`, `policy`. */
  readonly kind?: string
  /** Object id: the GUID that follows its kind in `User_<guid>`, lower-case. */
  readonly objectId?: string
  /** Another GUID: an application's id, lower-case. */
  readonly appId?: string
  readonly name?: string
  /** Lower-case. */
  readonly upn?: string
}

const KIND = /^(user|serviceprincipal|group|application|role|device|policy)(?:_([0-9a-f-]{36}))?$/i

/** Reads the flat list of an object's names. The kind is a literal among them: `User`, `ServicePrincipal`. */
export function described(names: readonly Identity[]): Described {
  const ids = names.filter(({ type }) => type === 2 || type === undefined).map(({ id }) => id.toLowerCase())
  const kinds = ids.flatMap(id => {
    const match = KIND.exec(id)
    return match === null ? [] : [match]
  })
  const kind = kinds.at(-1)?.[1]
  const objectId = kinds.find(match => match[2] !== undefined)?.[2]
  const appId = ids.find(id => isGuid(id) && id !== objectId)
  const name = names.find(({ type }) => type === 1)?.id
  const upn = names.find(({ type }) => type === 5)?.id.toLowerCase()
  return {
    ...(kind !== undefined && { kind }),
    ...(objectId !== undefined && { objectId }),
    ...(appId !== undefined && { appId }),
    ...(name !== undefined && { name }),
    ...(upn !== undefined && { upn }),
  }
}

/** `additionalDetails` of `ExtendedProperties`: JSON in a text, with the caller's `User-Agent` among others. */
export function additionalDetails(
  body: Pick<EntraBody, 'ExtendedProperties'>,
): Readonly<Record<string, unknown>> {
  const read = json(first(nameValues(body.ExtendedProperties), 'additionalDetails'))
  return isObject(read) ? read : {}
}
