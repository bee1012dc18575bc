import { describe, expect, it } from 'vitest'
import { makeParser } from './parse.ts'
import { readSignInClient } from './sign-in.ts'

const OUTLOOK = '5d661950-3475-41cd-a2c3-d671a3162bc1'
const EXCHANGE = '00000002-0000-0ff1-ce00-000000000000'
const SESSION = '15e27956-79a0-45b2-9d02-60f48349f692'
const EDGE =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0'

const base = {
  Id: '0b2d5c1e-7a84-4f0e-9f62-7c9d1e5a3b21',
  Operation: 'UserLoggedIn',
  CreationTime: '2026-11-18T09:12:33',
  RecordType: 15,
  ResultStatus: 'Success',
  UserKey: '2d2f9e2c-8350-4d98-852e-3f06daaf7185',
  UserId: 'Anna@birchwood.example',
  ClientIP: '192.0.2.1',
  ObjectId: EXCHANGE,
  ApplicationId: OUTLOOK.toUpperCase(),
  Target: [{ ID: EXCHANGE, Type: 0 }],
  ExtendedProperties: [
    { Name: 'ResultStatusDetail', Value: 'Success' },
    { Name: 'UserAgent', Value: EDGE },
  ],
  DeviceProperties: [
    { Name: 'OS', Value: 'Windows10' },
    { Name: 'BrowserType', Value: 'Edge' },
    { Name: 'SessionId', Value: SESSION },
  ],
  ErrorNumber: '0',
}

function read(fields: object) {
  const { record } = makeParser('tenant')({ ...base, ...fields })
  if (record === undefined) throw new Error('not read')
  return record
}

describe('a sign-in', () => {
  it('tells its application, resource, session, client and address like any record', () => {
    expect(read({})).toMatchObject({
      actor: 'anna@birchwood.example',
      app: OUTLOOK,
      api: EXCHANGE,
      session: SESSION,
      address: { text: '192.0.2.1' },
      client: { family: 'other', name: 'Edge on Windows', system: 'windows', browser: 'Edge' },
      succeeded: true,
    })
  })

  it('has the session of its token where the device tells none', () => {
    const context = { AppAccessContext: { AADSessionId: SESSION } }
    expect(read({ ...context, DeviceProperties: [] }).session).toBe(SESSION)
    expect(read({ ...context, DeviceProperties: [{ Name: 'SessionId' }] }).session).toBe(SESSION)
    expect(read({ ...context, DeviceProperties: [{ Name: 'SessionId', Value: 'other' }] }).session).toBe(
      'other',
    )
  })

  it.each([
    [[]],
    ['none'],
    [[{ Name: 'SessionId', Value: '' }]],
    [[{ Name: 'SessionId', Value: '00000000-0000-0000-0000-000000000000' }]],
    [[null, 5, {}]],
  ])('has no session with the device properties %j', DeviceProperties => {
    expect(read({ DeviceProperties }).session).toBeUndefined()
  })

  it('names no resource where that is the application itself, or unknown', () => {
    const itself = { ObjectId: OUTLOOK, Target: [{ ID: OUTLOOK, Type: 0 }] }
    expect(read(itself).api).toBeUndefined()
    expect(read({ ObjectId: 'Unknown', Target: [{ ID: 'Unknown', Type: 0 }] }).api).toBeUndefined()
    expect(read({ ObjectId: 'Unknown', Target: [{ ID: EXCHANGE, Type: 0 }] }).api).toBe(EXCHANGE)
  })

  it.each([
    [{}, true],
    [{ ErrorNumber: undefined }, true],
    [{ ErrorNumber: 0 }, true],
    [{ ErrorNumber: '50140' }, false],
    [{ Operation: 'UserLoginFailed' }, false],
    [{ Operation: 'UserLoginFailed', ErrorNumber: '50126', ResultStatus: 'Success' }, false],
    [{ ResultStatus: 'Failed' }, false],
  ])('with %j succeeded: %j', (fields, succeeded) => {
    expect(read(fields).succeeded).toBe(succeeded)
  })

  it('is read from lists in a JSON text, too', () => {
    const lists = {
      ExtendedProperties: JSON.stringify(base.ExtendedProperties),
      DeviceProperties: JSON.stringify(base.DeviceProperties),
    }
    expect(read(lists)).toMatchObject({ session: SESSION, client: { name: 'Edge on Windows' } })
  })

  it('has no client where nothing tells one', () => {
    expect(read({ ExtendedProperties: [], DeviceProperties: [] }).client).toBeUndefined()
  })
})

const client = (userAgent: string, os = '', browser = '') =>
  readSignInClient(`${userAgent}\n${os}\n${browser}`)
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1'

describe('the client of a sign-in', () => {
  it.each([
    [EDGE, 'Edge on Windows', 'windows'],
    [IPHONE, 'Safari on a Mac, iPhone or iPad', 'apple'],
    [IPHONE.replace(/Version\S+/, 'CriOS/142.0'), 'Chrome on a Mac, iPhone or iPad', 'apple'],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0',
      'Firefox on a Mac, iPhone or iPad',
      'apple',
    ],
    [
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/142.0 Safari/537.36',
      'Chrome on Linux or Android',
      'linux',
    ],
    [
      'Mozilla/5.0 (Linux; Android 16; SM-S921B) AppleWebKit/537.36 Chrome/142.0 Mobile Safari/537.36',
      'Chrome on Linux or Android',
      'linux',
    ],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/142.0 Safari/537.36 OPR/120.0',
      'Opera on Windows',
      'windows',
    ],
    ['Outlook/4.2540 CFNetwork/1490.0.4 Darwin/23.2.0', 'Outlook/4.2540', 'apple'],
    ['python-requests/2.32.3', 'python-requests/2.32.3', undefined],
    ['BAV2ROPC', 'BAV2ROPC', undefined],
    ['Mozilla/5.0', 'a program', undefined],
    ['', 'a program', undefined],
  ])('%s is %s', (userAgent, name, system) => {
    const read = client(userAgent)
    expect(read.name).toBe(name)
    expect(read.system).toBe(system)
  })

  it('falls back on what Entra made of it', () => {
    expect(client('', 'Ios 18.1', 'Safari')).toMatchObject({
      name: 'Safari on a Mac, iPhone or iPad',
      system: 'apple',
    })
    expect(client('Mozilla/5.0', 'Windows10', 'Other')).toMatchObject({ name: 'a program on Windows' })
    expect(client('Mozilla/5.0', '', '<b>').name).toBe('a program')
  })

  it('has the agents of tools and libraries', () => {
    expect(client('axios/1.7.9').agent).toMatchObject({ kind: 'library', name: 'axios' })
    expect(client('kali365-live/1.0').agent).toMatchObject({ kind: 'tool', name: 'kali365-live' })
    expect(client(EDGE).agent).toBeUndefined()
  })

  it.each(['Version/1', 'Mozilla/', '(', '\\', ' '])('is read of a long run of %j', part => {
    expect(client(part.repeat(500)).family).toBe('other')
  })
})
