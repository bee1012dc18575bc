import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { DAY, HOUR, MINUTE } from '../../emulator/index.ts'
import { claimsOf } from './claims.ts'
import { atTenant, NOW } from './doctor.test-kit.ts'
import { duration, moment } from './duration.ts'
import { MESSAGES } from './messages/index.ts'
import { secretDate } from './secret-date.ts'
import { cloudOf } from './tenant-cloud.ts'

describe('the brief that health returns', () => {
  test('costs a token and one request, and is kept for a quarter of an hour', async () => {
    const { clock, doctor, tenant } = await atTenant()
    const first = await doctor.brief()
    expect(first).toEqual({
      state: 'yellow',
      at: '2026-11-20T10:14:00Z',
      checks: [
        expect.objectContaining({ id: 'subscription-absent', state: 'yellow' }),
        expect.objectContaining({ id: 'poll-never', what: 'Nothing has been listed yet.' }),
      ],
    })
    expect(tenant.audit().calls).toEqual({ token: { 200: 1 }, list: { 200: 1 } })
    clock.advance(14 * MINUTE)
    expect(await doctor.brief()).toBe(first)
    clock.advance(MINUTE)
    expect((await doctor.brief()).at).toBe('2026-11-20T10:29:00Z')
    expect(tenant.audit().calls).toEqual({ token: { 200: 1 }, list: { 200: 2 } })
  })

  test('what is red is looked at again after a minute', async () => {
    const { clock, doctor, tenant } = await atTenant({ roles: [], tokenLifeSeconds: 60 })
    expect(await doctor.brief()).toMatchObject({ state: 'red', checks: [{ id: 'consent-missing' }, {}] })
    tenant.grant('ActivityFeed.Read')
    expect(await doctor.brief()).toMatchObject({ state: 'red' })
    clock.advance(MINUTE)
    expect(await doctor.brief()).toMatchObject({ state: 'yellow' })
  })
})

test('an examination without --fix or --card starts, writes and sends nothing', async () => {
  const { deps, examine, tenant } = await atTenant()
  await examine()
  const { calls } = tenant.audit()
  expect(calls).toEqual({ token: { 200: 2 }, list: { 200: 1 } })
  expect(await deps.tables.names('')).toEqual([])
})

describe('what it sees and what it cannot', () => {
  test('names feeds with their capability, the past that was read back, and what nothing shows', async () => {
    const checkedAt = NOW / 1000
    const works = { feed: 'graph-directory-audits', state: 'works', checkedAt } as const
    const missing = {
      feed: 'graph-sign-ins',
      state: 'not-licensed',
      checkedAt,
      detail: 'No P1 licence.',
    } as const
    const { examine, subscribe } = await atTenant(
      { roles: ['ActivityFeed.Read', 'AuditLog.Read.All'] },
      {
        allFeeds: [
          { capability: async () => works },
          { capability: async () => missing },
          { progress: async () => ({ days: 180, done: 120, lost: 2 }) },
        ],
      },
    )
    await subscribe()
    const { coverage, permissions } = await examine()
    const lines = coverage.map(({ sees, what }) => `${sees} ${what}`)
    expect(lines.slice(0, 5)).toEqual([
      ...[
        'partly Audit.Exchange',
        'unknown who reads mail',
        'yes graph-directory-audits',
        'no graph-sign-ins',
      ],
      'partly the past before the installation',
    ])
    expect(coverage[4]?.detail).toBe('120 of 180 days were read back, and 2 could not be.')
    expect(lines).toEqual(
      expect.arrayContaining(['no inbox rules and forwards as they stand', 'no the first hour or so']),
    )
    const granted = Object.fromEntries(permissions.map(one => [one.value, one.granted]))
    expect(granted).toMatchObject({
      ...{ 'ActivityFeed.Read': true, 'AuditLog.Read.All': true, 'MailboxSettings.Read': false },
      'Storage Blob Data Reader': undefined,
    })
    expect(coverage).toContainEqual({
      ...{ what: expect.stringContaining('inbox rules as they stand'), sees: 'no' },
      detail: 'Takes MailboxSettings.Read of Microsoft Graph; waxseal grant --with MailboxSettings.Read.',
    })
  })
})

