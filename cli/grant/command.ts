import { GRAPH_CLOUDS } from '../../core/feeds/graph/clouds.ts'
import { graphSettings } from '../../core/feeds/graph/settings.ts'
import { makeGraph } from '../../core/feeds/graph/transport.ts'
import { CLOUDS } from '../../core/feeds/management/clouds.ts'
import { feedSettings } from '../../core/feeds/management/settings.ts'
import { silent } from '../../core/log.ts'
import { ConfigError, FeedError } from '../../core/model/errors.ts'
import { isGuid } from '../../core/model/values.ts'
import { runSignal } from '../../core/net/deadline.ts'
import { makeTokenSource } from '../../core/net/token.ts'
import { findPermission, PERMISSIONS } from '../../core/permissions.ts'
import { spareLoopback } from '../loopback.ts'
import { interrupted } from '../start/interrupt.ts'
import { carryOut } from './carry-out.ts'
import { adminCredential } from './credential.ts'
import { makeDirectory, type Principal } from './directory.ts'
import { planGrants, type Step } from './plan.ts'
import { byHand, permissionLine, stepLines } from './words.ts'

export interface GrantOptions {
  readonly principalId?: string
  readonly with?: readonly string[]
  readonly all?: boolean
  readonly list?: boolean
  readonly yes?: boolean
}

const MINUTES = 5
/** Gives the app its permissions, or shows what that would take. Returns the exit code: 1 where something is still missing. */
export async function grant(options: GrantOptions): Promise<number> {
  if (options.list) return list()
  const wanted = wantedBy(options)
  const id = principalId(options)
  spareLoopback()
  const cloudName = feedSettings.M365_CLOUD.parse(process.env.M365_CLOUD || undefined)
  const origin =
    graphSettings.GRAPH_API_URL.parse(process.env.GRAPH_API_URL || undefined) ??
    GRAPH_CLOUDS[cloudName].origin
  const tenant = process.env.AZURE_TENANT_ID || undefined
  const credential = adminCredential(tenant)
  const tokens = makeTokenSource({
    ...{ credential: () => credential, scope: GRAPH_CLOUDS[cloudName].scope, now: Date.now },
  })
  const graph = makeGraph({ origin, tokens, now: Date.now, random: Math.random, log: silent })
  const signal = runSignal(Date.now() + MINUTES * 60_000, Date.now(), interrupted())
  const directory = makeDirectory(graph, signal)
  try {
    const principal = (await directory.find('id', id)) ?? (await directory.find('appId', id))
    if (principal === undefined) throw absent(id)
    console.log(`Identity ${principal.name} (${principal.id})\n`)
    const steps = await planGrants(directory, principal.id, wanted)
    if (!options.yes) {
      for (const step of steps) console.log(`${stepLines(step, principal, origin).join('\n')}\n`)
      return ending(steps, principal, tenant, CLOUDS[cloudName].authority)
    }
    return await carryOut(directory, principal, steps)
  } catch (error) {
    throw inWords(error, id, options)
  }
}

function list(): number {
  for (const permission of PERMISSIONS) console.log(permissionLine(permission))
  return 0
}

function wantedBy({ all, with: named = [] }: GrantOptions): Set<string> {
  const unknown = named.filter(name => findPermission(name)?.need !== 'optional')
  if (unknown.length > 0)
    throw new ConfigError(
      unknown.map(name => `--with ${name.slice(0, 80)} is not an optional permission; see --list.`),
    )
  return new Set(
    all ? PERMISSIONS.map(({ value }) => value) : named.flatMap(name => findPermission(name)?.value ?? []),
  )
}

function principalId({ principalId: given }: GrantOptions): string {
  const id = given ?? process.env.AZURE_CLIENT_ID ?? ''
  if (isGuid(id)) return id.toLowerCase()
  throw new ConfigError([
    id === ''
      ? '--principal-id is missing: give identityPrincipalId, as the deployment printed it, or the client id of an app registration.'
      : '--principal-id is not an id such as 0f6d6b0c-6f0e-4c7c-8a55-2f1f5d6a7b01.',
  ])
}

function absent(id: string): ConfigError {
  return new ConfigError([
    `There is no identity ${id} in this tenant. A new one takes a minute to appear; otherwise compare it with identityPrincipalId of the deployment, and AZURE_TENANT_ID.`,
  ])
}

function ending(
  steps: readonly Step[],
  principal: Principal,
  tenant: string | undefined,
  authority: string,
): number {
  if (steps.every(({ state }) => state === 'granted')) {
    console.log('Nothing to do.')
    return 0
  }
  const names = steps.flatMap(({ permission: { need, value } }) =>
    need === 'optional' ? [` --with ${value}`] : [],
  )
  console.log(
    `Nothing was changed. To do it: waxseal grant --principal-id ${principal.id}${names.join('')} --yes`,
  )
  for (const line of byHand(principal.appId, tenant ?? 'organizations', authority, principal.kind))
    console.log(line)
  return 0
}

/** The feeds' sentences speak of the app; here an administrator stands before Graph. */
function inWords(error: unknown, id: string, options: GrantOptions): unknown {
  if (!(error instanceof FeedError)) return error
  const again = `waxseal grant --principal-id ${id}${[...(options.with ?? [])].map(name => ` --with ${name}`).join('')} --yes`
  if (error.code === 'permission-missing')
    return new ConfigError([
      `Your account has no right to do this. A Privileged Role Administrator or Global Administrator has to run: ${again}`,
    ])
  if (error.code === 'unauthorized' && error.serverCode === undefined)
    return new ConfigError([
      `Nobody is signed in to the tenant: run az login --tenant ${process.env.AZURE_TENANT_ID || '<tenant>'}, then this again. Or give infra/grant.sh to an administrator, which needs the Azure CLI alone.`,
    ])
  return error
}
