import { describe, expect, it } from 'vitest'
import { makeParser } from './parse.ts'

const TENANT = '6f9a7c52-0d2e-4b7a-9a51-2f6f3c1f9a10'
const ANNA = 'anna@birchwood.example'
const APP = 'b7c1d0a4-5e0f-4a55-8f0e-1d2c3b4a5968'
const GRAPH = '00000003-0000-0000-c000-000000000000'
const EXCHANGE = '00000002-0000-0ff1-ce00-000000000000'

const base = {
  Id: '0b2d5c1e-7a84-4f0e-9f62-7c9d1e5a3b21',
  Operation: 'MailItemsAccessed',
  CreationTime: '2026-11-18T09:12:33',
  RecordType: 50,
}

function read(fields: object) {
  const { record, rejected } = makeParser(TENANT)({ ...base, ...fields })
  if (record === undefined) throw new Error(rejected)
  return record
}

describe('who acted', () => {
  it.each([
    ['a person', { UserId: ANNA }, { actor: ANNA, appOnly: false, app: undefined }],
    [
      'a person in other letters',
      { UserId: ' AdeleV@Birchwood.Example' },
      { actor: 'adelev@birchwood.example' },
    ],
    [
      'a person with Outlook',
      { UserId: ANNA, AppId: APP, ClientAppId: APP },
      { actor: ANNA, app: APP, api: undefined },
    ],
    [
      'a person with OWA',
      { UserId: ANNA, AppId: EXCHANGE, ClientAppId: '' },
      { app: EXCHANGE, api: undefined },
    ],
    [
      'a person with an app over Graph',
      { UserId: ANNA, AppId: GRAPH, ClientAppId: APP },
      { actor: ANNA, app: APP, api: GRAPH },
    ],
    [
      'an app over Graph, in AppAccessContext',
      { UserId: ANNA, AppAccessContext: { APIId: GRAPH, ClientAppId: APP } },
      { app: APP, api: GRAPH },
    ],
    [
      'an empty AppAccessContext',
      { UserId: ANNA, AppId: APP, AppAccessContext: {} },
      { app: APP, api: undefined },
    ],
    [
      'AppAccessContext with an empty id',
      { UserId: ANNA, AppId: APP, AppAccessContext: { APIId: '' } },
      { app: APP, api: undefined },
    ],
    [
      'an app, the owner named',
      { UserType: 5, UserId: ANNA, UserKey: APP, AppId: GRAPH, ClientAppId: APP },
      { actor: `app:${APP}`, appOnly: true, app: APP, api: GRAPH },
    ],
    [
      'an app of type "5"',
      { UserType: '5', UserId: ANNA, ClientAppId: APP },
      { actor: `app:${APP}`, appOnly: true, userType: 5 },
    ],
    [
      'an app known by its key',
      { UserType: 0, UserId: ANNA, UserKey: APP.toUpperCase(), ClientAppId: APP },
      { actor: `app:${APP}`, appOnly: true },
    ],
    [
      'an app whose key is all there is',
      { UserType: 5, UserId: ANNA, UserKey: APP, AppId: GRAPH },
      { app: APP, api: GRAPH },
    ],
    [
      'a service principal',
      { UserType: 6, UserId: `ServicePrincipal_${APP}`, AppId: EXCHANGE },
      { actor: `app:${EXCHANGE}`, appOnly: true },
    ],
    [
      'a service principal without an app',
      { UserId: `ServicePrincipal_${APP}` },
      { actor: `app:serviceprincipal_${APP}`, appOnly: true, app: undefined },
    ],
    ['a bare GUID', { UserId: APP }, { actor: `app:${APP}`, appOnly: true }],
    ['the system', { UserId: 'S-1-5-18', UserType: 3 }, { actor: 's-1-5-18', appOnly: false, userType: 3 }],
    [
      'the service host',
      { UserId: 'NT AUTHORITY\\SYSTEM (Microsoft.Exchange.ServiceHost)' },
      { actor: 'nt authority\\system (microsoft.exchange.servicehost)' },
    ],
    [
      'nobody but a key',
      { UserId: '', UserKey: '10032000A1B2C3D4' },
      { actor: '10032000a1b2c3d4', appOnly: false },
    ],
    ['nobody', { UserId: '<null>' }, { actor: 'unknown' }],
  ])('%s', (_, fields, expected) => {
    expect(read(fields)).toMatchObject(expected)
  })

  it.each([
    [
      'the owner by SID',
      { UserId: ANNA, MailboxOwnerUPN: ANNA, LogonUserSid: 'S-1', MailboxOwnerSid: 'S-1' },
      false,
    ],
    [
      'the owner, renamed',
      { UserId: 'new@birchwood.example', MailboxOwnerUPN: ANNA, LogonUserSid: 'S-1', MailboxOwnerSid: 'S-1' },
      false,
    ],
    [
      'the owner by name, in other letters',
      { UserId: 'ANNA@birchwood.example', MailboxOwnerUPN: ANNA },
      false,
    ],
    [
      'a delegate by SID, the owner named',
      { UserId: ANNA, MailboxOwnerUPN: ANNA, LogonUserSid: 'S-2', MailboxOwnerSid: 'S-1' },
      true,
    ],
    ['a delegate by name', { UserId: 'bruno@birchwood.example', MailboxOwnerUPN: ANNA }, true],
    [
      'an app, the owner named',
      { UserType: 5, UserId: ANNA, MailboxOwnerUPN: ANNA, LogonUserSid: 'S-1', MailboxOwnerSid: 'S-1' },
      true,
    ],
    ['the system, no SIDs', { UserId: 'S-1-5-18', MailboxOwnerUPN: ANNA }, false],
    ['somebody, no mailbox', { UserId: ANNA, LogonUserSid: 'S-2', MailboxOwnerSid: 'S-1' }, false],
  ])('the owner or not: %s', (_, fields, nonOwner) => {
    expect(read(fields).nonOwner).toBe(nonOwner)
  })

  it('did it in the mailbox of a UPN, else of a GUID', () => {
    expect(read({ MailboxOwnerUPN: 'Anna@Birchwood.example', MailboxGuid: APP }).mailbox).toBe(ANNA)
    expect(read({ MailboxOwnerUPN: '', MailboxGuid: APP.toUpperCase() }).mailbox).toBe(APP)
  })
})