describe('messages', () => {
  test('of what is not well say who fixes it, how long it takes and what happens meanwhile', () => {
    const bare = ['clock-unknown', 'cloud-unknown', 'card-unconfirmed', 'reads-too-early']
    for (const [id, message] of Object.entries(MESSAGES)) {
      const said = Object.keys(message)
      if (message.state === 'green' || bare.includes(id)) expect(said, id).toEqual(['check', 'state', 'what'])
      else expect(said, id).toEqual(['check', 'state', 'what', 'fix', 'takes', 'meanwhile'])
    }
  })
})

describe('tenant clouds', () => {
  test.each([
    [{ tenant_region_scope: 'EU', cloud_instance_name: 'microsoftonline.com' }, 'worldwide'],
    [{ tenant_region_sub_scope: 'GCC', cloud_instance_name: 'microsoftonline.com' }, 'gcc'],
    [{ tenant_region_sub_scope: 'DODCON', cloud_instance_name: 'microsoftonline.us' }, 'gcc-high'],
    [{ tenant_region_sub_scope: 'DOD', cloud_instance_name: 'microsoftonline.us' }, 'dod'],
    [{ tenant_region_scope: 'USGov', cloud_instance_name: 'microsoftonline.us' }, 'gcc-high'],
    [{ cloud_instance_name: 'partner.microsoftonline.cn' }, undefined],
    [{ cloud_instance_name: 'evilmicrosoftonline.com' }, undefined],
    [{}, undefined],
  ])('%j is %s', (document, cloud) => {
    expect(cloudOf(document)).toMatchObject({ cloud })
  })
})

describe('a token', () => {
  const token = (payload: unknown) =>
    `e30.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.signature`

  test('says what it is for', () => {
    expect(claimsOf(token({ roles: ['ActivityFeed.Read', 7], oid: 'principal' }))).toEqual({
      ...{ roles: ['ActivityFeed.Read', '7'], principal: 'principal' },
    })
    expect(claimsOf(token({ oid: 'principal' })).roles).toEqual([])
  })

  test.each(['', 'opaque', 'a.b.c', token('text'), token([])])(
    'that cannot be read (%s) says nothing',
    text => {
      expect(claimsOf(text)).toEqual({ roles: undefined, principal: undefined })
    },
  )
})

describe('the end of a secret', () => {
  test('is what somebody noted, to the end of the day', () => {
    const secret = { AZURE_CLIENT_SECRET: 'x' }
    expect(secretDate(secret, '2027-05-31')).toEqual({
      kind: 'known',
      ends: Date.UTC(2027, 4, 31, 23, 59, 59) / 1000,
    })
    expect(secretDate(secret, undefined)).toEqual({ kind: 'unknown' })
    expect(secretDate({}, '2027-05-31')).toEqual({ kind: 'none' })
  })

  test('stands in a certificate', () => {
    const folder = mkdtempSync(join(tmpdir(), 'waxseal-certificate-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const path = join(folder, 'own.pem')
    const make = 'req -x509 -newkey rsa:2048 -nodes -subj /CN=waxseal -days 20 -keyout'.split(' ')
    execFileSync('openssl', [...make, join(folder, 'key.pem'), '-out', path], { stdio: 'ignore' })
    const found = secretDate({ AZURE_CLIENT_CERTIFICATE_PATH: path }, undefined)
    const days = found.kind === 'known' ? found.ends - Date.now() / 1000 : 0
    expect(Math.round(days / 86_400)).toBe(20)
    expect(secretDate({ AZURE_CLIENT_CERTIFICATE_PATH: `${path}.not` }, undefined)).toEqual({
      kind: 'unknown',
    })
  })
})

test('times are said as one says them', () => {
  expect([45, 119, 120, 660, 3600, 7800, 86_400, 172_800, 200_000].map(duration)).toEqual([
    ...[
      '45 seconds',
      '119 seconds',
      '2 minutes',
      '11 minutes',
      '1 h',
      '2 h 10 min',
      '24 h',
      '2 days',
      '2 days',
    ],
  ])
  const now = NOW / 1000
  expect([moment(now, now), moment(now + (HOUR * 14) / 1000, now), moment(now + DAY / 1000, now)]).toEqual([
    ...['10:14 UTC', '2026-11-21 00:14 UTC', '2026-11-21 10:14 UTC'],
  ])
})
