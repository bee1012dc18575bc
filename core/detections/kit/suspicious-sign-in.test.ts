import { describe, expect, it } from 'vitest'
import {
  BROKER,
  EDGE,
  ERRORS,
  OFFICE_HOME,
  RESOURCES,
  signIn as raw,
  type SignInEvent,
} from '../../../test/support/record-sign-ins.ts'
import { at, bind, guid, messages, OWN_DOMAIN, person, TENANT } from '../../../test/support/records.ts'
import { makeParser } from '../../feeds/normalise/parse.ts'
import type { TenantFacts } from '../../model/detection.ts'
import { tenantFacts } from '../../pipeline/tenant-domains.ts'
import { signIn } from './sign-in.ts'
import { signInAppKind, signInAppName } from './sign-in-apps.ts'
import { suspiciousSignIn } from './suspicious-sign-in.ts'

const FACTS = tenantFacts(TENANT, new Set([OWN_DOMAIN]), true)

function read(wire: object) {
  const { record } = makeParser(TENANT)(wire)
  if (record === undefined) throw new Error('not read')
  return record
}
const judge = (event: SignInEvent, facts: TenantFacts = FACTS) => suspiciousSignIn(read(raw(event)), facts)

const KIT = { app: OFFICE_HOME, resource: OFFICE_HOME, userAgent: 'axios/1.7.9' }
const CODE = { app: BROKER, resource: RESOURCES.graph, request: 'Cmsi:Cmsi' }

describe('a suspicious sign-in', () => {
  it.each([
    [{ userAgent: 'TeamFiltration' }, 'tool'],
    [KIT, 'kit'],
    [CODE, 'broker-code'],
    [{ ...CODE, app: guid('any') }, 'device-code'],
    [{ app: guid('any'), userAgent: 'curl/8' }, 'script'],
    [
      { app: guid('any'), userAgent: undefined, browser: '', request: 'OAuth2:Token', method: '1' },
      'password',
    ],
    [{ userAgent: 'BAV2ROPC', request: 'OAuth2:Token', method: '1' }, 'legacy'],
    [{ error: ERRORS.disabled }, 'disabled'],
    [{}, undefined],
  ])('%j is %s', (event: SignInEvent, suspicion) => {
    expect(judge(event)).toBe(suspicion)
  })

  it('of a network or an application somebody vouched for is none, except with a tool', () => {
    const network = { ...FACTS, isTrustedNetwork: () => true }
    const app = { ...FACTS, isTrustedApp: () => true }
    for (const facts of [network, app]) {
      for (const event of [KIT, CODE, { userAgent: 'BAV2ROPC' }, { error: ERRORS.disabled }])
        expect(judge(event, facts)).toBeUndefined()
      expect(judge({ userAgent: 'TeamFiltration' }, facts)).toBe('tool')
    }
  })

  it('is no other record', () => {
    const mail = bind({ mailbox: person('anna'), at: at('09:05'), messages: messages(1) })
    expect(suspiciousSignIn(read({ ...mail, UserAgent: 'TeamFiltration' }), FACTS)).toBeUndefined()
  })
})

describe('a sign-in', () => {
  it('tells what its lists hold', () => {
    const event = {
      app: BROKER,
      resource: RESOURCES.graph,
      request: 'OAuth2:Token',
      method: '9',
      device: 'pc',
    }
    expect(signIn(read(raw({ ...event, correlation: 'one' })))).toMatchObject({
      app: BROKER,
      resource: RESOURCES.graph,
      userAgent: EDGE,
      requestType: 'oauth2:token',
      method: '9',
      device: guid('pc'),
      error: 0,
      correlation: guid('one'),
    })
  })

  it('tells nothing where the lists are missing', () => {
    const bare = { ExtendedProperties: undefined, DeviceProperties: 'none', InterSystemsId: null }
    expect(signIn(read(raw({ change: { ...bare, ErrorNumber: '' } })))).toMatchObject({
      userAgent: '',
      requestType: undefined,
      device: undefined,
      error: 0,
      correlation: undefined,
    })
    expect(signIn(read(raw({ change: { ApplicationId: '' } })))).toBeUndefined()
  })

  it('knows no device by an id of noughts', () => {
    const DeviceProperties = [{ Name: 'Id', Value: '00000000-0000-0000-0000-000000000000' }]
    expect(signIn(read(raw({ change: { DeviceProperties } })))?.device).toBeUndefined()
  })
})

describe('an application that is signed in to', () => {
  it.each([
    [BROKER, 'developer', `Microsoft Authentication Broker (${BROKER})`],
    [
      '27922004-5251-4030-b22d-91ecd9a37ea4',
      'mail-program',
      'the application 27922004-5251-4030-b22d-91ecd9a37ea4',
    ],
    [
      '22098786-6e16-43cc-a27d-191a01a1e3b5',
      'family',
      'the application 22098786-6e16-43cc-a27d-191a01a1e3b5',
    ],
    [OFFICE_HOME, 'other', `Office home page (${OFFICE_HOME})`],
  ])('%s is a %s: %s', (app, kind, name) => {
    expect(signInAppKind(app)).toBe(kind)
    expect(signInAppName(app)).toBe(name)
  })
})
