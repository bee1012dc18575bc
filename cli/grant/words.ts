import { type Permission, RESOURCES } from '../../core/permissions.ts'
import type { Principal } from './directory.ts'
import type { Step } from './plan.ts'

/** What each step says, and the command that does it by hand. `graph`: address of Microsoft Graph. */
export function stepLines(step: Step, principal: Principal, graph: string): string[] {
  const { permission } = step
  switch (step.state) {
    case 'granted':
      return [permissionLine(permission), '  Granted already.']
    case 'not-offered':
      return [
        permissionLine(permission),
        `  ${RESOURCES[permission.resource].name} offers no such permission in this tenant; is M365_CLOUD right?`,
      ]
    case 'no-resource':
      return [
        permissionLine(permission),
        `  Missing, and so is ${RESOURCES[permission.resource].name} in this tenant. Would run:`,
        `  az ad sp create --id ${RESOURCES[permission.resource].appId}`,
        '  and then grant it.',
      ]
    case 'missing': {
      const body = JSON.stringify({
        principalId: principal.id,
        resourceId: step.resource.id,
        appRoleId: step.role,
      })
      const url = `${graph}/v1.0/servicePrincipals/${principal.id}/appRoleAssignments`
      return [
        permissionLine(permission),
        `  Missing. Role ${step.role} of ${step.resource.name} (${step.resource.id}). Would run:`,
        `  az rest --method POST --url ${url} --headers Content-Type=application/json --body '${body}'`,
      ]
    }
  }
}

export function permissionLine({ adds, need, resource, value }: Permission): string {
  return `${value} of ${RESOURCES[resource].name} (${need}): ${adds}.`
}

/** What an administrator can do who will not run this: an app registration has a page, an identity has none. */
export function byHand(
  principal: string,
  tenant: string,
  authority: string,
  kind: string | undefined,
): string[] {
  if (kind === 'ManagedIdentity') return []
  return [
    'Or, for an app registration that lists these permissions, an administrator opens this page and presses Accept:',
    `  ${authority}/${tenant}/adminconsent?client_id=${principal}`,
  ]
}
