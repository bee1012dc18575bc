import { describe, expect, it } from 'vitest'
import { activityEntry, type GraphCall, makeRandom } from '../../../emulator/index.ts'
import { makeParser } from '../normalise/parse.ts'
import { activityBody } from './body.ts'
import { NOON, TENANT } from './feed.test-kit.ts'

const APP = 'd3590ed6-52b3-4102-aeff-aad2292ab01c'
const ANNA = '0d3b7f52-64f0-4a52-9d58-6e1c1f1d5a11'
const BRUNO = '5a1e0c52-6f0d-4f39-9a0c-0d3c1f7f7a01'
const parse = makeParser('another tenant')

const entry = (call: Partial<GraphCall>) =>
  activityEntry(
    { random: makeRandom('body'), tenantId: TENANT },
    { at: NOON * 1000, path: '/v1.0/me', appId: APP, ...call },
  )
const recordOf = (call: Partial<GraphCall>) => {
  const { record } = parse(activityBody(entry(call)))
  if (record === undefined) throw new Error('The record was rejected')
  return record
}

describe('a request', () => {
  it('is a record under its own id', () => {
    const { properties } = entry({})
    expect(
      recordOf({
        userId: ANNA,
        userAgent: 'python-requests/2.31.0',
        session: 's',
        path: '/v1.0/me/messages',
      }),
    ).toMatchObject({
      id: properties.requestId,
      event: properties.requestId,
      operation: 'Microsoft Graph Activity',
      tenant: TENANT,
      at: NOON,
      actor: ANNA,
      appOnly: false,
      app: APP,
      api: '00000003-0000-0000-c000-000000000000',
      mailbox: ANNA,
      nonOwner: false,
      session: 's',
      succeeded: true,
      address: { text: '192.0.2.10' },
      client: { agent: { kind: 'library', name: 'python-requests' } },
    })
  })

  it.each([
    [{ userId: ANNA, path: '/v1.0/users/x@birchwood.example/messages' }, 'x@birchwood.example', false],
    [{ userId: ANNA, path: `/v1.0/users/${BRUNO}/messages` }, BRUNO, true],
    [{ userId: ANNA, path: `/v1.0/users/${ANNA.toUpperCase()}/messages` }, ANNA, false],
    [{ path: `/v1.0/users/${ANNA}/messages` }, ANNA, true],
    [{ path: '/v1.0/me/messages' }, undefined, false],
    [{ userId: ANNA, path: '/v1.0/me/calendar' }, undefined, false],
  ])('%j is about the mailbox %s', (call, mailbox, nonOwner) => {
    expect(recordOf(call)).toMatchObject({ mailbox, nonOwner })
  })

  it('of an application by itself is the application’s', () => {
    expect(recordOf({})).toMatchObject({ actor: `app:${APP}`, appOnly: true, app: APP })
  })

  it('is told as a browser or program by what it calls itself', () => {
    const edge =
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0'
    expect(recordOf({ userAgent: edge }).client?.name).toBe('Edge on Windows')
    expect(recordOf({ userAgent: 'curl/8.5.0\r\nX' }).client?.name).toBe('curl/8.5.0')
    expect(recordOf({ userAgent: '' }).client).toBeUndefined()
  })

  it.each([
    [200, true],
    [204, true],
    [302, true],
    [401, false],
    [404, false],
    [500, false],
  ])('answered with %i succeeded: %s', (status, succeeded) => {
    expect(recordOf({ status }).succeeded).toBe(succeeded)
  })
})

it.each([
  null,
  'text',
  {},
  { properties: {} },
  { properties: { requestUri: 'https://graph.example/v1.0/me', requestMethod: 'GET' } },
  { time: '2026-11-20T12:00:00Z', properties: { requestMethod: 'GET' } },
  { time: 'soon', properties: { requestUri: 'https://graph.example/v1.0/me', requestMethod: 'GET' } },
])('%j is no request', value => {
  expect(activityBody(value)).toBeUndefined()
})
