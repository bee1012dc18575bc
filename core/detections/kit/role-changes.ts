import type { AuditRecord } from '../../model/audit-record.ts'
import type { Signal } from '../../model/detection.ts'
import { flag, text } from '../../model/values.ts'
import { assignmentPower, greatest, type RolePower, rolePower } from './exchange-roles.ts'
import { bareName } from './grantees.ts'
import { registeredIds } from './mailbox-grants.ts'
import { additions } from './multi-value.ts'
import { first, type NameValues, nameValues } from './name-values.ts'

export const ROLE_CMDLETS = [
  'New-ManagementRoleAssignment',
  'Set-ManagementRoleAssignment',
  'New-RoleGroup',
  'Set-RoleGroup',
  'Add-RoleGroupMember',
  'Update-RoleGroupMember',
  'New-ManagementRole',
  'Add-ManagementRoleEntry',
  'New-ManagementScope',
  'Set-ManagementScope',
  'New-ServicePrincipal',
] as const

export interface RoleChange {
  readonly power: RolePower | 'registered'
  /** The role, role group or scope. */
  readonly role: string
  /** Who gets it; a new role’s or group’s own name where nobody is named yet. */
  readonly to: string
}

/** What an Exchange cmdlet says about who may do what; `undefined` where it hands out nothing. */
export function roleChange(record: AuditRecord): RoleChange | undefined {
  const parameters = nameValues(record.body.Parameters)
  const identity = first(parameters, 'Identity') ?? text(record.body.ObjectId) ?? ''
  const change = read(record.operation, parameters, identity)
  return change === undefined || change.power === 'none' ? undefined : change
}

/** Roles by name, assignments by theirs: values are looked up, their order in the record means nothing. */
function read(operation: string, parameters: NameValues, identity: string): RoleChange | undefined {
  const one = (name: string) => first(parameters, name)
  const all = (name: string) => additions(parameters.get(name.toLowerCase()))
  const own = one('Name') ?? identity
  switch (operation) {
    case 'New-ManagementRoleAssignment': {
      const role = bareName(one('Role') ?? '')
      const app = one('App')
      const policy = one('Policy')
      const to = app ?? one('User') ?? one('SecurityGroup') ?? policy ?? own
      // A policy hands its roles to everyone it applies to.
      return { power: app === undefined ? rolePower(role) : 'application', role, to: bareName(to) }
    }
    case 'Set-ManagementRoleAssignment':
      if (flag(one('Enabled')) === false) return undefined
      return { power: assignmentPower(identity), role: 'a changed assignment', to: bareName(identity) }
    case 'New-RoleGroup': {
      const roles = all('Roles').map(bareName)
      const power = greatest(['other', ...roles.map(rolePower)])
      return {
        power,
        role: roles.join(', ') || 'no role yet',
        to: all('Members').map(bareName).join(', ') || bareName(own),
      }
    }
    case 'Add-RoleGroupMember':
    case 'Update-RoleGroupMember':
    case 'Set-RoleGroup': {
      const given = {
        'Add-RoleGroupMember': 'Member',
        'Update-RoleGroupMember': 'Members',
        'Set-RoleGroup': 'ManagedBy',
      }
      const to = all(given[operation]).map(bareName)
      return to.length === 0
        ? undefined
        : { power: rolePower(bareName(identity)), role: bareName(identity), to: to.join(', ') }
    }
    case 'New-ManagementRole': {
      const parent = bareName(one('Parent') ?? '')
      const free = parameters.has('unscopedtoplevel')
      return {
        power: free ? 'power' : rolePower(parent),
        role: free ? 'any cmdlet' : parent,
        to: bareName(own),
      }
    }
    case 'Add-ManagementRoleEntry': {
      const [role = '', entry = 'more cmdlets'] = identity.split('\\')
      return { power: 'other', role: entry, to: bareName(role) }
    }
    case 'New-ManagementScope':
    case 'Set-ManagementScope':
      return { power: 'other', role: 'a management scope', to: bareName(own) }
    case 'New-ServicePrincipal':
      return {
        power: 'registered',
        role: 'registration with Exchange',
        to: bareName(one('DisplayName') ?? one('AppId') ?? own),
      }
    default:
      return undefined
  }
}

/** A change under who made it; and under each name of an application, that it was registered, then what it got. */
export function* roleSignals(record: AuditRecord): Iterable<Signal> {
  const change = roleChange(record)
  if (change === undefined) return
  const { power, to } = change
  const role = change.role.slice(0, 120)
  yield { key: [record.actor, to, role], measure: power, note: to === record.actor ? 'self' : '' }
  if (power === 'registered')
    for (const id of registeredIds(record)) yield { key: [id, 'application'], measure: 'known' }
  // A role for applications is as bad as can be by itself.
  else if (power !== 'application')
    for (const one of to.split(', ')) yield { key: [one, 'application'], measure: 'granted', note: role }
}
