import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CRM, permissions } from '../../../test/support/record-apps.ts'
import { guid, person } from '../../../test/support/records.ts'
import { newGrants, refusal } from './consent.ts'

const anna = person('anna')
const body = (values: Readonly<Record<string, unknown>>) => ({
  ModifiedProperties: Object.entries(values).map(([Name, NewValue]) => ({ Name, NewValue, OldValue: '' })),
})
const text = (written: unknown) => newGrants(body({ 'ConsentAction.Permissions': written }))
const delegated = (oldValue: string, newValue: string, ConsentType = 'Principal') =>
  newGrants({
    ModifiedProperties: [
      { Name: 'DelegatedPermissionGrant.Scope', OldValue: oldValue, NewValue: newValue },
      { Name: 'DelegatedPermissionGrant.ConsentType', OldValue: '', NewValue: ConsentType },
      { Name: 'ServicePrincipal.ObjectID', OldValue: '', NewValue: CRM.principal.toUpperCase() },
    ],
  })

describe('the grants of a consent', () => {
  it('are the new scopes without the old, grant by grant', () => {
    const written = permissions(CRM, anna, [
      { scopes: 'User.Read Mail.Read', before: 'User.Read' },
      { scopes: 'Mail.Read', before: 'Mail.Read', resource: 'Exchange' },
      { scopes: 'Mail.Read', forAll: true },
    ])
    expect(text(written)).toEqual([
      { client: CRM.principal, tenantWide: false, scopes: ['mail.read'] },
      { client: CRM.principal, tenantWide: true, scopes: ['mail.read'] },
    ])
  })

  it('may be in several transitions of one text', () => {
    const one = permissions(CRM, anna, [{ scopes: 'Mail.Read' }])
    const two = permissions(CRM, anna, [
      { scopes: 'Mail.Send Mail.Read', before: 'Mail.Read', resource: 'x' },
    ])
    expect(text(`${one}${two}`).flatMap(({ scopes }) => scopes)).toEqual(['mail.read', 'mail.send'])
  })

  it.each([
    ['', []],
    ['[] => []; ', []],
    ['nonsense', []],
    ['[[Scope: Mail.Read', ['mail.read']],
    ['[] => [[Scope: https://outlook.office.example/IMAP.AccessAsUser.All]]; ', ['imap.accessasuser.all']],
    ['[] => [[ConsentType: Principal, Scope:   a  b a , X: ]]', ['a', 'b']],
  ])('of %j are %j', (written, scopes) => {
    expect(text(written).flatMap(grant => grant.scopes)).toEqual(scopes)
  })

  it('of any scopes, old and new, in any order, are the difference', () => {
    const scope = fc.stringMatching(/^[A-Z][a-z]{1,6}(\.[A-Z][a-z]{1,6}){1,2}$/)
    fc.assert(
      fc.property(fc.uniqueArray(scope), fc.uniqueArray(scope, { minLength: 1 }), (before, after) => {
        const written = permissions(CRM, anna, [{ before: before.join(' '), scopes: after.join('  ') }])
        const had = new Set(before.map(one => one.toLowerCase()))
        const expected = new Set(after.map(one => one.toLowerCase()).filter(one => !had.has(one)))
        expect(new Set(text(written).flatMap(grant => grant.scopes))).toEqual(expected)
      }),
    )
  })

  it('belong to the target where the text names no client, or nobody', () => {
    const target = { Target: [{ ID: `ServicePrincipal_${CRM.principal}`, Type: 2 }] }
    const of = (client: string) => ({
      ...body({ 'ConsentAction.Permissions': `[] => [[${client}Scope: a]]` }),
      ...target,
    })
    expect(newGrants(of(''))[0]?.client).toBe(CRM.principal)
    expect(newGrants(of('ClientId: 00000000-0000-0000-0000-000000000000, '))[0]?.client).toBe(CRM.principal)
    expect(newGrants(of(`ClientId: ${guid('x').toUpperCase()}, `))[0]?.client).toBe(guid('x'))
    expect(text('[[Scope: a]]')[0]?.client).toBe('unknown')
  })

  it('are for everybody by the context where the text does not say', () => {
    const of = (all: string) =>
      newGrants(
        body({ 'ConsentAction.Permissions': '[] => [[Scope: a]]', 'ConsentContext.OnBehalfOfAll': all }),
      )[0]?.tenantWide
    expect([of('True'), of('False')]).toEqual([true, false])
  })
})

describe('a delegated grant', () => {
  it('is the new scopes without the old', () => {
    expect(delegated(' User.Read', ' User.Read Mail.ReadWrite', 'AllPrincipals')).toEqual([
      { client: CRM.principal, tenantWide: true, scopes: ['mail.readwrite'] },
    ])
    expect(delegated('"User.Read Mail.Read"', '"Mail.Read"')).toEqual([])
    expect(delegated('', '')).toEqual([])
  })
})

describe('a refusal', () => {
  it('is told by the status or by the exception, with the reason in words', () => {
    const exception = { 'MethodExecutionResult.': 'Microsoft.Online.Security.UserConsentDisabledException' }
    expect(refusal(body({}), true)).toBeUndefined()
    expect(refusal(body({}), false)).toBe('no reason recorded')
    expect(refusal(body(exception), true)).toBe('UserConsentDisabledException')
    expect(refusal(body({ ...exception, 'ConsentAction.Reason': 'Risky application detected' }), false)).toBe(
      'Risky application detected',
    )
    expect(refusal(body({ 'MethodExecutionResult.': 'Success' }), true)).toBeUndefined()
  })
})
