import { describe, expect, it } from 'vitest'
import { read } from '../../../test/support/corpus.ts'
import { cmdlet } from '../../../test/support/record-cmdlets.ts'
import { guid, type RawRecord } from '../../../test/support/records.ts'
import { mailboxGrants } from './mailbox-grants.ts'

const of = (operation: string, parameters: RawRecord, change: RawRecord = {}) =>
  read([cmdlet(operation, parameters, { change })]).flatMap(mailboxGrants)

describe('mailboxGrants', () => {
  it('reads each cmdlet’s own parameter for who gets it', () => {
    const given = { User: 'a', Trustee: 'b', GrantSendOnBehalfTo: 'c;d', Identity: 'anna' }
    const full = { ...given, AccessRights: 'FullAccess' }
    expect(of('Add-MailboxPermission', full)).toEqual([{ mailbox: 'anna', to: 'a', right: 'full access' }])
    expect(of('Add-RecipientPermission', { ...given, AccessRights: 'SendAs' })).toEqual([
      { mailbox: 'anna', to: 'b', right: 'send as' },
    ])
    expect(of('Set-Mailbox', given).map(({ to }) => to)).toEqual(['c', 'd'])
    expect(of('Remove-MailboxPermission', full)).toEqual([])
  })

  it('gives nothing for no right, an unknown right, a denial or nobody', () => {
    const rights = (AccessRights: string, more: RawRecord = {}) =>
      of('Add-MailboxPermission', { Identity: 'anna', User: 'b', AccessRights, ...more })
    expect(rights('')).toEqual([])
    expect(rights('ExternalAccount, DeleteItem')).toEqual([])
    expect(rights('FullAccess', { Deny: true })).toEqual([])
    expect(rights('FullAccess', { User: '' })).toEqual([])
    expect(rights('FullAccessory')).toEqual([])
  })

  it('says so where no mailbox is named', () => {
    const [grant] = of('Add-MailboxPermission', { User: guid('b'), AccessRights: 'FullAccess' })
    expect(grant?.mailbox).toBe('a mailbox the record does not name')
  })
})
