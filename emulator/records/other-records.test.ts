import { expect, test } from 'vitest'
import {
  addMailboxRule,
  bind,
  configureGroupMailbox,
  INBOX,
  moveToDeletedItems,
  newInboxRule,
  provisioning,
  restampedMailboxRule,
  send,
  signIn,
  webMailboxRule,
} from './index.ts'
import { APP, access, amara, at, kit, message } from './test-fixtures.ts'

test('a rule made on the web is a cmdlet: parameters as text, a port on the address, the path as object', () => {
  const rule = { Name: '.', ForwardTo: 'drop@postfast.example', DeleteMessage: 'True' }
  const record = newInboxRule(kit(), { at, mailbox: amara, ip: '203.0.113.77', rule })
  expect(record).toMatchObject({
    RecordType: 1,
    Operation: 'New-InboxRule',
    UserType: 2,
    ResultStatus: 'True',
  })
  expect(record.ClientIP).toMatch(/^203\.0\.113\.77:\d{5}$/)
  expect(record.ObjectId).toMatch(/\/birchwood\.onmicrosoft\.example\/7cfcc8fc-[\w-]+\\\.$/)
  expect(record.Parameters).toContainEqual({ Name: 'ForwardTo', Value: 'drop@postfast.example' })
  expect(newInboxRule(kit(), { at, mailbox: amara, ip: '2001:db8::7', rule }).ClientIP).toMatch(
    /^\[2001:db8::7\]:\d{5}$/,
  )
})

test('a rule made in Outlook hides its actions in text; a restamped one has nothing, not even a name', () => {
  const actions = [{ ActionType: 'Forward', Recipients: ['a@postfast.example'], ForwardFlags: 'None' }]
  const record = addMailboxRule(kit(), { ...access, name: 'x', condition: '', actions })
  expect(record).toMatchObject({ RecordType: 2, Operation: 'UpdateInboxRules' })
  const value = (name: string) => record.OperationProperties.find(p => p.Name === name)?.Value
  expect(JSON.parse(value('RuleActions') ?? '')).toEqual(actions)
  expect(value('RuleId')).toMatch(/^-\d{19}$/)
  expect(restampedMailboxRule(kit(), access).OperationProperties).toContainEqual({ Name: 'RuleName' })
})

test('the other web shape keeps its recipients in ServerRule', () => {
  const recipients = ['a@postfast.example']
  const action = 'ForwardToRecipientsAction'
  const record = webMailboxRule(kit(), { ...access, name: 'x', operation: 'Create', action, recipients })
  const serverRule = record.OperationProperties.find(p => p.Name === 'ServerRule')?.Value
  expect(JSON.parse(serverRule ?? '').Actions[0].Recipients[0].Values[0].Value).toBe('a@postfast.example')
})

test('sending is one item, deleting is a group of them', () => {
  expect(send(kit(), { ...access, message: message(1), subject: 'Oak' })).toMatchObject({
    RecordType: 2,
    ClientIP: '192.0.2.10',
    Item: { Subject: 'Oak', InternetMessageId: '<1@mx.example>' },
  })
  expect(moveToDeletedItems(kit(), { ...access, messages: [message(1)], subject: 'Ash' })).toMatchObject({
    RecordType: 3,
    AffectedItems: [{ Subject: 'Ash', InternetMessageId: '<1@mx.example>' }],
    DestFolder: { Path: '\\Deleted Items' },
  })
})

test('provisioning and group set-up are the work of the system', () => {
  const parameters = { Identity: 'x' }
  const noise = provisioning(kit(), { at, operation: 'Set-Mailbox', object: 'x', parameters })
  expect(noise).toMatchObject({ UserType: 3, UserId: expect.stringContaining('NT AUTHORITY\\SYSTEM') })
  expect(noise).not.toHaveProperty('ClientIP')
  expect(
    configureGroupMailbox(kit(), { at, group: amara, ip: '2001:db8::1', member: 'Owner' }),
  ).toMatchObject({
    UserId: 'S-1-5-18',
    LogonType: 1,
    ClientInfoString: 'Client=WebServices;Action=ConfigureGroupMailbox',
    Item: { ParentFolder: { MemberUpn: 'Owner@local' } },
  })
})

test('a failed sign-in differs in its operation and its error', () => {
  const input = {
    at,
    person: { upn: amara.upn, objectId: APP },
    ip: '192.0.2.10',
    applicationId: APP,
    userAgent: 'Mozilla/5.0',
    os: 'Linux',
    browser: 'Firefox',
    session: APP,
  }
  expect(signIn(kit(), input)).toMatchObject({ Operation: 'UserLoggedIn', RecordType: 15, ErrorNumber: '0' })
  expect(signIn(kit(), { ...input, failed: true })).toMatchObject({
    Operation: 'UserLoginFailed',
    ErrorNumber: '50126',
    LogonError: 'InvalidUserNameOrPassword',
  })
})

test('a sign-in tells its resource, its endpoint and the steps it is made of', () => {
  const input = {
    at,
    person: { upn: amara.upn, objectId: APP },
    ip: '192.0.2.10',
    applicationId: APP,
    userAgent: 'Mozilla/5.0',
    os: 'Linux',
    browser: 'Firefox',
    session: APP,
    resource: amara.mailboxGuid,
    requestType: 'Cmsi:Cmsi',
    correlation: APP,
  } as const
  const record = signIn(kit(), input)
  expect(record).toMatchObject({ ObjectId: amara.mailboxGuid, Target: [{ ID: amara.mailboxGuid }] })
  expect(record.InterSystemsId).toBe(APP)
  expect(record.ExtendedProperties).toContainEqual({ Name: 'RequestType', Value: 'Cmsi:Cmsi' })
  expect(signIn(kit(), { ...input, error: 50_074 })).toMatchObject({
    Operation: 'UserLoginFailed',
    ErrorNumber: '50074',
    LogonError: 'UserStrongAuthClientAuthNRequiredInterrupt',
  })
  expect(signIn(kit(), { ...input, error: 0 })).toMatchObject({ Operation: 'UserLoggedIn', ErrorNumber: '0' })
})

test('the same seed makes the same record', () => {
  const make = () => bind(kit(), { ...access, folders: [{ folder: INBOX, messages: [message(1)] }] })
  expect(make()).toEqual(make())
})
