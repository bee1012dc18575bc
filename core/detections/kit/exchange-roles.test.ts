import { describe, expect, it } from 'vitest'
import { assignmentPower, greatest, rolePower } from './exchange-roles.ts'

describe('the power of a role', () => {
  it.each([
    ['Application Mail.Read', 'application'],
    [' application ews.accessasapp', 'application'],
    ['ApplicationImpersonation', 'power'],
    ['MAILBOX SEARCH', 'power'],
    ['TenantAdmins_-1234567890', 'power'],
    ['TenantAdmins_-12x', 'other'],
    ['Mailbox Searchers', 'other'],
    ['Applications', 'other'],
    ['Mystery shoppers', 'other'],
    ['My Custom Apps', 'none'],
    ['MyContactInformation', 'none'],
    ['View-Only Recipients', 'none'],
  ])('%s is %s', (role, power) => {
    expect(rolePower(role)).toBe(power)
  })
})

describe('the power of an assignment', () => {
  it.each([
    ['Mailbox Search-Discovery Management', 'power'],
    ['Application Mail.Read-Mail sync', 'application'],
    ['Mailbox Searchers-anna', 'other'],
    ['anna', 'other'],
  ])('%s is %s, by its name', (assignment, power) => {
    expect(assignmentPower(assignment)).toBe(power)
  })
})

it('the greatest of several powers decides', () => {
  expect(greatest(['none', 'power', 'other'])).toBe('power')
  expect(greatest(['application', 'power'])).toBe('application')
  expect(greatest([])).toBe('none')
})
