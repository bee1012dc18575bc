import { describe, expect, it } from 'vitest'
import { inboxRule } from '../../../test/support/record-rules.ts'
import { TENANT } from '../../../test/support/records.ts'
import { makeParser } from '../../feeds/normalise/parse.ts'
import { isSystemActor } from './system-actors.ts'

const SERVICE_HOST = 'NT AUTHORITY\\SYSTEM (Microsoft.Exchange.ServiceHost)'

function judged(UserId: string, UserType: unknown): boolean {
  const { record, rejected } = makeParser(TENANT)(inboxRule({}, { change: { UserId, UserType } }))
  if (record === undefined) throw new Error(rejected)
  return isSystemActor(record)
}

describe('a process of Exchange', () => {
  it.each([
    [SERVICE_HOST, 3],
    [SERVICE_HOST.toUpperCase(), 4],
    [SERVICE_HOST, '3'],
    ['NT AUTHORITY\\SYSTEM (Microsoft.Exchange.AdminApi.NetCore)', 3],
    ['NT AUTHORITY\\SYSTEM (w3wp)', 3],
  ])('is %s of type %j', (name, type) => {
    expect(judged(name, type)).toBe(true)
  })

  it.each([
    ['the name with the type of an administrator', SERVICE_HOST, 2],
    ['the name without a type', SERVICE_HOST, undefined],
    ['a name that begins like it', `${SERVICE_HOST} 2`, 3],
    ['a name that contains it', `${SERVICE_HOST}@birchwood.example`, 3],
    ['a part of the name', 'NT AUTHORITY\\SYSTEM', 3],
    ['a partner technician', 'tenant: a, object: b', 9],
    ['the type with another name', 'anna@birchwood.example', 3],
  ])('is not %s', (_, name, type) => {
    expect(judged(name, type)).toBe(false)
  })
})
