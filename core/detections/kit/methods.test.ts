import { describe, expect, it } from 'vitest'
import { directoryRecord, userNames } from '../../../test/support/record-directory.ts'
import { guid, person } from '../../../test/support/records.ts'
import { makeParser } from '../../feeds/normalise/parse.ts'
import { newMethod } from './methods.ts'

const anna = person('anna')

function read(operation: string, given: Parameters<typeof directoryRecord>[1] = {}) {
  const raw = directoryRecord(operation, { by: anna, target: userNames(anna), ...given })
  const { record } = makeParser('tenant')(raw)
  if (record === undefined) throw new Error('not read')
  return newMethod(record)
}

const app = (name: string, seen = '2026-11-18T09:00:00Z') => ({
  DeviceName: 'iPhone',
  DeviceToken: 'apns2-0011',
  DeviceId: '00000000-0000-0000-0000-000000000000',
  Id: guid(name),
  LastAuthenticatedTimestamp: seen,
})
const update = (name: string, before: unknown, after: unknown) =>
  read('Update user', { modified: { [name]: [JSON.stringify(before), JSON.stringify(after)] } })

describe('a new method', () => {
  it.each([
    ['User registered security info', 'a sign-in method'],
    ['User registered all required security info', 'a sign-in method'],
    ['User updated security info', 'a sign-in method'],
    ['Admin registered security info', 'a sign-in method'],
    ['User changed default security info', 'another default method'],
    ['Register device', 'a device'],
    ['Add registered owner to device', 'a device'],
    ['Add registered users to device', 'a device'],
  ])('is told by %s', (operation, what) => {
    expect(read(operation)).toEqual({ user: anna, what })
  })

  it.each([
    ['StrongAuthenticationPhoneAppDetail', [], [app('phone')], 'an authenticator app'],
    [
      'StrongAuthenticationPhoneAppDetail',
      [app('phone')],
      [app('phone'), app('other')],
      'an authenticator app',
    ],
    ['StrongAuthenticationPhoneAppDetail', [app('phone')], [app('other')], 'an authenticator app'],
    [
      'StrongAuthenticationMethod',
      [{ MethodType: 6 }],
      [{ MethodType: 6 }, { MethodType: 7 }],
      'a sign-in method',
    ],
    [
      'StrongAuthenticationUserDetails',
      [{ PhoneNumber: '+44 1' }],
      [{ PhoneNumber: '+44 2' }],
      'a phone number or address',
    ],
  ])('is told by %s from %j to %j', (name, before, after, what) => {
    expect(update(name, before, after)).toEqual({ user: anna, what })
  })

  it.each([
    ['StrongAuthenticationPhoneAppDetail', [app('phone')], [app('phone', '2026-11-19T09:00:00Z')]],
    ['StrongAuthenticationPhoneAppDetail', [app('phone'), app('other')], [app('phone')]],
    ['StrongAuthenticationMethod', [{ MethodType: 6, Default: true }], [{ MethodType: 6, Default: false }]],
    ['StrongAuthenticationUserDetails', [{ PhoneNumber: '+44 1' }], [{ PhoneNumber: '+44 1', Email: null }]],
    ['StrongAuthenticationRequirement', [], [{ State: 1 }]],
    ['DisplayName', ['Anna'], ['Anne']],
  ])('is not told by %s from %j to %j', (name, before, after) => {
    expect(update(name, before, after)).toBeUndefined()
  })

  it('is not told by other operations and failures', () => {
    expect(read('User deleted security info')).toBeUndefined()
    expect(read('User started security info registration')).toBeUndefined()
    expect(read('User registered security info', { change: { ResultStatus: 'Failure' } })).toBeUndefined()
  })

  it('is the target’s, also where one of Entra’s services does it', () => {
    const service = { UserId: `ServicePrincipal_${guid('registration')}`, UserType: 4 }
    const device = [{ ID: guid('laptop'), Type: 2 }]
    expect(read('Register device', { change: service })?.user).toBe(anna)
    expect(
      read('Register device', { change: service, target: device, object: anna.toUpperCase() })?.user,
    ).toBe(anna)
    expect(read('Register device', { target: device })?.user).toBe(anna)
    expect(read('Register device', { change: service, target: device })).toBeUndefined()
  })
})
