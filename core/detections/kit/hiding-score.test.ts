import { describe, expect, it } from 'vitest'
import { inboxRule, outlookRule, restampedRule, webRule } from '../../../test/support/record-rules.ts'
import { at, OWN_DOMAIN, person, type RawRecord, TENANT } from '../../../test/support/records.ts'
import { makeParser } from '../../feeds/normalise/parse.ts'
import type { AuditRecord } from '../../model/audit-record.ts'
import { tenantFacts } from '../../pipeline/tenant-domains.ts'
import { hidingScore } from './hiding-score.ts'
import { inboxRule as readRule } from './rule-change.ts'

const facts = tenantFacts(TENANT, new Set([OWN_DOMAIN]), true)

function score(raw: RawRecord) {
  const { record, rejected } = makeParser(TENANT)(raw)
  if (record === undefined) throw new Error(rejected)
  const change = readRule(record as AuditRecord<'New-InboxRule' | 'UpdateInboxRules'>)
  return change === undefined ? { points: 0, reasons: [] } : hidingScore(change, record, facts)
}

const some = { From: 'shop@partner.example' }
const points = (parameters: Record<string, string>, operation = 'New-InboxRule') =>
  score(inboxRule({ ...some, ...parameters }, { operation })).points

describe('the score of a rule from a cmdlet', () => {
  it.each([
    [3, { DeleteMessage: 'True' }],
    [3, { SoftDeleteMessage: 'True', PermanentDelete: 'True' }],
    [3, { MoveToFolder: 'RSS Feeds' }],
    [3, { CopyToFolder: 'anna:\\Conversation History' }],
    [3, { MoveToFolder: '..' }],
    [1, { MoveToFolder: 'Archive' }],
    [1, { MoveToFolder: 'LgAAAAC'.repeat(8) }],
    [5, { DeleteMessage: 'True', MarkAsRead: 'True' }],
    [4, { DeleteMessage: 'True', StopProcessingRules: 'True' }],
    [6, { DeleteMessage: 'True', MoveToFolder: 'Notes' }],
    [5, { DeleteMessage: 'True', SubjectContainsWords: 'password' }],
    [5, { DeleteMessage: 'True', BodyContainsWords: 'invoice' }],
    [7, { DeleteMessage: 'True', HeaderContainsWords: 'invoice;password' }],
    [4, { DeleteMessage: 'True', SubjectOrBodyContainsWords: 'docusign' }],
    [3, { DeleteMessage: 'True', ExceptIfSubjectContainsWords: 'invoice' }],
    [6, { DeleteMessage: 'True', Name: '...' }],
    [3, { Name: '...' }],
    [4, { DeleteMessage: 'True', From: person('bruno') }],
    [3, { DeleteMessage: 'True', From: `${person('bruno')};${person('carla')}` }],
    [4, { DeleteMessage: 'True', From: '', FromAddressContainsWords: person('bruno') }],
  ])('is %j for %j', (expected, parameters) => {
    expect(points(parameters)).toBe(expected)
  })

  it.each([
    [{ MarkAsRead: 'True', StopProcessingRules: 'True', SubjectContainsWords: 'invoice;password' }],
    [{ MoveToFolder: 'Suppliers', MarkAsRead: 'True', SubjectContainsWords: 'invoice' }],
    [{ DeleteMessage: 'False', MoveToFolder: '' }],
  ])('is nothing for %j, which hides nothing', parameters => {
    expect(points(parameters)).toBe(0)
  })

  it.each([
    ['no condition', {}, 'New-InboxRule', 6],
    ['no condition, of a change', {}, 'Set-InboxRule', 3],
    ['an at sign in the sender', { FromAddressContainsWords: '@' }, 'Set-InboxRule', 6],
    ['a dot in the sender', { FromAddressContainsWords: '.' }, 'New-InboxRule', 6],
    ['a NUL in the body', { BodyContainsWords: '\u0000' }, 'New-InboxRule', 6],
    ['single letters', { SubjectOrBodyContainsWords: 'a;e;i' }, 'New-InboxRule', 6],
    ['.com in the sender', { FromAddressContainsWords: '.com' }, 'New-InboxRule', 6],
    ['at least a byte', { WithinSizeRangeMinimum: '1' }, 'New-InboxRule', 6],
    ['at least a kilobyte', { WithinSizeRangeMinimum: '1 KB (1,024 bytes)' }, 'New-InboxRule', 6],
    ['at most a hundred megabytes', { WithinSizeRangeMaximum: '100MB' }, 'New-InboxRule', 6],
    ['later than a date', { ReceivedAfterDate: '2026-11-01' }, 'New-InboxRule', 6],
    [
      'two that fail nothing',
      { FromAddressContainsWords: '@', WithinSizeRangeMinimum: '1KB' },
      'New-InboxRule',
      6,
    ],
    [
      'an exception besides',
      { FromAddressContainsWords: '@', ExceptIfFrom: 'ceo@partner.example' },
      'New-InboxRule',
      6,
    ],
    ['at least ten megabytes', { WithinSizeRangeMinimum: '10 MB (10,485,760 bytes)' }, 'New-InboxRule', 3],
    ['at least nobody knows', { WithinSizeRangeMinimum: 'much' }, 'New-InboxRule', 3],
    [
      'an at sign and a word',
      { FromAddressContainsWords: '@', SubjectContainsWords: 'offer' },
      'New-InboxRule',
      3,
    ],
    ['an attachment', { HasAttachment: 'True' }, 'New-InboxRule', 3],
  ])('that deletes on %s takes it into account', (_, conditions, operation, expected) => {
    expect(score(inboxRule({ DeleteMessage: 'True', ...conditions }, { operation })).points).toBe(expected)
  })

  it('says why', () => {
    const rule = { Name: '.', MoveToFolder: 'RSS Feeds', MarkAsRead: 'True', SubjectContainsWords: 'hacked' }
    expect(score(inboxRule(rule)).reasons).toEqual([
      'moves to "RSS Feeds"',
      'marks as read',
      'its name has no letter or digit',
      'looks for security warnings',
    ])
  })
})

