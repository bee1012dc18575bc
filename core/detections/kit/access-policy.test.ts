import { describe, expect, it } from 'vitest'
import { read } from '../../../test/support/corpus.ts'
import { cmdlet } from '../../../test/support/record-cmdlets.ts'
import type { RawRecord } from '../../../test/support/records.ts'
import { loosenings } from './access-policy.ts'

const grades = (operation: string, parameters: RawRecord) =>
  read([cmdlet(operation, parameters)]).flatMap(record => loosenings(record).map(({ grade }) => grade))

describe('loosenings', () => {
  it('are as many as a cmdlet opens at once', () => {
    expect(
      grades('Set-CASMailbox', { ImapEnabled: 'True', PopEnabled: 'True', ActiveSyncAllowedDeviceIDs: 'x' }),
    ).toEqual(['wide', 'some', 'some'])
  })

  it('look at a parameter only where the record has it', () => {
    expect(grades('Set-OrganizationConfig', { DefaultAuthenticationPolicy: 'x' })).toEqual(['some'])
    expect(grades('Set-OrganizationConfig', {})).toEqual([])
    expect(grades('Set-CASMailbox', { EwsBlockList: 'a;b' })).toEqual([])
  })

  it('belong to the cmdlet: the same parameter elsewhere says nothing', () => {
    expect(grades('Set-Mailbox', { ImapEnabled: 'True', AllowBasicAuthPop: 'True' })).toEqual([])
    expect(grades('Set-CASMailbox', { AllowBasicAuthPop: 'True' })).toEqual([])
  })
})
