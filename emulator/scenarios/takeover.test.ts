import { describe, expect, test } from 'vitest'
import { HOUR, MINUTE } from '../clock.ts'
import { networkOf } from './networks.ts'
import { quietDay } from './quiet-day.ts'
import { STOLEN_MESSAGES, takeover } from './takeover.ts'
import { attackRecords, maxDistinct, messageIds, owner, type Seen, seenIn, time } from './test-readings.ts'

const quiet = quietDay()
const robbed = takeover()

describe('takeover', () => {
  const attack = attackRecords(quiet, robbed)
  const victim = robbed.expected[0]?.actor ?? ''
  const reads = attack.filter(({ record }) => record.ClientInfoString?.includes('python-requests'))
  const rules = attack.filter(({ record }) => record.Operation === 'New-InboxRule')
  const spread = attack.filter(({ record }) => record.UserType === 5)

  test('is the quiet day and nothing but the attack on top', () => {
    const ids = new Set(seenIn(robbed).map(({ record }) => record.Id))
    expect(seenIn(quiet).every(({ record }) => ids.has(record.Id))).toBe(true)
    expect(attack).toHaveLength(1 + reads.length + rules.length + spread.length)
  })

  test('begins with a sign-in at 08:55 from a network the firm never used', () => {
    const [entry] = attack
    expect(entry?.record).toMatchObject({ Operation: 'UserLoggedIn', UserId: victim })
    expect(time(entry)).toBe('08:55')
    const known = new Set(seenIn(quiet).map(({ record }) => networkOf(record.ClientIP ?? '')))
    expect(known.has(networkOf(entry?.record.ClientIP ?? ''))).toBe(false)
  })

  test('reads 1,284 different messages between 09:02 and 09:41, by five addresses in four networks', () => {
    expect([time(reads[0]), time(reads.at(-1)) <= '09:41']).toEqual(['09:02', true])
    expect(new Set(reads.flatMap(messageIds)).size).toBe(STOLEN_MESSAGES)
    const addresses = new Set(reads.map(({ record }) => record.ClientIPAddress ?? ''))
    expect(addresses.size).toBe(5)
    expect(new Set([...addresses].map(networkOf)).size).toBe(4)
    expect(new Set(reads.map(({ record }) => record.SessionId)).size).toBe(1)
    expect(new Set(reads.map(({ record }) => owner(record)))).toEqual(new Set([victim]))
    const networks = ({ record }: Seen) => [networkOf(record.ClientIPAddress ?? '')]
    expect(maxDistinct(reads, 30 * MINUTE, () => 'all', networks)).toBe(4)
    for (const { record } of reads) {
      const items = record.Folders?.flatMap(folder => folder.FolderItems) ?? []
      expect(record.OperationCount).toBe(items.length)
      expect(items.length).toBeGreaterThan(0)
    }
  })

  test('makes one rule at 14:07, named ".", that sends money matters out and deletes them', () => {
    expect(rules.map(time)).toEqual(['14:07'])
    const { Parameters = [], ObjectId = '' } = rules[0]?.record ?? {}
    const value = (name: string) => Parameters.find(parameter => parameter.Name === name)?.Value
    expect(value('Name')).toBe('.')
    expect(value('ForwardTo')).toMatch(/@postfast\.example$/)
    expect(value('DeleteMessage')).toBe('True')
    expect(value('SubjectOrBodyContainsWords')).toContain('invoice')
    expect(ObjectId).toMatch(/\\\.$/)
  })

  test('spreads from 15:00 to 15:40 over 14 mailboxes the app never used, naming their owners as users', () => {
    expect([time(spread[0]), time(spread.at(-1))]).toEqual(['15:00', '15:40'])
    const mailboxes = spread.map(({ record }) => owner(record))
    expect(new Set(mailboxes).size).toBe(14)
    const [app] = robbed.tenant.serviceAccounts
    for (const { record } of spread) {
      expect(record).toMatchObject({ UserType: 5, UserKey: app?.appId, ClientAppId: app?.appId })
      expect(record.UserId).toBe(owner(record))
      expect(app?.mailboxes).not.toContain(owner(record))
    }
    expect(maxDistinct(spread, HOUR, () => 'all', messageIds)).toBeLessThanOrEqual(150)
  })

  test('says what is to be found, once for each detection', () => {
    expect(robbed.expected.map(({ detection }) => detection)).toEqual([
      'bulk-mail-read',
      'many-networks',
      'suspicious-client',
      'inbox-rule-forwarding',
      'hiding-rule',
      'suspicious-rule-name',
      'cross-mailbox-access',
    ])
    const cross = robbed.expected.at(-1)
    expect(cross?.actor).toBe(robbed.tenant.serviceAccounts[0]?.appId)
    expect(new Set(cross?.mailboxes)).toEqual(new Set(spread.map(({ record }) => owner(record))))
  })
})
