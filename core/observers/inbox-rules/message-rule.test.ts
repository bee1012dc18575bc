import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foundRule, inboxRule } from '../../../test/support/record-rules.ts'
import { person, TENANT } from '../../../test/support/records.ts'
import hidingRule from '../../detections/hiding-rule.ts'
import inboxRuleForwarding from '../../detections/inbox-rule-forwarding.ts'
import suspiciousRuleName from '../../detections/suspicious-rule-name.ts'
import { makeParser } from '../../feeds/normalise/parse.ts'
import type { Detection } from '../../model/detection.ts'
import { tenantFacts } from '../../pipeline/tenant-domains.ts'
import { ruleAsCmdlet } from './message-rule.ts'

const anna = person('anna')
const to = (...addresses: string[]) => addresses.map(address => ({ emailAddress: { name: 'x', address } }))
const parametersOf = (rule: object, named?: ReadonlyMap<string, string>) =>
  Object.fromEntries(
    (ruleAsCmdlet({ displayName: 'Invoices', isEnabled: true, actions: {}, ...rule }) ?? expect.fail())
      .parameters(anna, named)
      .map(({ Name, Value }) => [Name, Value]),
  )
const digestOf = (rule: object) => ruleAsCmdlet({ displayName: 'x', actions: {}, ...rule })?.digest

describe('a rule of Graph', () => {
  it('has its name and mailbox, and nothing that it does not say', () => {
    const nothing = {
      actions: { delete: false, forwardTo: [], moveToFolder: null },
      conditions: null,
      exceptions: {},
    }
    expect(parametersOf(nothing)).toEqual({ Name: 'Invoices', Mailbox: anna })
  })

  it('does what the cmdlet does by its parameters', () => {
    const actions = {
      forwardTo: to('a@x.example', 'b@x.example'),
      forwardAsAttachmentTo: to('c@x.example'),
      redirectTo: to('d@x.example')[0],
      delete: true,
      permanentDelete: true,
      markAsRead: true,
      stopProcessingRules: true,
      markImportance: 'low',
      assignCategories: ['Red'],
      moveToFolder: 'f1',
      copyToFolder: 'f2',
    }
    expect(parametersOf({ actions }, new Map([['f1', 'Deleted Items']]))).toEqual({
      Name: 'Invoices',
      Mailbox: anna,
      ForwardTo: 'a@x.example;b@x.example',
      ForwardAsAttachmentTo: 'c@x.example',
      RedirectTo: 'd@x.example',
      DeleteMessage: 'True',
      PermanentDelete: 'True',
      MarkAsRead: 'True',
      StopProcessingRules: 'True',
      MarkImportance: 'low',
      ApplyCategory: 'Red',
      MoveToFolder: 'Deleted Items',
      CopyToFolder: 'f2',
    })
  })

  it('asks what the cmdlet asks, and whatever else it asks narrows it too', () => {
    const conditions = {
      '@odata.type': '#microsoft.graph.messageRulePredicates',
      bodyOrSubjectContains: ['IBAN', 'invoice'],
      fromAddresses: to('bank@x.example'),
      hasAttachments: true,
      sentToMe: false,
      isAutomaticReply: true,
      withinSizeRange: { minimumSize: 1, maximumSize: 0 },
      somethingNew: { of: 1 },
    }
    expect(parametersOf({ conditions, exceptions: { subjectContains: ['ours'] } })).toEqual({
      Name: 'Invoices',
      Mailbox: anna,
      SubjectOrBodyContainsWords: 'IBAN;invoice',
      From: 'bank@x.example',
      HasAttachment: 'True',
      MessageTypeMatches: 'AutomaticReply',
      WithinSizeRangeMinimum: '1KB',
      somethingNew: 'True',
      ExceptIfSubjectContainsWords: 'ours',
    })
  })

  it('is told by the name of its recipient where there is no address', () => {
    const actions = { forwardTo: [{ emailAddress: { name: 'Projects archive' } }] }
    expect(parametersOf({ actions })).toMatchObject({ ForwardTo: 'Projects archive' })
  })

  it.each([
    ['switched off', { isEnabled: false, actions: { delete: true } }],
    ['without actions', { displayName: 'x' }],
    ['no object', 'a rule'],
  ])('that is %s is none', (_, rule) => {
    expect(ruleAsCmdlet(rule)).toBeUndefined()
  })

  it('is another one once it does or asks something else, and not by its id or place', () => {
    const rule = { id: '1', sequence: 1, actions: { forwardTo: to('a@x.example') } }
    expect(digestOf({ ...rule, id: '2', sequence: 9, hasError: true, conditions: {} })).toBe(digestOf(rule))
    const others = [
      { ...rule, displayName: 'y' },
      { ...rule, actions: { ...rule.actions, delete: true } },
      { ...rule, actions: { forwardTo: to('b@x.example') } },
      { ...rule, actions: { redirectTo: to('a@x.example') } },
      { ...rule, conditions: { subjectContains: ['a'] } },
      { ...rule, exceptions: { subjectContains: ['a'] } },
      { actions: { moveToFolder: 'a@x.example' } },
    ]
    expect(new Set([rule, ...others].map(digestOf)).size).toBe(others.length + 1)
  })

  it('cannot push a stranger out of sight with colleagues', () => {
    const many = Array.from({ length: 500 }, (_, n) => `colleague.number.${n}@birchwood.example`)
    const { ForwardTo = '' } = parametersOf({ actions: { forwardTo: to(...many, 'thief@harvest.example') } })
    expect(ForwardTo.length).toBeLessThanOrEqual(2_000)
    expect(ForwardTo.split(';')).toContain('thief@harvest.example')
  })

  it('is written down briefly, whatever it holds', () => {
    const hostile = fc.record({
      displayName: fc.anything(),
      actions: fc.dictionary(fc.constantFrom('forwardTo', 'moveToFolder', 'delete', 'x'), fc.anything()),
      conditions: fc.dictionary(
        fc.constantFrom('subjectContains', 'withinSizeRange', 'isSigned', 'y'),
        fc.anything(),
      ),
    })
    fc.assert(
      fc.property(hostile, rule => {
        const all = ruleAsCmdlet(rule)?.parameters(anna) ?? []
        expect(all.reduce((sum, { Value }) => sum + Value.length, 0)).toBeLessThanOrEqual(12_000)
        for (const { Name, Value } of all) expect([typeof Name, typeof Value]).toEqual(['string', 'string'])
      }),
    )
  })
})

