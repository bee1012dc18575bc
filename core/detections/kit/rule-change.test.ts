import { describe, expect, it } from 'vitest'
import { inboxRule, outlookRule, restampedRule, webRule } from '../../../test/support/record-rules.ts'
import { at, person, type RawRecord, TENANT } from '../../../test/support/records.ts'
import { makeParser } from '../../feeds/normalise/parse.ts'
import type { AuditRecord } from '../../model/audit-record.ts'
import { ruleChange } from './rule-change.ts'

const anna = person('anna')
const bruno = person('bruno')
const to = 'copy@harvest.example'
const address = { kind: 'address', address: to, domain: 'harvest.example' }

function change(raw: RawRecord) {
  const { record, rejected } = makeParser(TENANT)(raw)
  if (record === undefined) throw new Error(rejected)
  return ruleChange(record as AuditRecord<'New-InboxRule' | 'UpdateInboxRules'>)
}

const SERVER = 'GBRP265A001.prod.outlook.example/Microsoft Exchange Hosted Organizations/birchwood'

describe('a rule from a cmdlet', () => {
  it('is read whole', () => {
    expect(change(inboxRule({ Name: 'Copies', From: bruno, ForwardTo: to, DeleteMessage: 'True' }))).toEqual({
      mailbox: anna,
      name: 'Copies',
      named: true,
      recipients: [address],
      hides: ['deletes the original'],
      folders: [],
      folderIds: [],
      conditions: [{ name: 'from', values: [bruno] }],
      catchAll: false,
    })
  })

  it.each([
    ['ForwardTo', 1],
    ['forwardto', 1],
    ['ForwardAsAttachmentTo', 1],
    ['RedirectTo', 1],
    ['RedirectToRecipients', 1],
    ['SendTextMessageNotificationTo', 1],
    ['From', 0],
    ['MoveToFolder', 0],
    ['CopyToFolder', 0],
  ])('%s sends mail to %j', (name, count) => {
    expect(change(inboxRule({ [name]: to }))?.recipients.length ?? 0).toBe(count)
  })

  it.each([
    ['the parameter', { Mailbox: bruno.toUpperCase() }, {}, bruno],
    ['the object of a person', {}, { ObjectId: `${bruno}\\Copies` }, bruno],
    ['the long object of a person', {}, { ObjectId: `${SERVER}/${bruno}\\Copies` }, bruno],
    ['the acting user, the object being an alias', {}, { ObjectId: 'bruno\\Copies' }, anna],
    [
      'the acting user, the object being a GUID',
      {},
      { ObjectId: `${SERVER}/5f0a3a6e-6d1c-4f0e\\Copies` },
      anna,
    ],
    ['the acting user, no object', {}, { ObjectId: undefined }, anna],
  ])('is in the mailbox of %s', (_, parameters, fields, mailbox) => {
    expect(change(inboxRule({ ForwardTo: to, ...parameters }, { change: fields }))?.mailbox).toBe(mailbox)
  })

  it.each([
    ['the parameter', { Name: 'Copies' }, {}, 'Copies'],
    ['a dot', { Name: '.' }, {}, '.'],
    ['the object where the parameter is missing', {}, { ObjectId: `${anna}\\Copies` }, 'Copies'],
    ['the object after the last backslash', {}, { ObjectId: `${anna}\\a\\b` }, 'b'],
    ['nothing where it is blank', { Name: ' ' }, { ObjectId: `${anna}\\ ` }, ''],
    ['the identity where there is nothing else', { Identity: 'Copies' }, { ObjectId: anna }, 'Copies'],
  ])('is named by %s', (_, parameters, fields, name) => {
    expect(change(inboxRule({ ForwardTo: to, ...parameters }, { change: fields }))?.name).toBe(name)
  })

  it.each([
    [{ DeleteMessage: 'True' }, ['deletes the original']],
    [{ softdeletemessage: 'true' }, ['deletes the original']],
    [{ PermanentDelete: '1' }, ['deletes the original for good']],
    [{ MarkAsRead: '$true' }, ['marks it as read']],
    [{ StopProcessingRules: 'TRUE' }, ['stops other rules']],
    [{ DeleteMessage: 'False', MarkAsRead: '', StopProcessingRules: '0' }, []],
    [{ MarkAsRead: 'True', DeleteMessage: 'True' }, ['deletes the original', 'marks it as read']],
  ])('with %j hides: %j', (parameters, hides) => {
    expect(change(inboxRule({ ForwardTo: to, ...parameters }))?.hides).toEqual(hides)
  })

  it.each([
    ['New-InboxRule', { Name: 'x', Priority: '0', Enabled: 'True' }, true],
    ['New-InboxRule', { SubjectContainsWords: '', From: ' ' }, true],
    ['New-InboxRule', { SubjectContainsWords: 'invoice' }, false],
    ['New-InboxRule', { HasAttachment: 'True' }, false],
    ['New-InboxRule', { SomeConditionOfTomorrow: 'x' }, false],
    ['Set-InboxRule', { Identity: 'x' }, false],
    ['Enable-InboxRule', { Identity: 'x' }, false],
  ])('of %s with %j takes every message: %j', (operation, parameters, catchAll) => {
    expect(change(inboxRule({ ForwardTo: to, ...parameters }, { operation }))?.catchAll).toBe(catchAll)
  })

  it.each([
    ['an empty value', inboxRule({ ForwardTo: '' })],
    ['no forwarding', inboxRule({ MoveToFolder: 'x', DeleteMessage: 'True' })],
    ['no parameters', inboxRule({}, { change: { Parameters: undefined } })],
    ['parameters that are none', inboxRule({}, { change: { Parameters: 17 } })],
    ['an identity only', inboxRule({ Identity: 'x' }, { operation: 'Enable-InboxRule' })],
  ])('with %s changes nothing here', (_, raw) => {
    expect(change(raw)).toBeUndefined()
  })
})

