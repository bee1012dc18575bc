import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AUDIT_SETS, bringsReadsBack, droppedActions } from './audit-set.ts'

const read = (value: string) => droppedActions('AuditOwner', [value])

describe('the actions a mailbox stops recording', () => {
  it.each([
    ['+ApplyRecord;+SoftDelete;-MailItemsAccessed;-MoveToDeletedItems', ['MailItemsAccessed']],
    ['-mailitemsaccessed; -UPDATEINBOXRULES', ['MailItemsAccessed', 'UpdateInboxRules']],
    ['@{Remove="MailItemsAccessed","Send"}', ['MailItemsAccessed', 'Send']],
    ["@{Add='SoftDelete'; Remove='Send'}", ['Send']],
    ['@{Remove="Send"; Add="SoftDelete"}', ['Send']],
    ['@{Remove = "SearchQueryInitiated" }', ['SearchQueryInitiated']],
    ['{"Remove":["FolderBind","Send"]}', ['FolderBind', 'Send']],
    ['{"Add":["Send"],"Remove":["Update"]}', []],
    ['Remove: MailItemsAccessed', ['MailItemsAccessed']],
  ])('by the change %s', (value, dropped) => {
    expect(read(value)).toEqual(dropped)
  })

  it.each([
    ['None', ['MailItemsAccessed', 'UpdateInboxRules', 'Send']],
    ['', ['MailItemsAccessed', 'UpdateInboxRules', 'Send']],
    ['Update;SendAs', ['MailItemsAccessed', 'UpdateInboxRules', 'Send']],
    ['Update, MailItemsAccessed, HardDelete', ['UpdateInboxRules', 'Send']],
    ['["MailItemsAccessed","Send","UpdateInboxRules"]', []],
    ['HardDelete;MailItemsAccessed;Send;SoftDelete;UpdateInboxRules', []],
  ])('by the new set %j', (value, dropped) => {
    expect(read(value)).toEqual(dropped)
  })

  it.each([
    '+MailItemsAccessed;+SearchQueryInitiated',
    '@{Add="SearchQueryInitiated"}',
    '-HardDelete;-Update',
    '@{Remove="SoftDelete"}',
    'System.Collections.Hashtable',
    '@{Remove=""}',
    '-MailItemsAccessed;+MailItemsAccessed',
  ])('are none by %s', value => {
    expect(read(value)).toEqual([])
  })

  it.each([
    ['+MailItemsAccessed', true],
    ['@{Add="mailitemsaccessed","Send"}', true],
    ['Update;MailItemsAccessed;Send', true],
    ['-Send;+MAILITEMSACCESSED', true],
    ['+Send;+UpdateInboxRules', false],
    ['Update;Send', false],
    ['-MailItemsAccessed', false],
    ['-MailItemsAccessed;+MailItemsAccessed', false],
    ['None', false],
    ['', false],
  ])('leave out reads no more by %j: %j', (value, back) => {
    expect(bringsReadsBack([value])).toBe(back)
  })

  it('of a parameter without values are all, and of a command line those in its parts', () => {
    expect(droppedActions('AuditDelegate', [])).toEqual(['MailItemsAccessed', 'UpdateInboxRules'])
    expect(droppedActions('AuditAdmin', ['@{Remove=', 'MailItemsAccessed', '}'])).toEqual([
      'MailItemsAccessed',
    ])
  })

  it('are read from any text', () => {
    fc.assert(
      fc.property(fc.constantFrom(...AUDIT_SETS), fc.string(), (set, value) => {
        expect(Array.isArray(droppedActions(set, [value]))).toBe(true)
      }),
    )
  })
})
