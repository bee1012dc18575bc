import { setTimeout } from 'node:timers/promises'
import { FeedError } from '../../core/model/errors.ts'
import { RESOURCES } from '../../core/permissions.ts'
import type { Directory, Principal } from './directory.ts'
import { planGrants, type Step } from './plan.ts'
import { permissionLine } from './words.ts'

/** What was just created is not everywhere at once. */
const WAITS_MS = [0, 1_000, 2_000, 4_000, 8_000]

/** Does what is missing and says so. Returns the exit code: 1 where something is still missing. */
export async function carryOut(
  directory: Directory,
  principal: Principal,
  steps: readonly Step[],
): Promise<number> {
  let changed = 0
  let left = 0
  for (const step of steps) {
    console.log(permissionLine(step.permission))
    const ready = step.state === 'no-resource' ? await withResource(directory, principal, step) : step
    if (ready.state === 'granted') console.log('  Granted already.')
    else if (ready.state === 'missing') {
      await unlessThere(() =>
        directory.assign(principal.id, { resourceId: ready.resource.id, appRoleId: ready.role }),
      )
      changed++
      console.log('  Granted.')
    } else {
      left++
      console.log(
        ready.state === 'no-resource'
          ? `  ${RESOURCES[step.permission.resource].name} was created but does not show yet; run this again in a minute.`
          : `  ${RESOURCES[step.permission.resource].name} offers no such permission in this tenant; is M365_CLOUD right?`,
      )
    }
  }
  console.log(
    changed === 0 && left === 0
      ? '\nNothing to do.'
      : `\n${changed} granted. A running app keeps the token it has, for up to 24 hours; grant before you publish it.`,
  )
  return left === 0 ? 0 : 1
}

/** Creates the resource's service principal and plans the one permission anew. */
async function withResource(directory: Directory, principal: Principal, { permission }: Step): Promise<Step> {
  const { appId, name } = RESOURCES[permission.resource]
  if ((await directory.find('appId', appId)) === undefined) {
    await unlessThere(() => directory.create(appId))
    console.log(`  Created ${name} in this tenant.`)
  }
  for (const wait of WAITS_MS) {
    await setTimeout(wait)
    const steps = await planGrants(directory, principal.id, new Set([permission.value]))
    const step = steps.find(one => one.permission === permission)
    if (step !== undefined && step.state !== 'no-resource') return step
  }
  return { permission, state: 'no-resource' }
}

/** Somebody else was faster. */
async function unlessThere(change: () => Promise<void>): Promise<void> {
  try {
    await change()
  } catch (error) {
    if (!(error instanceof FeedError) || !/already (exists|in use)/i.test(error.message)) throw error
  }
}
