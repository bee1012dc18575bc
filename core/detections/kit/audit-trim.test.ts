import { describe, expect, it } from 'vitest'
import { cmdlet } from '../../../test/support/record-cmdlets.ts'
import { licence, userChange } from '../../../test/support/record-compliance.ts'
import { person, type RawRecord, TENANT } from '../../../test/support/records.ts'
import { makeParser } from '../../feeds/normalise/parse.ts'
import type { AuditRecord } from '../../model/audit-record.ts'
import { auditTrim } from './audit-trim.ts'

const anna = person('anna')

function read(raw: RawRecord) {
  const { record } = makeParser(TENANT)(raw)
  return isTrimRecord(record) ? auditTrim(record) : undefined
}

function isTrimRecord(
  record: AuditRecord | undefined,
): record is AuditRecord<'Set-Mailbox' | 'Change user license' | 'Update user'> {
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
