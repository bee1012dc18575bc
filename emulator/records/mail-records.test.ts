import { expect, test } from 'vitest'
import {
  attachmentAccess,
  bind,
  exchangeWebServices,
  graphApplication,
  INBOX,
  microsoftService,
  OUTLOOK_CLASSIC,
  SENT,
  sync,
} from './index.ts'
import { APP, access, amara, kit, mailbox, message } from './test-fixtures.ts'

test('a bind is record type 50, counts its items over all folders, and has only ClientIPAddress', () => {
  const record = bind(kit(), {
    ...access,
    folders: [
      { folder: INBOX, messages: [message(1), message(2)] },
      { folder: SENT, messages: [message(3)] },
    ],
  })
  expect(record).toMatchObject({
    RecordType: 50,
    Operation: 'MailItemsAccessed',
    CreationTime: '2026-11-17T09:02:11',
    OperationCount: 3,
    ClientIPAddress: '192.0.2.10',
    UserId: amara.upn,
    LogonType: 0,
    OriginatingServer: expect.stringMatching(/\r\n$/),
  })
  expect(record).not.toHaveProperty('ClientIP')
  expect(record.OperationProperties).toContainEqual({ Name: 'MailAccessType', Value: 'Bind' })
  expect(record.Folders[0]?.FolderItems[1]).toEqual({
    Id: 'AAMk2',
    InternetMessageId: '<2@mx.example>',
    SizeInBytes: 1002,
  })
})

test('a sync is record type 2, names one folder under Item, and has no count', () => {
  const record = sync(kit(), { ...access, client: OUTLOOK_CLASSIC, folder: INBOX })
  expect(record).toMatchObject({
    RecordType: 2,
    ClientIP: '192.0.2.10',
    Item: { ParentFolder: { Name: 'Inbox', Path: 'Not Available' } },
  })
  expect(record).not.toHaveProperty('Folders')
  expect(record).not.toHaveProperty('OperationCount')
})

test('a delegate is the user, the owner stays the owner', () => {
  const reader = { kind: 'delegate', person: mailbox('ben') } as const
  const record = bind(kit(), { ...access, reader, folders: [{ folder: INBOX, messages: [message(1)] }] })
  expect(record).toMatchObject({ LogonType: 2, UserId: 'ben@birchwood.example', MailboxOwnerUPN: amara.upn })
})

test('an app by itself names the owner as user and shows in UserType, UserKey and ClientAppId', () => {
  const reader = { kind: 'app', appId: APP } as const
  const client = graphApplication(APP)
  const record = bind(kit(), {
    ...access,
    client,
    reader,
    folders: [{ folder: INBOX, messages: [message(1)] }],
  })
  expect(record).toMatchObject({
    UserType: 5,
    UserKey: APP,
    UserId: amara.upn,
    MailboxOwnerUPN: amara.upn,
    ClientAppId: APP,
    AppId: '00000003-0000-0000-c000-000000000000',
    AppAccessContext: { ClientAppId: APP },
  })
})

test('a service of Microsoft has an AppId, no ClientAppId, and the owner as user', () => {
  const client = microsoftService(APP)
  const record = bind(kit(), { ...access, client, folders: [{ folder: INBOX, messages: [message(1)] }] })
  expect(record).toMatchObject({
    UserType: 0,
    AppId: APP,
    ClientInfoString: 'Client=REST;Client=RESTSystem;;',
  })
  expect(record).not.toHaveProperty('ClientAppId')
})

test('attachments are listed under Messages, with sizes as text', () => {
  const record = attachmentAccess(kit(), { ...access, folder: INBOX, messages: [message(1)] })
  expect(record).toMatchObject({
    RecordType: 50,
    OperationCount: 1,
    Messages: [{ Path: '\\Inbox', MessageItems: [{ SizeInBytes: '1001.00' }] }],
  })
})

test('an EWS client names its tool after the proxy', () => {
  expect(exchangeWebServices('python-requests/2.32.3', APP).ClientInfoString).toMatch(
    /^Client=WebServices;ExchangeWebServices.*\/python-requests\/2\.32\.3\[AppId=2f0f4096-[\w-]+\];$/,
  )
})
