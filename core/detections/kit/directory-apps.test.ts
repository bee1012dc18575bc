import { describe, expect, it } from 'vitest'
import {
  application,
  appRole,
  CRM,
  consent,
  createdPrincipal,
  delegatedGrant,
  directoryRecord,
  registration,
} from '../../../test/support/record-apps.ts'
import { person } from '../../../test/support/records.ts'
import { actorIds, appKey, appLabel, directoryApp, isProvisioning, noted, toldOf } from './directory-apps.ts'

const anna = person('anna')

describe('the application of a record', () => {
  it.each([
    ['its target', consent('Mail.Read'), { appId: CRM.appId, objectId: CRM.principal, name: 'CRM' }],
    [
      'its target, a registration',
      directoryRecord('Update application.', registration(CRM), {}),
      { appId: CRM.appId, objectId: CRM.registration, name: 'CRM' },
    ],
    [
      'the one that gets a role, not the API',
      appRole('Mail.Read'),
      { appId: CRM.appId, objectId: CRM.principal, name: 'CRM' },
    ],
    ['an object id alone, of a grant', delegatedGrant('Mail.Read'), { objectId: CRM.principal }],
    [
      'the object of a record without target',
      directoryRecord('Add service principal.', [], {}, { change: { ObjectId: CRM.appId.toUpperCase() } }),
      { appId: CRM.appId },
    ],
    ['nobody', {}, {}],
  ])('is %s', (_, raw, app) => {
    expect(directoryApp(raw)).toEqual({ appId: undefined, objectId: undefined, name: undefined, ...app })
  })

  it('is counted under its id, else its object, else its name, cut short', () => {
    expect(appKey({ appId: 'a', objectId: 'o', name: 'n' })).toBe('a')
    expect(appKey({ objectId: 'o', name: 'n' })).toBe('o')
    expect(appKey({ name: 'n'.repeat(300) })).toHaveLength(100)
    expect(appKey({})).not.toBe('')
  })
})

describe('notes', () => {
  it.each([
    [{ name: 'CRM', appId: 'a' }, '"CRM" (a)'],
    [{ name: 'CRM' }, '"CRM"'],
    [{ objectId: 'o' }, 'the application o'],
    [{}, 'the application without a name'],
  ])('name %j as %s', (app, label) => {
    expect(appLabel(app)).toBe(label)
  })

  it('name the application that acted by itself', () => {
    const raw = appRole('Mail.Read', { byApp: application('Robot') })
    expect(noted({ appOnly: true, body: raw }, { name: 'CRM' }, 'x')).toBe('"CRM": x (by "Robot")')
    expect(noted({ appOnly: false, body: raw }, { name: 'CRM' }, 'x')).toBe('"CRM": x')
  })

  it.each([
    [['"CRM" (a-1): x', '"CRM" (a-1): y'], '"CRM" (a-1)', 'x and y'],
    [['the application o-1: x', '"CRM" (a-1): x'], '"CRM" (a-1)', 'x'],
    [['the application o-1: x: y'], 'the application o-1', 'x: y'],
    [['"A "B": C" (a-1): x'], '"A "B"', 'C" (a-1): x'],
    [['bare'], 'an application', 'bare'],
    [[], 'an application', ''],
  ])('%j are told of %s: %s', (notes, app, what) => {
    expect(toldOf(notes)).toEqual({ app, what })
  })
})

describe('Microsoft’s own provisioning', () => {
  const JIT = 'Microsoft Azure AD Internal - Jit Provisioning'
  const named = (name: string, more: readonly object[] = []) => ({ Actor: [{ ID: name, Type: 1 }, ...more] })
  const behind = [
    { ID: `ServicePrincipal_${CRM.principal}`, Type: 2 },
    { ID: 'ServicePrincipal', Type: 2 },
  ]
  const msi = 'ef5d5c69-a5df-46bb-acaf-426f161a21a2'

  it.each<[string, object, number | undefined, boolean]>([
    ['its full name, with the type of a system', named(JIT, [{ ID: 'Other', Type: 2 }]), 4, true],
    ['its name, with a person’s type', named(JIT), 0, false],
    ['its name, without a type', named(JIT), undefined, false],
    ['its name, with a service principal behind it', named(JIT, behind), 4, false],
    ['a name that holds its name', named(`${JIT} 2`), 4, false],
    ['an application’s id', createdPrincipal({ byApp: application('x', msi) }), 4, true],
    [
      'an application’s id among the properties',
      directoryRecord('x', [], {
        'ActorId.ServicePrincipalNames': ['', `${msi.toUpperCase()};https://x.example`],
      }),
      4,
      true,
    ],
    [
      'an application’s name with another id',
      createdPrincipal({ byApp: application('Managed Service Identity') }),
      4,
      false,
    ],
    ['a person', createdPrincipal(), 0, false],
  ])('by %s: %#', (_, raw, userType, is) => {
    expect(isProvisioning(raw, userType)).toBe(is)
  })
})

describe('the one who acted', () => {
  it('is known by name and by object', () => {
    const raw = createdPrincipal()
    expect(actorIds(raw)).toEqual([anna, expect.stringMatching(/^[0-9a-f-]{36}$/), anna])
  })
})
