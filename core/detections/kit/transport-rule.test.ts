import { describe, expect, it } from 'vitest'
import { flowRule } from '../../../test/support/record-mail-flow.ts'
import { TENANT } from '../../../test/support/records.ts'
import { makeParser } from '../../feeds/normalise/parse.ts'
import { transportRule } from './transport-rule.ts'

function rule(parameters: Record<string, string>, operation = 'New-TransportRule', ObjectId = '') {
  const { record, rejected } = makeParser(TENANT)(flowRule(parameters, { operation, change: { ObjectId } }))
  if (record === undefined) throw new Error(rejected)
  return transportRule(record)
}

describe('a mail flow rule', () => {
  it.each([
    [{ CopyTo: 'a@x.example', BlindCopyTo: 'b@x.example' }, 2],
    [{ CopyTo: '@{Add="a@x.example","b@x.example"; Remove="c@x.example"}' }, 2],
    [{ CopyTo: '@{Remove="c@x.example"}' }, 0],
    [{ GenerateIncidentReport: 'a@x.example', IncidentReportContent: 'Sender;Subject' }, 0],
    [{ GenerateIncidentReport: 'a@x.example', IncidentReportContent: '["Sender","AttachOriginalMail"]' }, 1],
    [{ IncidentReportOriginalMail: 'DoNotIncludeOriginalMail', GenerateIncidentReport: 'a@x.example' }, 0],
    [{ AddManagerAsRecipientType: 'Bcc', ModerateMessageByManager: 'True' }, 1],
    [{ ModerateMessageByManager: 'False' }, 0],
    [{ SentTo: 'a@x.example', From: 'a@x.example' }, 0],
  ])('with %j sends mail to %j more', (parameters, count) => {
    expect(rule(parameters).recipients).toHaveLength(count)
  })

  it.each([
    [{ SetSCL: '-1' }, 1],
    [{ SetSCL: '9' }, 0],
    [{ SetHeaderName: 'X-MS-Exchange-Organization-BypassClutter' }, 0],
    [{ SetHeaderName: 'x-ms-exchange-organization-skipsafeattachmentprocessing' }, 1],
    [{ DeleteMessage: 'False', Quarantine: '' }, 0],
    [{ RemoveHeader: 'Received', SetSCL: '-1', DeleteMessage: '1' }, 3],
  ])('with %j weakens protection in %j ways', (parameters, count) => {
    expect(rule(parameters).weakens).toHaveLength(count)
  })

  it.each([
    [{ Name: 'A' }, 'birchwood\\B', 'A'],
    [{ Name: '' }, 'birchwood.onmicrosoft.example\\B', 'B'],
    [{ Name: '' }, '', ''],
  ])('with %j and the object %j is called %j', (parameters, object, name) => {
    expect(rule(parameters, 'New-TransportRule', object).name).toBe(name)
  })

  it.each([
    ['Set-TransportRule', { Mode: 'Enforce' }, 'put into force', false],
    ['Set-TransportRule', { Mode: 'Audit' }, undefined, false],
    ['New-TransportRule', { Mode: 'Enforce' }, undefined, false],
    ['Set-TransportRule', { Priority: '0', Comments: 'x' }, undefined, false],
    ['Set-TransportRule', { SubjectContainsWords: 'x' }, undefined, true],
    ['Disable-TransportRule', {}, 'switched off', false],
  ])('by %s with %j is %s, and changed: %j', (operation, parameters, switched, changes) => {
    expect(rule(parameters, operation)).toMatchObject({ switched, changes })
  })
})
