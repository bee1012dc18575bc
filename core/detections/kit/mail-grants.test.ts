import { describe, expect, it } from 'vitest'
import { application, appRole, consent, delegatedGrant } from '../../../test/support/record-apps.ts'
import type { RawRecord } from '../../../test/support/records.ts'
import { assignedRole, isGrant, mailGranted } from './mail-grants.ts'

const given = (body: RawRecord, succeeded = true) => mailGranted({ body, succeeded })

describe('what a record gives an application', () => {
  it.each([
    ['a role', appRole('Mail.Read'), ['Mail.Read']],
    ['a role that leads to others', appRole('Application.ReadWrite.All'), ['Application.ReadWrite.All']],
    ['scopes', consent('User.Read Mail.Send Mail.Read'), ['Mail.Send', 'Mail.Read']],
    ['a delegated scope', delegatedGrant('Mail.Read', { before: 'User.Read' }), ['Mail.Read']],
    ['another role', appRole('User.Read.All'), []],
    ['a role of an API of your own', appRole('Mail.Read', { api: application('x') }), []],
    ['other scopes', consent('User.Read'), []],
    ['nothing', {}, []],
  ])('is %s', (_, raw, names) => {
    expect(given(raw)).toEqual(names)
  })

  it('is nothing where it failed', () => {
    expect(given(appRole('Mail.Read'), false)).toEqual([])
    expect(given(consent('Mail.Read'), false)).toEqual([])
  })
})

describe('an assigned role', () => {
  it('belongs to the API, also where only its addresses are told', () => {
    const raw = appRole('Mail.Read', {
      change: { Target: [], ObjectId: 'https://graph.example;00000003-0000-0000-c000-000000000000' },
    })
    expect(assignedRole(raw)?.name).toBe('Mail.Read')
    expect(assignedRole({ ...raw, ObjectId: 'https://post-room.example' })).toBeUndefined()
  })
})

it('operations that grant are told from others', () => {
  expect(
    ['Add OAuth2PermissionGrant', 'Remove delegated permission grant', 'constructor'].map(isGrant),
  ).toEqual([true, false, false])
})
