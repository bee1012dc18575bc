import { describe, expect, it } from 'vitest'
import { read } from '../../../test/support/corpus.ts'
import { cmdlet } from '../../../test/support/record-cmdlets.ts'
import { calendarDelegation, folderPermission } from '../../../test/support/record-folders.ts'
import { person, type RawRecord } from '../../../test/support/records.ts'
import { folderShare } from './folder-shares.ts'

const anna = person('anna')
const of = (raw: RawRecord) => read([raw]).map(folderShare)[0]
const byCmdlet = (Identity: string, more: RawRecord = {}) =>
  of(cmdlet('Add-MailboxFolderPermission', { Identity, User: 'Default', AccessRights: 'Reviewer', ...more }))

describe('a folder share', () => {
  it.each([
    [`${anna}:\\Inbox`, anna, '\\Inbox'],
    ['Anna Berg:\\Inbox\\Old: 2024', 'anna berg', '\\Inbox\\Old: 2024'],
    [`${anna}:`, anna, '\\'],
    [anna, anna, '\\'],
    ['a/b/anna:/Inbox', 'anna', '\\Inbox'],
    ['', person('helen'), '\\'],
  ])('of the cmdlet identity "%s"', (identity, mailbox, folder) => {
    expect(byCmdlet(identity)).toMatchObject({ mailbox, folder, member: 'Default', reads: true })
  })

  it('reads by role and by single right, and never by part of a word', () => {
    const reads = (AccessRights: string) => byCmdlet(anna, { AccessRights })?.reads
    expect(reads('None')).toBe(false)
    expect(reads('AvailabilityOnly')).toBe(false)
    expect(reads('FolderOwner')).toBe(false)
    expect(reads('FolderVisible,ReadItems')).toBe(true)
    expect(reads('["NonEditingAuthor"]')).toBe(true)
  })

  it('takes the mailbox of the record in the mailbox audit', () => {
    expect(of(folderPermission({ member: 'Everyone', rights: 'ReadAny' }))).toEqual({
      mailbox: anna,
      folder: '\\Inbox',
      member: 'Everyone',
      reads: true,
      rights: 'ReadAny',
    })
    expect(of(folderPermission({ parent: { Path: undefined, Name: undefined } }))).toMatchObject({
      folder: 'a folder without a name',
    })
    expect(of(folderPermission({ change: { Item: 'x' } }))?.reads).toBe(false)
  })

  it('of a delegate says what the properties say', () => {
    const delegate = (properties: RawRecord) => of(calendarDelegation(properties))?.delegate
    expect(delegate({ ViewPrivateItems: 'False', ReceiveCopiesOfMeetingMessages: 'true' })).toBe('informed')
    expect(delegate({ ViewPrivateItems: 'False' })).toBe('unclear')
    expect(delegate({})).toBe('unclear')
  })
})
