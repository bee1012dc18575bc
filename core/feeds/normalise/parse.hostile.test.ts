import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeParser } from './parse.ts'

const TENANT = '6f9a7c52-0d2e-4b7a-9a51-2f6f3c1f9a10'

const base = {
  Id: '0b2d5c1e-7a84-4f0e-9f62-7c9d1e5a3b21',
  Operation: 'MailItemsAccessed',
  CreationTime: '2026-11-18T09:12:33',
  RecordType: 50,
}

const NAMES = [
  ...['Id', 'id', 'Operation', 'operation', 'CreationTime', 'RecordType', 'UserType', 'UserId', 'UserKey'],
  ...['AppId', 'ClientAppId', 'AppAccessContext', 'MailboxOwnerUPN', 'MailboxOwnerSid', 'LogonUserSid'],
  ...['ClientIP', 'ClientIPAddress', 'ClientInfoString', 'ActorInfoString', 'UserAgent', 'SessionId'],
  ...['OrganizationId', 'ResultStatus', '__proto__', 'constructor', 'toString'],
]

/** Any JSON under the names that are read, in any case, as text: so `__proto__` becomes a field like any other. */
const anything = fc
  .array(
    fc.tuple(
      fc.constantFrom(...NAMES),
      fc.oneof(
        fc.json(),
        fc.string().map(text => JSON.stringify(text)),
      ),
    ),
  )
  .map(fields => JSON.parse(`{${fields.map(([name, json]) => `${JSON.stringify(name)}:${json}`).join(',')}}`))
const likely = anything.map(fields => ({ CreationTime: base.CreationTime, operation: 'Send', ...fields }))

describe('any JSON', () => {
  it('is read or rejected, and never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), anything, likely), raw => {
        const { record, rejected } = makeParser(TENANT)(raw)
        expect(record === undefined).toBe(rejected !== undefined)
        expect(({} as { admin?: unknown }).admin).toBeUndefined()
      }),
      { numRuns: 500 },
    )
  })

  it('is read the same again, by the same reader and from the body it gave', () => {
    const parse = makeParser(TENANT)
    fc.assert(
      fc.property(likely, raw => {
        const once = parse(raw)
        expect(parse(raw)).toEqual(once)
        if (once.record !== undefined) expect(parse(once.record.body)).toEqual(once)
      }),
    )
  })

  it.each(NAMES)('of a megabyte under %s is read at once', name => {
    for (const part of ['x', '[AppId=', '[', ':', '@', ' x']) {
      const raw = JSON.parse(
        `{${JSON.stringify(name)}:${JSON.stringify(part.repeat(1_000_000 / part.length))}}`,
      )
      const { record } = makeParser(TENANT)({ ...base, ...raw })
      for (const kept of [record?.actor, record?.app, record?.session, record?.mailbox, record?.tenant])
        expect(kept?.length ?? 0).toBeLessThanOrEqual(204)
    }
  })
})
