import { describe, expect, it } from 'vitest'
import { makeParser } from './parse.ts'

const TENANT = '6f9a7c52-0d2e-4b7a-9a51-2f6f3c1f9a10'
const ANNA = 'anna@birchwood.example'

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

describe('a record', () => {
  it('has an envelope around the body as it came', () => {
    const raw = {
      ...base,
      OrganizationId: TENANT.toUpperCase(),
      UserId: 'Anna@Birchwood.example',
      Unknown: [1],
    }
    const { record } = makeParser('another')(raw)
    expect(record).toEqual({
      id: base.Id,
      event: base.Id,
      operation: 'MailItemsAccessed',
      tenant: TENANT,
      at: Date.UTC(2026, 10, 18, 9, 12, 33) / 1000,
      recordType: 50,
      userType: undefined,
      actor: ANNA,
      appOnly: false,
      app: undefined,
      api: undefined,
      mailbox: undefined,
      nonOwner: false,
      address: undefined,
      client: undefined,
      session: undefined,
      succeeded: true,
      body: raw,
    })
    expect(record?.body).toBe(raw)
  })

  it.each([
    [null, 'not-an-object'],
    [undefined, 'not-an-object'],
    ['{}', 'not-an-object'],
    [[base], 'not-an-object'],
    [{}, 'no-operation'],
    [{ ...base, Operation: ' ' }, 'no-operation'],
    [{ ...base, Operation: null }, 'no-operation'],
    [{ ...base, CreationTime: undefined }, 'no-time'],
    [{ ...base, CreationTime: 'yesterday' }, 'no-time'],
    [{ ...base, CreationTime: 1_763_450_000 }, 'no-time'],
    [{ ...base, CreationTime: '0001-01-01T00:00:00' }, 'no-time'],
  ])('%j is rejected: %s', (raw, rejected) => {
    expect(makeParser(TENANT)(raw)).toEqual({ rejected })
  })

  it.each([
    [2, 2],
    ['2', 2],
    ['50.0', 50],
    [-1, -1],
    ['ExchangeItemAggregated', 50],
    [' exchangeadmin ', 1],
    ['NoSuchType', undefined],
    ['constructor', undefined],
    ['__proto__', undefined],
    [null, undefined],
    [{}, undefined],
  ])('of RecordType %j is of type %j', (RecordType, type) => {
    expect(read({ RecordType }).recordType).toBe(type)
  })

  it.each([
    ['Succeeded', true],
    ['PartiallySucceeded', true],
    ['Success', true],
    ['Successful', true],
    ['True', true],
    ['TRUE', true],
    [true, true],
    ['', true],
    [undefined, true],
    ['Failed', false],
    ['Failure', false],
    ['False', false],
    [' failed ', false],
  ])('with the result %j succeeded: %j', (ResultStatus, succeeded) => {
    expect(read({ ResultStatus }).succeeded).toBe(succeeded)
  })

  it('takes the tenant of the feed where it names none', () => {
    expect(read({}).tenant).toBe(TENANT)
    expect(read({ OrganizationId: '' }).tenant).toBe(TENANT)
  })
})

describe('where from', () => {
  it.each([
    ['Bind: ClientIPAddress only', { ClientIPAddress: '192.0.2.1' }, '192.0.2.1'],
    ['both: ClientIPAddress', { ClientIP: '2603:1026::1', ClientIPAddress: '192.0.2.1' }, '192.0.2.1'],
    ['cmdlet: ClientIP with a port', { ClientIP: '192.0.2.1:52378' }, '192.0.2.1'],
    ['sign-in: ActorIpAddress', { ActorIpAddress: '[2001:db8::1]:443' }, '2001:db8::1'],
    [
      'the first that is one',
      { ClientIPAddress: '<null>', ClientIP: 'localhost', ActorIpAddress: '192.0.2.9' },
      '192.0.2.9',
    ],
    ['a trailing blank', { ClientIP: '192.0.2.1 ' }, '192.0.2.1'],
    ['none', { ClientIPAddress: '', ClientIP: 17 }, undefined],
  ])('%s', (_, fields, text) => {
    expect(read(fields).address?.text).toBe(text)
  })

  it.each([
    [{ ClientInfoString: 'Client=MSExchangeRPC' }, 'mapi'],
    [{ UserAgent: 'python-requests/2' }, 'other'],
    [{ ClientInfoString: ' ', ActorInfoString: 'Client=REST;;' }, 'rest'],
    [{ ClientInfoString: 5 }, 'other'],
    [{}, undefined],
  ])('%j is of the family %s', (fields, family) => {
    expect(read(fields).client?.family).toBe(family)
  })

  it('has a session of its own, or that of its token', () => {
    expect(read({ SessionId: 'a', AppAccessContext: { AADSessionId: 'b' } }).session).toBe('a')
    expect(read({ AppAccessContext: { AADSessionId: 'b' } }).session).toBe('b')
    expect(read({ SessionId: '', AppAccessContext: 'none' }).session).toBeUndefined()
  })
})

describe('the id', () => {
  it('is the record’s own where that is a GUID', () => {
    expect(read({ Id: base.Id.toUpperCase() }).id).toBe(base.Id)
  })

  it('tells records apart that share a name which is no GUID, or have none', () => {
    for (const Id of ['111-22-33', undefined]) {
      const one = read({ Id, UserId: ANNA }).id
      expect(read({ Id, UserId: ANNA }).id).toBe(one)
      expect(read({ Id, UserId: 'bruno@birchwood.example' }).id).not.toBe(one)
    }
  })

  it('of content too deep to write down is no id, and the record is rejected', () => {
    const deep = JSON.parse(`${'['.repeat(200_000)}${']'.repeat(200_000)}`)
    expect(makeParser(TENANT)({ ...base, Id: 'x', Item: deep })).toEqual({ rejected: 'too-deep' })
    expect(makeParser(TENANT)({ ...base, Item: deep }).record?.id).toBe(base.Id)
  })
})
