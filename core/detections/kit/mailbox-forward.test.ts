import { describe, expect, it } from 'vitest'
import { cmdlet } from '../../../test/support/record-cmdlets.ts'
import { person, type RawRecord, TENANT } from '../../../test/support/records.ts'
import { makeParser } from '../../feeds/normalise/parse.ts'
import { contactChange, mailboxForward } from './mailbox-forward.ts'

function read(raw: RawRecord) {
  const { record, rejected } = makeParser(TENANT)(raw)
  if (record === undefined) throw new Error(rejected)
  return record
}

const set = (parameters: RawRecord, by = person('helen')) =>
  mailboxForward(read(cmdlet('Set-Mailbox', parameters, { by })))

describe('forwarding of a mailbox', () => {
  it.each([
    ['Bruno Birch', 'Bruno Birch'],
    ['CN=Bruno Birch,OU=a,DC=b', 'Bruno Birch'],
    ['cn=Birch\\, Bruno,OU=a', 'Birch, Bruno'],
    ['a.example/b/Bruno Birch', 'Bruno Birch'],
    ['Birch, Bruno', 'Birch, Bruno'],
    ['a/', 'a/'],
  ])('to the directory entry %s is to %s', (ForwardingAddress, name) => {
    expect(set({ Identity: 'anna', ForwardingAddress })?.recipients).toEqual([{ kind: 'unresolved', name }])
  })

  it.each([
    ['True', true],
    ['$false', false],
    ['', undefined],
    [undefined, undefined],
  ])('with DeliverToMailboxAndForward %j keeps a copy: %j', (DeliverToMailboxAndForward, keeps) => {
    expect(set({ ForwardingSmtpAddress: 'a@x.example', DeliverToMailboxAndForward })?.keepsCopy).toBe(keeps)
  })

  it.each([
    ['anna', person('anna'), person('anna')],
    ['anna', person('helen'), 'anna'],
    [person('anna'), person('helen'), person('anna')],
    [undefined, person('anna'), person('anna')],
  ])('of the mailbox %j set by %s is in %s', (Identity, by, mailbox) => {
    expect(set({ Identity, ForwardingSmtpAddress: 'a@x.example' }, by)?.mailbox).toBe(mailbox)
  })

  it('that is taken out or never set is none', () => {
    expect(set({ Identity: 'anna', ForwardingAddress: '', ForwardingSmtpAddress: ' ' })).toBeUndefined()
    expect(set({ Identity: 'anna' })).toBeUndefined()
  })
})

describe('a contact', () => {
  it('has all the names a forward may call it by', () => {
    const raw = cmdlet(
      'New-MailContact',
      {
        Name: 'P. Archive',
        Alias: 'Parch',
        DisplayName: 'P. Archive',
        ExternalEmailAddress: 'SMTP:a@x.example',
      },
      { change: { ObjectId: 'srv.example/Hosted/P. Archive 1' } },
    )
    expect(contactChange(read(raw))).toEqual({
      names: ['p. archive', 'parch', 'p. archive 1'],
      leadsTo: [{ kind: 'address', address: 'a@x.example', domain: 'x.example' }],
    })
  })
})