describe('the score of a rule from Outlook', () => {
  it.each([
    [3, [{ ActionType: 'Delete' }], {}],
    [5, [{ ActionType: 'Delete' }, { ActionType: 'MarkAsRead' }], {}],
    [1, [{ ActionType: 'Move', DestinationFolderId: 'LgAAAAC' }], {}],
    [6, [{ ActionType: 'Delete' }], { RuleCondition: '{}' }],
    [6, [{ ActionType: 'Delete' }], { RuleName: undefined }],
    [4, [{ ActionType: 'Delete' }], { RuleState: 'Enabled, ExitAfterExecution' }],
    [5, [{ ActionType: 'Delete' }], { RuleCondition: '(SubjectProperty contains "rechnung")' }],
    [
      4,
      [{ ActionType: 'Delete' }],
      { RuleCondition: 'SenderSearchKey equal to SMTP:BRUNO@BIRCHWOOD.EXAMPLE' },
    ],
    [0, [{ ActionType: 'MarkAsRead' }], {}],
  ])('is %j for %j with %j', (expected, actions, properties) => {
    const plain = { RuleCondition: '(SubjectProperty contains "offer")' }
    expect(score(outlookRule(actions, { properties: { ...plain, ...properties } })).points).toBe(expected)
  })

  it.each([
    ['stamped anew', restampedRule(at('09:12')), 0],
    ['that deletes, on the web', webRule('DeleteAction', []), 3],
    [
      'that is deleted, on the web',
      webRule('DeleteAction', [], { properties: { RuleOperation: 'Delete' } }),
      0,
    ],
  ])('%s is counted', (_, raw, expected) => {
    expect(score(raw).points).toBe(expected)
  })
})
