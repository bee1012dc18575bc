import { describe, expect, it } from 'vitest'
import { inboxRule, outlookRule, webRule } from '../../../test/support/record-rules.ts'
import { person, type RawRecord, TENANT } from '../../../test/support/records.ts'
import { makeParser } from '../../feeds/normalise/parse.ts'
import type { AuditRecord } from '../../model/audit-record.ts'
import { inboxRule as readRule } from './rule-change.ts'
import { wordsOf } from './rule-conditions.ts'

const anna = person('anna')
const bruno = person('bruno')
const ID = 'LgAAAAC'.repeat(8)

function rule(raw: RawRecord) {
  const { record, rejected } = makeParser(TENANT)(raw)
  if (record === undefined) throw new Error(rejected)
  return readRule(record as AuditRecord<'New-InboxRule' | 'UpdateInboxRules'>)
}

describe('a rule from a cmdlet', () => {
  it.each([
    [`${bruno}\\Copies`, bruno],
    ['srv.example/Hosted/birchwood/5f0a3a6e-6d1c-4f0e\\Copies', '5f0a3a6e-6d1c-4f0e'],
    ['bruno\\Copies', 'bruno'],
    ['\\Copies', 'app:maker'],
    ['Copies', 'app:maker'],
  ])('made by an application, its object being %s, is in the mailbox %s', (ObjectId, mailbox) => {
    expect(rule(inboxRule({}, { change: { ObjectId, UserType: 5, ClientAppId: 'maker' } }))?.mailbox).toBe(
      mailbox,
    )
  })

  it.each([
    [{ Name: ' ' }, {}, true],
    [{}, {}, true],
    [{}, { ObjectId: undefined }, false],
    [{}, { ObjectId: anna }, false],
  ])('with %j and %j has a name that is told: %j', (parameters, fields, named) => {
    expect(rule(inboxRule(parameters, { change: fields }))?.named).toBe(named)
  })

  it.each([
    [{ MoveToFolder: 'RSS Feeds' }, ['RSS Feeds']],
    [{ copytofolder: `${anna}:\\Archive`, MoveToFolder: '' }, [`${anna}:\\Archive`]],
    [{ MoveToFolder: ID }, [], [ID]],
    [{ DeleteMessage: 'True' }, []],
  ])('with %j moves to %j', (parameters, folders, folderIds: readonly string[] = []) => {
    expect(rule(inboxRule(parameters))).toMatchObject({ folders, folderIds })
  })

  it.each([
    [{ SubjectContainsWords: 'a;b', From: bruno }, ['a;b', bruno]],
    [{ BODYCONTAINSWORDS: 'a', HeaderContainsWords: 'b', FromAddressContainsWords: 'c' }, ['a', 'b', 'c']],
    [{ ExceptIfSubjectContainsWords: 'a', ExceptIfFrom: bruno }, []],
    [{ HasAttachment: 'True', WithinSizeRangeMinimum: '1 KB', MoveToFolder: 'invoice' }, []],
  ])('with %j looks for %j', (parameters, words) => {
    expect(wordsOf(rule(inboxRule(parameters))?.conditions ?? [])).toEqual(words)
  })
})

describe('a rule from Outlook', () => {
  it.each([
    [[{ ActionType: 'Move', DestinationFolderId: 'LgAAAAC', FolderIsInThisStore: 'True' }], [], ['LgAAAAC']],
    [[{ ActionType: 'MoveToFolderAction', FolderName: 'RSS Feeds' }], ['RSS Feeds'], []],
    [[{ ActionType: 'Move', DestinationFolderId: '' }], [], []],
    [['Move'], [], []],
  ])('with %j moves to %j, and by id to %j', (actions, folders, folderIds) => {
    expect(rule(outlookRule(actions))).toMatchObject({ folders, folderIds })
  })

  it.each([
    ['AddMailboxRule', undefined, true],
    ['AddMailboxRule', '.', true],
    ['ModifyMailboxRule', undefined, false],
    ['ModifyMailboxRule', '.', true],
  ])('by %s with the name %j tells its name: %j', (RuleOperation, RuleName, named) => {
    expect(rule(outlookRule([], { properties: { RuleOperation, RuleName } }))?.named).toBe(named)
  })

  it('that only names its actions is read by their names', () => {
    const raw = webRule('DeleteAction;MarkAsReadAction', [], { properties: { ServerRule: undefined } })
    expect(rule(raw)?.hides).toEqual(['deletes the original', 'marks it as read'])
  })

  it.each([
    ['(SubjectProperty contains "invoice")', undefined, ['(SubjectProperty contains "invoice")']],
    ['{}', undefined, []],
    ['{}', { Conditions: [{ Type: 'Subject', Values: [{ Value: 'invoice' }] }] }, ['Subject', 'invoice']],
    [undefined, { Conditions: 'invoice' }, ['invoice']],
    ['{}', { Conditions: [5, null, ' '] }, []],
  ])('with the condition %j and the rule %j looks for %j', (RuleCondition, whole, words) => {
    const ServerRule = whole === undefined ? undefined : JSON.stringify(whole)
    const read = rule(outlookRule([], { properties: { RuleCondition, ServerRule } }))
    expect(wordsOf(read?.conditions ?? [])).toEqual(words)
    expect(read?.catchAll).toBe(words.length === 0)
  })

  it('that is nested without end is read without an exception', () => {
    const ServerRule = `{"Conditions":${'['.repeat(5_000)}"invoice"${']'.repeat(5_000)}}`
    expect(rule(outlookRule([], { properties: { RuleCondition: '{}', ServerRule } }))?.conditions).toEqual([])
  })

  it('that is removed says nothing', () => {
    expect(rule(outlookRule([], { properties: { RuleOperation: 'RemoveMailboxRule' } }))).toBeUndefined()
  })
})
