import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cmdlet } from '../../../test/support/record-cmdlets.ts'
import { activity } from '../../../test/support/record-compliance.ts'
import { person, type RawRecord, TENANT } from '../../../test/support/records.ts'
import { makeParser } from '../../feeds/normalise/parse.ts'
import { decoyTouches } from './decoys.ts'

const [payroll, vault] = [person('payroll'), person('vault')]
const DECOYS = new Set([payroll, vault])

function touches(raw: RawRecord) {
  const { record } = makeParser(TENANT)(raw)
  return record === undefined ? [] : decoyTouches(record, DECOYS)
}
const touched = (raw: RawRecord) => touches(raw).map(({ decoy }) => decoy)

describe('touches of decoys', () => {
  it.each([
    ['payroll', [payroll]],
    [payroll.toUpperCase(), [payroll]],
    [`srv.example/Hosted/birchwood/${payroll}`, [payroll]],
    [`${payroll}:\\Inbox`, [payroll]],
    [`${payroll}:/Inbox`, [payroll]],
    ['payroll@other.example', []],
    ['payroll2', []],
    ['anna:\\payroll', []],
    ['', []],
  ])('by a cmdlet on %s are %j', (Identity, decoys) => {
    expect(touched(cmdlet('Add-MailboxFolderPermission', { Identity, User: 'Default' }))).toEqual(decoys)
  })

  it.each([
    [`${payroll};${vault}`, [payroll, vault]],
    [`["${vault}"]`, [vault]],
    [[{ Name: 'Vault', Address: `smtp:${vault}` }], [vault]],
    [`'${vault}'`, [vault]],
    [`x${vault}`, []],
    [`${vault}.example`, []],
    ['vault', []],
    ['All', []],
    [undefined, []],
  ])('by a search over %j are %j', (ExchangeLocations, decoys) => {
    expect(touched(activity('SearchStarted', 'x', { change: { ExchangeLocations } }))).toEqual(decoys)
  })

  it('are one for each decoy, and say what was done', () => {
    const raw = cmdlet('Set-Mailbox', { Identity: payroll, ForwardingAddress: 'x', AuditOwner: 'None' })
    expect(touches({ ...raw, MailboxOwnerUPN: vault })).toEqual([
      { decoy: vault, what: 'Set-Mailbox' },
      { decoy: payroll, what: 'forwarding set' },
    ])
  })

  it('are looked for in records of any shape', () => {
    const operations = ['Set-Mailbox', 'New-InboxRule', 'Add member to role.', 'SearchStarted', 'x']
    const record = fc.record({
      Operation: fc.constantFrom(...operations),
      CreationTime: fc.constant('2026-11-20T00:00:00'),
      RecordType: fc.constantFrom(1, 8, 18, 24, 31, 50),
      Parameters: fc.jsonValue(),
      Target: fc.jsonValue(),
      ObjectId: fc.jsonValue(),
      DataSources: fc.jsonValue(),
      ExchangeLocations: fc.jsonValue(),
      LogonType: fc.jsonValue(),
    })
    fc.assert(
      fc.property(record, raw => {
        expect(touches(raw)).toEqual([])
      }),
    )
  })
})
