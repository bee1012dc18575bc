import { describe, expect, it } from 'vitest'
import { isShort, narrowings, switched } from './audit-config.ts'
import { nameValues } from './name-values.ts'

const given = (Name: string, Value: string) => nameValues([{ Name, Value }])

describe('what makes the administrators’ log record less', () => {
  it.each([
    ['AdminAuditLogCmdlets', 'Get-Mailbox;New-InboxRule'],
    ['AdminAuditLogCmdlets', ''],
    ['AdminAuditLogCmdlets', '-Set-Mailbox'],
    ['AdminAuditLogCmdlets', '+New-InboxRule;-Set-Mailbox'],
    ['AdminAuditLogCmdlets', '@{Add="New-InboxRule"; Remove="Set-Mailbox"}'],
    ['AdminAuditLogParameters', 'Identity'],
    ['AdminAuditLogExcludedCmdlets', 'New-InboxRule'],
    ['AdminAuditLogExcludedCmdlets', '+New-InboxRule'],
    ['AdminAuditLogAgeLimit', '30'],
  ])('is %s %j', (name, value) => {
    expect([...narrowings(given(name, value))]).toEqual([name])
  })

  it.each([
    ['AdminAuditLogCmdlets', '*'],
    ['AdminAuditLogCmdlets', '+New-InboxRule'],
    ['AdminAuditLogCmdlets', '@{Add="New-InboxRule"}'],
    ['AdminAuditLogParameters', '*'],
    ['AdminAuditLogExcludedCmdlets', ''],
    ['AdminAuditLogExcludedCmdlets', '-New-InboxRule'],
    ['AdminAuditLogAgeLimit', '365.00:00:00'],
    ['AdminAuditLogMailbox', 'x'],
  ])('is not %s %j', (name, value) => {
    expect([...narrowings(given(name, value))]).toEqual([])
  })
})

describe('an age limit', () => {
  it.each(['0', '30', '89.23:59:59', '00:00:00', '7.00:00:00'])('of %s is short', value => {
    expect(isShort(value)).toBe(true)
  })

  it.each(['90', '90.00:00:00', '365', 'Unlimited', '-1', 'a', undefined])('of %s is not', value => {
    expect(isShort(value)).toBe(false)
  })
})

describe('a switch', () => {
  it('is found by name, and is neither on nor off where it is left alone', () => {
    expect(switched(given('auditDISABLED', '$True'), 'AuditDisabled')).toBe(true)
    expect(switched(given('AuditDisabled', '0'), 'AuditDisabled')).toBe(false)
    expect(switched(given('AuditDisabled', ''), 'AuditDisabled')).toBeUndefined()
    expect(switched(given('Other', 'True'), 'AuditDisabled')).toBeUndefined()
  })
})
