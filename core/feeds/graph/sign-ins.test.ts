import { describe, expect, it } from 'vitest'
import { makeParser } from '../normalise/parse.ts'
import { signInBody } from './sign-ins.ts'

const ID = '6f3a2c1d-0b5e-4d7a-9c8f-1e2d3c4b5a69'
const PRINCIPAL = '0e9d8c7b-6a59-4837-a615-243342516070'
const APP = '1fec8e78-bce4-4aaf-ab1b-5451cc387264'
const parse = makeParser('41463f53-8812-40f4-890f-865bf6e35190')

const USER = {
  id: ID,
  createdDateTime: '2026-11-20T09:02:11.7654321Z',
  userPrincipalName: 'Anna@Birchwood.example',
  userId: '2b1c0d9e-8f7a-4b6c-8d5e-4f3a2b1c0d9e',
  appId: APP,
  ipAddress: '2001:db8::7',
  userAgent: 'Mozilla/5.0',
  isInteractive: true,
  resourceId: '00000003-0000-0000-c000-000000000000',
  status: { errorCode: 0, failureReason: 'Other.' },
  deviceDetail: { operatingSystem: 'Windows10', browser: 'Edge 142', isCompliant: null },
}

describe('a sign-in', () => {
  it('of a person reads as the Management API’s', () => {
    const { record } = parse(signInBody(USER))
    expect(record).toMatchObject({
      operation: 'UserLoggedIn',
      recordType: 15,
      actor: 'anna@birchwood.example',
      appOnly: false,
      succeeded: true,
      at: Date.UTC(2026, 10, 20, 9, 2, 11) / 1000,
      address: { text: '2001:db8::7' },
      body: {
        ApplicationId: APP,
        ErrorNumber: '0',
        DeviceProperties: [
          { Name: 'OS', Value: 'Windows10' },
          { Name: 'BrowserType', Value: 'Edge 142' },
        ],
      },
    })
    expect(record?.body.ExtendedProperties).toContainEqual({ Name: 'IsInteractive', Value: 'True' })
  })

  it('keeps what Graph alone knows of it', () => {
    const body = signInBody({
      ...USER,
      authenticationProtocol: 'deviceCode',
      autonomousSystemNumber: 64500,
      location: { countryOrRegion: 'NL' },
      riskLevelDuringSignIn: 'high',
      riskState: 'atRisk',
      riskEventTypes_v2: ['attackerinTheMiddle', 7, null],
    })
    expect(body?.ExtendedProperties).toEqual(
      expect.arrayContaining([
        { Name: 'AuthenticationProtocol', Value: 'deviceCode' },
        { Name: 'AutonomousSystemNumber', Value: '64500' },
        { Name: 'CountryOrRegion', Value: 'NL' },
        { Name: 'RiskLevelDuringSignIn', Value: 'high' },
        { Name: 'RiskState', Value: 'atRisk' },
        { Name: 'RiskEventTypes', Value: 'attackerinTheMiddle,7' },
      ]),
    )
  })

  it('that failed says so, with its number', () => {
    const failed = { ...USER, status: { errorCode: 65004, failureReason: 'User declined to consent.' } }
    expect(parse(signInBody(failed)).record).toMatchObject({
      operation: 'UserLoginFailed',
      succeeded: false,
      body: { ErrorNumber: '65004', LogonError: 'User declined to consent.' },
    })
  })

  it('of an application is the application’s own', () => {
    const { userId: _, userPrincipalName: __, ...rest } = USER
    const { record } = parse(
      signInBody({
        ...rest,
        servicePrincipalId: PRINCIPAL,
        servicePrincipalName: 'Mail sync',
        servicePrincipalCredentialKeyId: ID.toUpperCase(),
        federatedCredentialId: '',
      }),
    )
    expect(record?.body.ExtendedProperties).toContainEqual({
      Name: 'ServicePrincipalCredentialKeyId',
      Value: ID,
    })
    expect(record).toMatchObject({
      api: '00000003-0000-0000-c000-000000000000',
      succeeded: true,
      operation: 'ServicePrincipalLoggedIn',
      actor: `app:${APP}`,
      app: APP,
      appOnly: true,
    })
  })

  it('published again is the same event', () => {
    const again = { ...USER, riskState: 'atRisk', authenticationRequirement: 'multiFactorAuthentication' }
    const event = parse(signInBody(USER)).record?.event
    expect(event).toMatch(new RegExp(`^${ID}#`))
    expect(parse(signInBody(again)).record?.event).toBe(event)
  })

  it.each([
    [undefined],
    ['text'],
    [[]],
    [{}],
    [{ ...USER, createdDateTime: 'yesterday' }],
    [{ ...USER, id: '' }],
    [{ id: ID, createdDateTime: USER.createdDateTime, appId: APP }],
  ])('is not made of %j', entry => {
    expect(signInBody(entry)).toBeUndefined()
  })

  it('survives every field being of another kind', () => {
    for (const name of Object.keys(USER))
      for (const value of [null, 7, 'x', [], {}, [{ a: 1 }], true])
        expect(() => signInBody({ ...USER, [name]: value })).not.toThrow()
  })
})
