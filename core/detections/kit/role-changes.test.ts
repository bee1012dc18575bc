import { describe, expect, it } from 'vitest'
import { read } from '../../../test/support/corpus.ts'
import { cmdlet, complianceCmdlet } from '../../../test/support/record-cmdlets.ts'
import type { RawRecord } from '../../../test/support/records.ts'
import { isComplianceRecord } from './compliance.ts'
import { roleChange } from './role-changes.ts'

const of = (operation: string, parameters: RawRecord) =>
  read([cmdlet(operation, parameters)]).map(roleChange)[0]

describe('a role change', () => {
  it('names the first of application, user, group and policy', () => {
    const given = { Role: 'Journaling', Policy: 'P', SecurityGroup: 'G', User: 'U', App: 'A' }
    expect(of('New-ManagementRoleAssignment', given)).toEqual({
      power: 'application',
      role: 'journaling',
      to: 'a',
    })
    expect(of('New-ManagementRoleAssignment', { ...given, App: '' })).toMatchObject({
      power: 'power',
      to: 'u',
    })
    expect(of('New-ManagementRoleAssignment', { Role: 'Journaling', Policy: 'P' })).toMatchObject({ to: 'p' })
    expect(of('New-ManagementRoleAssignment', { Role: 'Journaling', Name: 'N' })).toMatchObject({ to: 'n' })
  })

  it('of a group without roles or members names the group', () => {
    expect(of('New-RoleGroup', { Name: 'Helpers' })).toEqual({
      power: 'other',
      role: 'no role yet',
      to: 'helpers',
    })
  })

  it('is nothing where nobody gets anything', () => {
    expect(of('Add-RoleGroupMember', { Identity: 'Organization Management' })).toBeUndefined()
    expect(of('Set-RoleGroup', { Identity: 'x', ManagedBy: '@{Remove="anna"}' })).toBeUndefined()
    expect(of('Remove-RoleGroup', { Identity: 'x' })).toBeUndefined()
  })
})

it('a record of Purview is told by its type or its workload', () => {
  const compliance = (change: RawRecord) =>
    read([complianceCmdlet('New-RoleGroup', '', { change })]).map(isComplianceRecord)[0]
  expect(compliance({ Workload: undefined })).toBe(true)
  expect(compliance({ Workload: undefined, RecordType: 87 })).toBe(true)
  expect(compliance({ RecordType: 1 })).toBe(true)
  expect(compliance({ RecordType: 1, Workload: 'Exchange' })).toBe(false)
})
