import { describe, expect, it } from 'vitest'
import { makeParser } from '../normalise/parse.ts'
import { directoryAuditBody } from './directory-audits.ts'

const CORRELATION = '9b1c7c52-11f0-4b52-8a67-0c8f5a3e2d10'
const PRINCIPAL = '0e9d8c7b-6a59-4837-a615-243342516070'
const API = '5c4b3a29-1807-4f6e-9d5c-4b3a29180716'
const parse = makeParser('41463f53-8812-40f4-890f-865bf6e35190')

const GRANT = {
  id: `Directory_${CORRELATION}_XH34Q_29215277`,
  category: 'ApplicationManagement',
  correlationId: CORRELATION,
  result: 'success',
  activityDisplayName: 'Add app role assignment to service principal',
  activityDateTime: '2026-11-20T09:02:11.7643129Z',
  loggedByService: 'Core Directory',
  initiatedBy: {
    app: { appId: null, displayName: 'Deploy', servicePrincipalId: PRINCIPAL, servicePrincipalName: null },
  },
  targetResources: [
    {
      id: API,
      displayName: 'Microsoft Graph',
      type: 'ServicePrincipal',
      modifiedProperties: [
        { displayName: 'AppRole.Value', oldValue: null, newValue: '"Mail.Read"' },
        { displayName: 'ServicePrincipal.ObjectID', oldValue: null, newValue: `"${PRINCIPAL}"` },
        { displayName: 'AccountEnabled', oldValue: '[false]', newValue: '[true]' },
        { displayName: 'Odd', oldValue: '"cut', newValue: ['a', 'b'] },
      ],
    },
    { id: PRINCIPAL, displayName: null, type: 'ServicePrincipal', modifiedProperties: [] },
  ],
  additionalDetails: [
    { key: 'User-Agent', value: 'curl/8' },
    { key: 'AppId', value: '00000003-0000-0000-c000-000000000000' },
  ],
}

const changed = (change: object) => parse(directoryAuditBody({ ...GRANT, ...change })).record

describe('a directory audit', () => {
  it('of a user tells what he is called', () => {
    const user = { id: PRINCIPAL, userPrincipalName: 'anna@birchwood.example' }
    const named = (displayName: unknown) =>
      changed({ initiatedBy: { user: { ...user, displayName } } })?.body.ExtendedProperties
    expect(named('Office 365 Exchange Online')).toContainEqual({
      Name: 'InitiatedByDisplayName',
      Value: 'Office 365 Exchange Online',
    })
    expect(JSON.stringify(named(null))).not.toContain('InitiatedBy')
  })

  it('reads as the Management API’s record: service principal as actor, first resource as target', () => {
    expect(changed({})).toMatchObject({
      recordType: 8,
      operation: 'Add app role assignment to service principal',
      actor: `app:serviceprincipal_${PRINCIPAL}`,
      appOnly: true,
      body: {
        ExtendedProperties: expect.arrayContaining([
          {
            Name: 'additionalDetails',
            Value: '{"User-Agent":"curl/8","AppId":"00000003-0000-0000-c000-000000000000"}',
          },
        ]),
        ModifiedProperties: [
          { Name: 'AppRole.Value', NewValue: 'Mail.Read', OldValue: '' },
          { Name: 'ServicePrincipal.ObjectID', NewValue: PRINCIPAL, OldValue: '' },
          { Name: 'AccountEnabled', NewValue: '[true]', OldValue: '[false]' },
          { Name: 'Odd', NewValue: '["a","b"]', OldValue: '"cut' },
        ],
        Target: [
          { ID: `ServicePrincipal_${API}`, Type: 2 },
          { ID: API, Type: 2 },
          { ID: 'ServicePrincipal', Type: 2 },
          { ID: 'Microsoft Graph', Type: 1 },
          { ID: '00000003-0000-0000-c000-000000000000', Type: 2 },
        ],
      },
    })
  })

  it('by a person has his name and address', () => {
    const user = { id: PRINCIPAL, userPrincipalName: 'Anna@birchwood.example', ipAddress: '198.51.100.7' }
    expect(changed({ initiatedBy: { user, app: null } })).toMatchObject({
      actor: 'anna@birchwood.example',
      appOnly: false,
      address: { text: '198.51.100.7' },
    })
  })

  it.each(['failure', 'timeout', 'unknownFutureValue', undefined])('whose result is %s failed', result => {
    expect(changed({ result })?.succeeded).toBe(false)
  })

  it('is named by its correlation, its target and what was handed out, not by Graph’s own id', () => {
    const id = changed({})?.event
    expect(id).toMatch(new RegExp(`^${CORRELATION}#[0-9a-f]{12}$`))
    expect(changed({ id: 'Directory_other', activityDateTime: '2026-11-20T09:02:12Z' })?.event).toBe(id)
    const [api, app] = GRANT.targetResources
    const other = (change: object) => changed({ targetResources: [{ ...api, ...change }, app] })?.event
    const role = [{ displayName: 'AppRole.Value', oldValue: null, newValue: '"Mail.Send"' }]
    const ids = [
      other({ id: PRINCIPAL }),
      other({ modifiedProperties: role }),
      changed({ result: 'failure' })?.event,
    ]
    expect(new Set([id, ...ids]).size).toBe(4)
    expect(changed({ correlationId: '00000000-0000-0000-0000-000000000000' })?.event).not.toContain('#0000')
  })

  it('of Privileged Identity Management names all that it is about', () => {
    const targetResources = [
      { id: API, displayName: 'Global Administrator', type: 'Role' },
      { id: PRINCIPAL, userPrincipalName: 'anna@birchwood.example', type: 'User' },
    ]
    expect(changed({ loggedByService: 'PIM', targetResources })?.body.Target).toEqual(
      expect.arrayContaining([
        { ID: 'Global Administrator', Type: 1 },
        { ID: 'anna@birchwood.example', Type: 5 },
      ]),
    )
  })

  it.each([
    [undefined],
    ['text'],
    [[]],
    [{}],
    [{ ...GRANT, activityDateTime: 'yesterday' }],
    [{ ...GRANT, activityDisplayName: '' }],
  ])('is not made of %j', entry => {
    expect(directoryAuditBody(entry)).toBeUndefined()
  })

  it('survives every field being of another kind', () => {
    for (const name of Object.keys(GRANT))
      for (const value of [null, 7, 'x', [], {}, [{ a: 1 }], [null], [[]], true])
        expect(() => directoryAuditBody({ ...GRANT, [name]: value })).not.toThrow()
  })
})
