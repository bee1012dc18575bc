import { createHash } from 'node:crypto'
import type { AnyBody } from '../../model/bodies.ts'
import { operationKey } from '../../model/operations.ts'
import { isGuid, isObject, list, lower, number, text } from '../../model/values.ts'

const DIRECTORY = 8
const SIGN_IN = 15
const NOBODY = '00000000-0000-0000-0000-000000000000'

/**
 * The id of an Entra event that is the same whichever feed it came through; `undefined` for any other record and for
 * one without the ids it takes. The Management API and Graph each number their records by themselves. Common to both are
 * the correlation id (`InterSystemsId`), of a sign-in also the request's id (`IntraSystemId`; zeros for many changes).
 */
export function entraId(body: AnyBody): string | undefined {
  const type = number(body.RecordType)
  if (type === SIGN_IN) return joined(guid(body.IntraSystemId), [operation(body)])
  if (type !== DIRECTORY) return undefined
  const succeeded = lower(body.ResultStatus)?.startsWith('succe') ?? true
  return joined(guid(body.InterSystemsId), [operation(body), succeeded, targetOf(body), ...secondOf(body)])
}

function joined(id: string | undefined, rest: readonly unknown[]): string | undefined {
  if (id === undefined) return undefined
  return `${id}#${createHash('sha256').update(JSON.stringify(rest)).digest('hex').slice(0, 12)}`
}

function guid(value: unknown): string | undefined {
  const given = lower(value)
  return given !== undefined && isGuid(given) && given !== NOBODY ? given : undefined
}

function operation(body: AnyBody): string {
  return operationKey(text(body.Operation) ?? '')
}

/** Object ids among the target's names, else what it is called: both feeds have those, and in different company. */
function targetOf(body: AnyBody): readonly string[] {
  const names = list(body.Target).flatMap(entry => {
    const id = isObject(entry) ? lower(entry.ID ?? entry.Id) : undefined
    return id === undefined ? [] : [{ id, type: number(isObject(entry) ? entry.Type : undefined) }]
  })
  const objects = names.flatMap(({ id }) => /^[a-z]+_([0-9a-f-]{36})$/.exec(id)?.[1] ?? [])
  const called = names.filter(({ type }) => type === 1 || type === 5).map(({ id }) => id)
  return [...new Set(objects.length > 0 ? objects : called)].sort()
}

/**
 * What a change hands to its target, or to whom. One consent of an administrator leaves several records that differ in
 * nothing else. Other properties are no help: the feeds write dates and lists differently.
 */
const SECOND = [
  'approle.id',
  'approle.value',
  'role.objectid',
  'role.templateid',
  'serviceprincipal.objectid',
  'application.objectid',
  'group.objectid',
  'user.objectid',
  'delegatedpermissiongrant.scope',
  'delegatedpermissiongrant.consenttype',
]

function secondOf(body: AnyBody): readonly (string | null)[] {
  const values = new Map<string, string>()
  for (const entry of list(body.ModifiedProperties)) {
    const name = isObject(entry) ? lower(entry.Name) : undefined
    const value = isObject(entry) ? lower(entry.NewValue) : undefined
    if (name !== undefined && value !== undefined) values.set(name, value.replace(/^"|"$/g, '').trim())
  }
  return SECOND.map(name => values.get(name) || null)
}
