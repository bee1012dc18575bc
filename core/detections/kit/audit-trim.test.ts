import { describe, expect, it } from 'vitest'
import { ADMIN, cmdlet } from '../../../test/support/record-cmdlets.ts'
import { licence, userChange } from '../../../test/support/record-compliance.ts'
import { person, type RawRecord, TENANT } from '../../../test/support/records.ts'
import { makeParser } from '../../feeds/normalise/parse.ts'
import type { AuditRecord } from '../../model/audit-record.ts'
import { auditRestored, auditTrim, trimSignals } from './audit-trim.ts'

const anna = person('anna')

function reading<T>(raw: RawRecord, use: (record: TrimRecord) => T): T | undefined {
  const { record } = makeParser(TENANT)(raw)
  return isTrimRecord(record) ? use(record) : undefined
}
const read = (raw: RawRecord) => reading(raw, auditTrim)
const measures = (raw: RawRecord) =>
  reading(raw, record => [...trimSignals(record)].map(({ key, measure }) => [...key, measure].join(' ')))

type TrimRecord = AuditRecord<'Set-Mailbox' | 'Change user license' | 'Update user'>

function isTrimRecord(record: AuditRecord | undefined): record is TrimRecord {
  return (
    record !== undefined && ['Set-Mailbox', 'Change user license', 'Update user'].includes(record.operation)
  )
}

describe('a mailbox that records less', () => {
  it('is told with what it lost, each action once', () => {
    expect(
      read(cmdlet('Set-Mailbox', { Identity: anna, AuditOwner: '-Send', AuditAdmin: '-Send;-SendAs' })),
    ).toEqual({
      kind: 'actions',
      mailbox: anna,
      what: 'Send, SendAs',
    })
  })

  it('says what counts most where several settings change', () => {
    const all = { Identity: anna, AuditEnabled: 'False', AuditLogAgeLimit: '1', AuditOwner: 'None' }
    expect(read(cmdlet('Set-Mailbox', all))?.kind).toBe('actions')
    expect(read(cmdlet('Set-Mailbox', { ...all, AuditOwner: '+Send' }))).toMatchObject({
      kind: 'idle',
      what: 'AuditEnabled',
    })
  })

  it('is named by the target of an Entra record, or by its object', () => {
    const change = userChange(anna, licence(), licence('M365_ADVANCED_AUDITING'))
    expect(read(change)).toMatchObject({ kind: 'licence', mailbox: anna })
    expect(read({ ...change, Target: [], ObjectId: anna.toUpperCase() })).toMatchObject({ mailbox: anna })
    expect(read({ ...change, Target: [], ObjectId: '' })).toMatchObject({ mailbox: 'a user not named' })
  })

  it('is not every mailbox that is changed', () => {
    expect(read(cmdlet('Set-Mailbox', { Identity: anna, RecipientLimits: '500' }))).toBeUndefined()
    expect(read(userChange(anna, licence(), licence()))).toBeUndefined()
  })
})

describe('a mailbox that records as before', () => {
  const restored = (raw: RawRecord) => reading(raw, auditRestored)
  const set = (parameters: RawRecord) => cmdlet('Set-Mailbox', { Identity: anna, ...parameters })

  it('has the defaults of its owner, its reads or its plan again', () => {
    const actions = { kind: 'actions', mailbox: anna }
    for (const DefaultAuditSet of ['Admin;Delegate;Owner', 'owner', '@{Add="Owner"}'])
      expect(restored(set({ DefaultAuditSet }))).toEqual(actions)
    expect(restored(set({ AuditOwner: '+MailItemsAccessed' }))).toEqual(actions)
    expect(restored(userChange(anna, licence('M365_ADVANCED_AUDITING'), licence()))).toEqual({
      kind: 'licence',
      mailbox: anna,
    })
  })

  it('is not one where only others are recorded again, or other actions', () => {
    expect(restored(set({ DefaultAuditSet: 'Admin,Delegate' }))).toBeUndefined()
    expect(restored(set({ AuditDelegate: '+MailItemsAccessed', AuditOwner: '+Send' }))).toBeUndefined()
    expect(restored(set({ AuditEnabled: 'True' }))).toBeUndefined()
  })

  it('is counted under itself, as what was cut down is, and by name only', () => {
    expect(measures(set({ AuditOwner: '-Send' }))).toEqual([
      `${ADMIN} actions actions`,
      `${anna} actions again stopped`,
    ])
    expect(measures(set({ DefaultAuditSet: 'Owner' }))).toEqual([`${anna} actions again on`])
    expect(measures(set({ AuditEnabled: 'False' }))).toEqual([`${ADMIN} idle idle`])
    expect(measures(cmdlet('Set-Mailbox', { AuditOwner: '-Send' }))).toEqual([`${ADMIN} actions actions`])
    expect(measures(cmdlet('Set-Mailbox', { DefaultAuditSet: 'Owner' }))).toEqual([])
  })

  it('is not one where one change takes and gives', () => {
    expect(measures(set({ AuditOwner: '+MailItemsAccessed', AuditAdmin: '-Send' }))).toEqual([
      `${ADMIN} actions actions`,
      `${anna} actions again stopped`,
    ])
  })
})
