import { AZURE_ROLES, PERMISSIONS, type Permission, RESOURCES } from '../permissions.ts'
import type { CapabilityHealth } from '../pipeline/health.ts'
import { BLIND_SPOTS } from './blind-spots.ts'
import { judge } from './checks/index.ts'
import type { TokenClaims } from './claims.ts'
import type { PastRead } from './deps.ts'
import type { Observation, Seen } from './observation.ts'

/** A permission and whether the app has it; `undefined`: could not be told. */
export interface PermissionSeen extends Pick<Permission, 'value' | 'need' | 'adds'> {
  readonly resource: string
  readonly granted: boolean | undefined
}

/** Tokens name their roles. One that was taken before a grant does not name it yet. */
export function permissionsSeen(
  management: Seen<TokenClaims> | undefined,
  graph: Seen<TokenClaims> | undefined,
): PermissionSeen[] {
  const rolesOf = (seen: Seen<TokenClaims> | undefined) =>
    seen !== undefined && 'ok' in seen ? seen.ok.roles : undefined
  const roles = { management: rolesOf(management), graph: rolesOf(graph) }
  return [
    ...PERMISSIONS.map(({ adds, need, resource, value }) => ({
      ...{ value, resource: RESOURCES[resource].name, need, adds },
      granted: roles[resource]?.includes(value),
    })),
    ...AZURE_ROLES.map(({ adds, on, value }) => ({
      ...{ value, resource: on, need: 'optional' as const, adds, granted: undefined },
    })),
  ]
}

/** One line of what the system sees and what it cannot. */
export interface Coverage {
  readonly what: string
  readonly sees: 'yes' | 'partly' | 'no' | 'unknown'
  readonly detail: string
}

const SEES = { green: 'yes', yellow: 'partly', red: 'no', unknown: 'unknown' } as const

export function coverageOf(
  seen: Observation,
  permissions: readonly PermissionSeen[],
  capabilities: readonly CapabilityHealth[],
  past: readonly PastRead[],
): Coverage[] {
  const found = judge(seen)
  const blocked = found.find(({ check, state }) => check === 'audit-feed' && state !== 'green')
  return [
    ...seen.contentTypes.map((content): Coverage => {
      const own = found.find(({ about, check }) => check === 'subscription' && about === content)
      const { state, what } = own ?? blocked ?? { state: 'unknown', what: 'It could not be asked for.' }
      return { what: content, sees: SEES[state], detail: what }
    }),
    ...found
      .filter(({ check }) => check === 'mail-reads')
      .map(
        ({ saw, state, what }): Coverage => ({
          what: 'who reads mail',
          sees: SEES[state],
          detail: `${what} (${saw})`,
        }),
      ),
    ...capabilities.map(
      ({ detail, feed, state }): Coverage => ({
        what: feed,
        sees: state === 'works' ? 'yes' : state === 'unreachable' ? 'unknown' : 'no',
        detail: detail ?? 'It can be read.',
      }),
    ),
    ...past.map(
      ({ days, done, lost }): Coverage => ({
        what: 'the past before the installation',
        sees: done === days ? 'yes' : 'partly',
        detail: `${done} of ${days} days were read back${lost > 0 ? `, and ${lost} could not be` : ''}.`,
      }),
    ),
    ...permissions
      .filter(({ granted, need }) => need === 'optional' && granted === false)
      .map(
        ({ adds, value }): Coverage => ({
          what: adds,
          sees: 'no',
          detail: `Takes ${value} of Microsoft Graph; waxseal grant --with ${value}.`,
        }),
      ),
    ...BLIND_SPOTS.map(({ what, why }): Coverage => ({ what, sees: 'no', detail: why })),
  ]
}
