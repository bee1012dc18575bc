import { describe, expect, it } from 'vitest'
import { CRM, directoryRecord, registration, user, written } from '../../../test/support/record-apps.ts'
import { person } from '../../../test/support/records.ts'
import { newOwner, riskyChanges, riskyConsentAllowed } from './app-changes.ts'

const anna = person('anna')
const update = (name: string, was: unknown, now: unknown) =>
  directoryRecord('Update application.', registration(CRM), { [name]: [was, now] })
const address = (Address: string) => ({ AddressType: 0, Address, IsReplyAddressDefault: false })

describe('a new owner', () => {
  it('is somebody else than who added him, by name or by object', () => {
    expect(newOwner(directoryRecord('x', user('Bruno@birchwood.example'), {}))).toBe(
      'bruno@birchwood.example',
    )
    expect(newOwner(directoryRecord('x', user(anna), {}))).toBeUndefined()
    expect(newOwner(directoryRecord('x', user(anna).slice(0, 3), {}))).toBeUndefined()
    expect(newOwner(directoryRecord('x', [], {}, { change: { ObjectId: 'bruno@birchwood.example' } }))).toBe(
      'bruno@birchwood.example',
    )
    expect(newOwner({})).toBeUndefined()
  })
})

describe('a risky change', () => {
  it.each<[string, unknown, unknown, readonly string[]]>([
    ['AppAddress', '[]', written(address('https://a.example')), ['sign-in address https://a.example added']],
    ['appaddress', null, '"https://a.example"', ['sign-in address https://a.example added']],
    ['AppAddress', '[]', written(address('http://localhost:1')), []],
    [
      'AppAddress',
      '[]',
      written(address('http://localhost.a.example')),
      ['sign-in address http://localhost.a.example added'],
    ],
    ['AppAddress', written(address('https://a.example')), '[]', []],
    ['AppAddress', '[]', written({}, null), []],
    ['RequiredResourceAccess', '', 'no JSON', []],
    ['RequiredResourceAccess', '[]', '[{"RequiredAppPermissions":[null,{}]},null]', []],
    ['AvailableToOtherTenants', '[false]', '[true]', ['opened to other tenants']],
    ['AvailableToOtherTenants', '"False"', '"True"', ['opened to other tenants']],
    ['AvailableToOtherTenants', '[true]', '[true]', []],
    ['ServicePrincipalLockConfiguration', '[{"IsEnabled":true}]', '[]', ['property lock taken off']],
    [
      'ServicePrincipalLockConfiguration',
      '{"isEnabled":"True"}',
      '{"isEnabled":"False"}',
      ['property lock taken off'],
    ],
    ['ServicePrincipalLockConfiguration', '[]', '[{"IsEnabled":true}]', []],
    ['DisplayName', 'a', 'b', []],
  ])('of %s from %j to %j is %j', (name, was, now, changes) => {
    expect(riskyChanges(update(name, was, now))).toEqual(changes)
  })

  it('of sign-in addresses is none on a new registration', () => {
    expect(riskyChanges(update('AppAddress', '[]', written(address('https://a.example'))), true)).toEqual([])
  })
})

describe('the consent policy', () => {
  it.each([
    ['[\r\n  false\r\n]', '[\r\n  true\r\n]', true],
    ['[true]', '[false]', false],
    ['[true]', '[true]', false],
  ])('from %j to %j lets risky applications in: %j', (was, now, allowed) => {
    expect(riskyConsentAllowed(update('AllowUserConsentForRiskyApps', was, now))).toBe(allowed)
  })
})
