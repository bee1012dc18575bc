import { createHash } from 'node:crypto'

/** Where a template is deployed to. Ids and names are invented. */
export const PLACE = {
  subscriptionId: '7d1c9a52-0b1e-4c58-9d0a-3f5f2f0a9b11',
  tenantId: '5b6a1d0e-3c47-4f29-9e58-0d1f2a7b6c83',
  group: 'waxseal',
  region: 'westeurope',
} as const

const SUBSCRIPTION = `/subscriptions/${PLACE.subscriptionId}`
const GROUP = `${SUBSCRIPTION}/resourceGroups/${PLACE.group}`

type Value = unknown
type Pure = (...args: readonly Value[]) => Value

const text = (value: Value): string => {
  if (typeof value === 'string') return value
  throw new TypeError(`${JSON.stringify(value)} is not a string`)
}
const truth = (value: Value): boolean => {
  if (typeof value === 'boolean') return value
  throw new TypeError(`${JSON.stringify(value)} is not a boolean`)
}

/** `Microsoft.Web/sites/config` and `app`, `appsettings`: a name for every segment of the type behind the provider. */
export function idOf(type: string, names: readonly string[], scope = GROUP): string {
  const [provider, ...kinds] = type.split('/')
  if (kinds.length === 0 || kinds.length !== names.length)
    throw new TypeError(`${type} takes ${kinds.length} names, not ${names.length}`)
  const path = kinds.map((kind, index) => `${kind}/${names[index]}`)
  return [scope, 'providers', provider, ...path].join('/')
}

/** The functions that need nothing of the template. Arguments of a wrong type throw, as they fail a deployment. */
export const PURE: Readonly<Record<string, Pure>> = {
  concat: (...parts) => parts.map(text).join(''),
  json: value => JSON.parse(text(value)),
  empty: value => text(value) === '',
  not: value => !truth(value),
  or: (...values) => values.map(truth).some(Boolean),
  guid: (...parts) => formed(digest(parts)),
  // Thirteen characters of which the first is a letter or a digit.
  uniqueString: (...parts) =>
    BigInt(`0x${digest(parts)}`)
      .toString(36)
      .slice(0, 13),
  resourceId: (type, ...names) => idOf(text(type), names.map(text)),
  subscriptionResourceId: (type, ...names) => idOf(text(type), names.map(text), SUBSCRIPTION),
  extensionResourceId: (of, type, ...names) => idOf(text(type), names.map(text), text(of)),
  resourceGroup: () => ({ id: GROUP, name: PLACE.group, location: PLACE.region }),
  subscription: () => ({
    id: SUBSCRIPTION,
    subscriptionId: PLACE.subscriptionId,
    tenantId: PLACE.tenantId,
  }),
  environment: () => ({ suffixes: { storage: 'core.windows.net', keyvaultDns: '.vault.azure.net' } }),
}

function digest(parts: readonly Value[]): string {
  return createHash('sha256').update(parts.map(text).join('-')).digest('hex')
}

function formed(hex: string): string {
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-')
}
