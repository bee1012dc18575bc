import { describe, expect, it } from 'vitest'
import { cmdletTarget, requestMailbox } from './cmdlet.ts'
import { nameValues } from './name-values.ts'

const target = (Identity: unknown, ObjectId: unknown) =>
  cmdletTarget({ body: { ObjectId } }, nameValues([{ Name: 'Identity', Value: Identity }]))

describe('the target of a cmdlet', () => {
  it.each([
    ['Anna@Birchwood.example', 'anna', 'anna@birchwood.example'],
    ['anna', 'Anna@birchwood.example', 'anna@birchwood.example'],
    ['Anna Berg', 'anna', 'anna berg'],
    ['', 'srv.example/Hosted/birchwood.onmicrosoft.example/Anna Berg', 'anna berg'],
    ['srv.example/Hosted/birchwood.onmicrosoft.example/anna', undefined, 'anna'],
    [undefined, 'birchwood.onmicrosoft.example\\Admin Audit Log Settings', 'admin audit log settings'],
    ['', '', undefined],
    [undefined, undefined, undefined],
  ])('of Identity %j and ObjectId %j is %j', (identity, object, expected) => {
    expect(target(identity, object)).toBe(expected)
  })

  it('is cut to what a key can hold', () => {
    expect(target('x'.repeat(500), undefined)).toHaveLength(100)
  })
})

describe('the mailbox of a request', () => {
  it.each([
    [{ Mailbox: 'Anna@birchwood.example' }, '', 'anna@birchwood.example'],
    [{ Identity: 'Anna\\MailboxExport' }, '', 'anna'],
    [{}, 'srv.example/Hosted/birchwood/Anna\\MailboxExport1', 'anna'],
    [{ Identity: 'anna@birchwood.example' }, 'Anna', 'anna@birchwood.example'],
    [{ Name: 'x', SourceMailboxes: 'anna;bruno' }, '', 'anna;bruno'],
    [{}, '', undefined],
  ])('of %j on %j is %j', (parameters, ObjectId, expected) => {
    const given = Object.entries(parameters).map(([Name, Value]) => ({ Name, Value }))
    expect(requestMailbox({ body: { ObjectId } }, nameValues(given))).toBe(expected)
  })
})
