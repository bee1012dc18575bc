import { describe, expect, test } from 'vitest'
import { HOUR, MINUTE } from '../clock.ts'
import { networkOf } from './networks.ts'
import { quietDay } from './quiet-day.ts'
import { happened, isRead, maxDistinct, messageIds, owner, type Seen } from './test-readings.ts'

const quiet = quietDay()

describe.each([1, 2, 3])('a quiet day with seed %i', seed => {
  const records = happened(seed === 1 ? quiet : quietDay({ seed }))
  const reads = records.filter(({ record }) => isRead(record))
  const outside = (seen: Seen) => {
    const network = networkOf(seen.record.ClientIPAddress ?? '')
    return network === '192.0.2.0/24' ? [] : [network]
  }

  test('nobody reads more than 150 different messages in an hour', () => {
    expect(maxDistinct(reads, HOUR, ({ record }) => record.UserId, messageIds)).toBeLessThanOrEqual(150)
    expect(maxDistinct(reads, HOUR, ({ record }) => owner(record), messageIds)).toBeLessThanOrEqual(150)
    expect(maxDistinct(reads, HOUR, ({ record }) => record.SessionId, messageIds)).toBeLessThanOrEqual(150)
    const byApps = reads.filter(({ record }) => record.UserType === 5)
    expect(maxDistinct(byApps, HOUR, ({ record }) => record.UserKey, messageIds)).toBeLessThanOrEqual(150)
  })

  test('no one, and no mailbox, is seen on more than two outside networks in half an hour', () => {
    const mailboxRecords = records.filter(({ record }) => record.ClientIPAddress)
    const window = 30 * MINUTE
    expect(maxDistinct(mailboxRecords, window, ({ record }) => record.UserId, outside)).toBeLessThanOrEqual(2)
    expect(maxDistinct(mailboxRecords, window, ({ record }) => owner(record), outside)).toBeLessThanOrEqual(2)
  })

  test('no delegate, app or service touches more than three mailboxes in an hour', () => {
    const touched = ({ record }: Seen) => [owner(record)]
    const delegates = reads.filter(({ record }) => record.LogonType === 2)
    expect(maxDistinct(delegates, HOUR, ({ record }) => record.UserId, touched)).toBeLessThanOrEqual(3)
    const apps = reads.filter(({ record }) => record.ClientInfoString?.includes('RESTSystem'))
    const app = ({ record }: Seen) => record.ClientAppId ?? record.AppId
    expect(maxDistinct(apps, HOUR, app, touched)).toBeLessThanOrEqual(3)
  })

  test('the only third-party app reads two shared mailboxes', () => {
    const apps = reads.filter(({ record }) => record.UserType === 5)
    expect(new Set(apps.map(({ record }) => record.ClientAppId)).size).toBe(1)
    expect(new Set(apps.map(({ record }) => owner(record))).size).toBe(2)
  })

  test('no mail client is a script, and no rule leads out of the firm', () => {
    for (const { record } of records) {
      expect(record.ClientInfoString ?? '').not.toMatch(/python|curl|powershell|java|go-http/i)
      if (!/InboxRule/.test(record.Operation)) continue
      const addresses = JSON.stringify(record.Parameters ?? record.OperationProperties).match(
        /[\w.]+@[\w.]+/g,
      )
      const leadsOut = addresses?.filter(a => !/birchwood\.example$/i.test(a) && !/^news@/.test(a)) ?? []
      expect(leadsOut).toEqual([])
    }
  })
})

test('a quiet day has everything that is easily taken for an attack', () => {
  const all = happened(quiet).map(({ record }) => record)
  const count = (test: (record: Seen['record']) => boolean) => all.filter(test).length
  const client = (text: string) => count(record => record.ClientInfoString?.includes(text) ?? false)
  expect(client('Client=MSExchangeRPC')).toBeGreaterThan(500)
  expect(client('Client=OWA')).toBeGreaterThan(300)
  expect(client('Outlook-iOS')).toBeGreaterThan(30)
  expect(client('RESTSystem')).toBeGreaterThan(20)
  expect(client('ConfigureGroupMailbox')).toBe(3)
  expect(count(r => r.Operation === 'Set-Mailbox' && /^NT AUTHORITY/.test(r.UserId))).toBe(30)
  expect(count(r => r.Operation === 'New-InboxRule')).toBe(3)
  expect(count(r => r.Operation === 'UpdateInboxRules')).toBe(26)
  expect(count(r => r.Operation === 'AttachmentAccess')).toBe(6)
  expect(count(r => r.LogonType === 2)).toBeGreaterThan(50)
  expect(count(r => r.Operation === 'UserLoginFailed')).toBeGreaterThan(5)
  expect(quiet.expected).toEqual([])
})
