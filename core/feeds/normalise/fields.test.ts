import { describe, expect, it } from 'vitest'
import { canonicalFields } from './fields.ts'

describe('field names', () => {
  it.each([
    ['operation', 'Operation'],
    ['CREATIONTIME', 'CreationTime'],
    ['clientip', 'ClientIP'],
    ['clientIPAddress', 'ClientIPAddress'],
    ['mailboxownerupn', 'MailboxOwnerUPN'],
    ['operationproperties', 'OperationProperties'],
    ['AppAccessContext', 'AppAccessContext'],
  ])('%s is %s', (given, name) => {
    expect(canonicalFields({ [given]: 1 })).toEqual({ [name]: 1 })
  })

  it('that nobody reads pass as they are', () => {
    expect(canonicalFields({ tokenObjectId: 1, '': 2, 'Start_Time [UTC]': 3 })).toEqual({
      tokenObjectId: 1,
      '': 2,
      'Start_Time [UTC]': 3,
    })
  })

  it('that mean something to JavaScript stay data', () => {
    const raw: Record<string, unknown> = JSON.parse(
      '{"__proto__":{"admin":true},"constructor":1,"operation":"x"}',
    )
    const body = canonicalFields(raw)
    expect(Object.keys(body)).toEqual(['__proto__', 'constructor', 'Operation'])
    expect(body).not.toHaveProperty('admin')
    expect(Object.getPrototypeOf(body)).toBe(Object.prototype)
  })
})