const facts = tenantFacts(TENANT, new Set(['birchwood.example']), true)
const parse = makeParser(TENANT)

function judged(body: unknown): unknown {
  const { record } = parse(body)
  if (record === undefined) return expect.fail('The record could not be read')
  const all: readonly Detection[] = [inboxRuleForwarding, hidingRule, suspiciousRuleName]
  return all.map(({ id, signals }) =>
    [...signals(record, facts)].map(({ key, measure, members, mailbox, note = '' }) => ({
      id,
      key,
      measure,
      members,
      mailbox,
      note: note.replace(/^.* \| /, ''),
    })),
  )
}

const address = fc.constantFrom(
  person('bruno'),
  'copy@harvest.example',
  'me@gmail.com',
  'x@birchw00d.example',
  'Projects',
)
const words = fc.array(fc.constantFrom('invoice', 'phishing', '@', 'rota', 'payment'), {
  minLength: 1,
  maxLength: 3,
})
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })
const anyRule = fc.record({
  name: fc.constantFrom('Invoices', '.', '', 'Holiday schedule', 'a'),
  forwardTo: optional(fc.array(address, { minLength: 1, maxLength: 3 })),
  redirectTo: optional(fc.array(address, { minLength: 1, maxLength: 2 })),
  moveTo: optional(fc.constantFrom('Deleted Items', 'Archive', 'RSS Feeds', 'Suppliers')),
  deletes: fc.boolean(),
  reads: fc.boolean(),
  stops: fc.boolean(),
  subject: optional(words),
  from: optional(
    fc.array(fc.constantFrom(person('carla'), 'shop@partner.example'), { minLength: 1, maxLength: 2 }),
  ),
  except: optional(words),
})
type AnyRule = typeof anyRule extends fc.Arbitrary<infer R> ? R : never

/** The same rule, made by the cmdlet. */
function asCmdlet(rule: AnyRule): Record<string, string> {
  const given: Record<string, string | undefined> = {
    Name: rule.name,
    ForwardTo: rule.forwardTo?.join(';'),
    RedirectTo: rule.redirectTo?.join(';'),
    MoveToFolder: rule.moveTo,
    DeleteMessage: rule.deletes ? 'True' : undefined,
    MarkAsRead: rule.reads ? 'True' : undefined,
    StopProcessingRules: rule.stops ? 'True' : undefined,
    SubjectContainsWords: rule.subject?.join(';'),
    From: rule.from?.join(';'),
    ExceptIfBodyContainsWords: rule.except?.join(';'),
  }
  return Object.fromEntries(Object.entries(given).flatMap(([k, v]) => (v === undefined ? [] : [[k, v]])))
}

/** The same rule, as Graph shows it. */
const asMessageRule = (rule: AnyRule) => ({
  displayName: rule.name,
  isEnabled: true,
  actions: {
    forwardTo: to(...(rule.forwardTo ?? [])),
    redirectTo: to(...(rule.redirectTo ?? [])),
    moveToFolder: rule.moveTo && 'an id',
    delete: rule.deletes,
    markAsRead: rule.reads,
    stopProcessingRules: rule.stops,
  },
  conditions: { subjectContains: rule.subject ?? [], fromAddresses: to(...(rule.from ?? [])) },
  exceptions: { bodyContains: rule.except ?? [] },
})

describe('the detections of rules', () => {
  it('judge a rule that was found as they judge the cmdlet that made it', () => {
    fc.assert(
      fc.property(anyRule, rule => {
        const named = new Map(rule.moveTo === undefined ? [] : [['an id', rule.moveTo]])
        const parameters = parametersOf({ ...asMessageRule(rule) }, named)
        const [found, made] = [foundRule(parameters), inboxRule(asCmdlet(rule))]
        expect(judged(found)).toEqual(judged(made))
      }),
      { numRuns: 500 },
    )
  })
})