describe('a rule from Outlook', () => {
  const forward = { ActionType: 'Forward', Recipients: [to], ForwardFlags: 'None' }

  it('on the desktop is read whole', () => {
    expect(change(outlookRule([{ ActionType: 'DeferAction' }, forward, { ActionType: 'Delete' }]))).toEqual({
      mailbox: anna,
      name: 'Invoices',
      named: true,
      recipients: [address],
      hides: ['deletes the original'],
      folders: [],
      folderIds: [],
      conditions: [{ name: 'outlook', values: ['(SubjectProperty contains "invoice")'] }],
      catchAll: false,
    })
  })

  it('on the web is read whole', () => {
    expect(change(webRule('RedirectToRecipientsAction', [to]))).toEqual({
      mailbox: anna,
      name: 'Invoices',
      named: true,
      recipients: [address],
      hides: [],
      folders: [],
      folderIds: [],
      conditions: [{ name: 'outlook', values: ['ContainsSubjectStringCondition'] }],
      catchAll: false,
    })
  })

  it.each(['Forward', 'ForwardAsAttachment', 'Redirect', 'Delegate', 'forward'])(
    'sends mail by %s',
    ActionType => {
      expect(change(outlookRule([{ ActionType, Recipients: [to] }]))?.recipients).toEqual([address])
    },
  )

  it.each([
    ['objects', [{ Name: 'Copy', Address: to }]],
    ['a list in a text', `["${to}"]`],
    ['objects with values', [{ Values: [{ Value: `SMTP:${to}` }] }]],
    ['values beside a name', [{ Values: [{ Value: 'Copy' }, { Value: to }, { Value: 'SMTP' }] }]],
  ])('has recipients as %s', (_, Recipients) => {
    expect(change(outlookRule([{ ActionType: 'Forward', Recipients }]))?.recipients).toEqual([address])
  })

  it.each(['ActionType', '$type', 'Type', 'Name'])('has the kind of action under %s', key => {
    expect(change(outlookRule([{ [key]: 'Forward', Recipients: [to] }]))?.recipients).toEqual([address])
  })

  it.each([
    ['AddMailboxRule', '{}', true],
    ['AddMailboxRule', ' [] ', true],
    ['AddMailboxRule', undefined, true],
    ['AddMailboxRule', '(SenderSearchKey equal SMTP:X)', false],
    ['ModifyMailboxRule', '{}', false],
  ])('by %s with the condition %j takes every message: %j', (RuleOperation, RuleCondition, catchAll) => {
    expect(change(outlookRule([forward], { properties: { RuleOperation, RuleCondition } }))?.catchAll).toBe(
      catchAll,
    )
  })

  it.each([
    [[{ ActionType: 'Delete' }], 'Enabled', ['deletes the original']],
    [[{ ActionType: 'PermanentDelete' }], 'Enabled', ['deletes the original for good']],
    [[{ ActionType: 'MarkAsRead' }], 'Enabled', ['marks it as read']],
    [[], 'Enabled, ExitAfterExecution', ['stops other rules']],
    [[], undefined, []],
  ])('with %j in the state %j hides: %j', (more, RuleState, hides) => {
    expect(change(outlookRule([forward, ...more], { properties: { RuleState } }))?.hides).toEqual(hides)
  })

  it.each([
    ['stamped anew', restampedRule(at('09:12'))],
    [
      'removed on the desktop',
      outlookRule([forward], { properties: { RuleOperation: 'RemoveMailboxRule' } }),
    ],
    [
      'deleted on the web',
      webRule('ForwardToRecipientsAction', [to], { properties: { RuleOperation: 'Delete' } }),
    ],
    ['moving only', outlookRule([{ ActionType: 'Move', DestinationFolderId: 'x', Recipients: [to] }])],
    ['with actions that are no JSON', outlookRule([], { properties: { RuleActions: 'Forward' } })],
    ['with actions that are no objects', outlookRule(['Forward', null, 5])],
    ['without properties', outlookRule([], { change: { OperationProperties: undefined } })],
    [
      'with a server rule cut short',
      webRule('ForwardToRecipientsAction', [], { properties: { ServerRule: '{"Actions":[' } }),
    ],
  ])('%s changes nothing here', (_, raw) => {
    expect(change(raw)).toBeUndefined()
  })
})
