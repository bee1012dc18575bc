import { describe, expect, it } from 'vitest'
import { makeParser } from '../../feeds/normalise/parse.ts'
import { discovery } from './ediscovery.ts'

const read = (Operation: string, fields: Record<string, unknown> = {}) => {
  const { record } = makeParser('t')({
    Operation,
    CreationTime: '2026-11-18T09:00:00',
    RecordType: /^[A-Z][a-z]+-/.test(Operation) ? 18 : 24,
    UserId: 'helen@birchwood.example',
    UserType: 0,
    ...fields,
  })
  return record === undefined ? undefined : discovery(record)
}

describe('the step of an activity', () => {
  it.each([
    ['SearchCreated', 'search'],
    ['searchstarted', 'search'],
    ['PreviewItemDownloaded', 'preview'],
    ['CaseAdded', 'case'],
    ['SearchExported', 'export'],
    ['ExportJob', 'export'],
    ['ViewedSearchExported', 'exports-seen'],
    ['SearchReport', 'report'],
    ['SearchResultsPurged', 'purge'],
  ])('%s is %s', (operation, step) => {
    expect(read(operation)?.step).toBe(step)
  })

  it.each([
    ['ReviewSetExportStarted', 'export'],
    ['ExportReportDownloaded', 'report'],
    ['ListExports', 'exports-seen'],
    ['SearchRan', 'search'],
    ['QueryUpdated', 'search'],
    ['ViewDocument', 'preview'],
    ['PurgeDataStarted', 'purge'],
    ['RemovedSearchExported', undefined],
    ['SearchReportRemoved', undefined],
    ['SearchStopped', undefined],
    ['SearchViewed', undefined],
    ['CaseMemberAdded', undefined],
    ['HoldCreated', undefined],
    ['SearchPermissionCreated', undefined],
    ['SearchPermissionUpdated', undefined],
  ])('%s, which is not listed, is %s', (operation, step) => {
    expect(read(operation)?.step).toBe(step)
    expect(read(operation, { RecordType: 31 })?.step).toBe(step)
    expect(read(operation, { RecordType: 2 })).toBeUndefined()
  })

  it('is an export where one is named, whatever the operation', () => {
    expect(read('JobCompleted', { ExportName: 'Handover' })).toMatchObject({
      step: 'export',
      name: 'Handover',
    })
    expect(read('JobCompleted')).toBeUndefined()
  })
})

describe('the step of a cmdlet', () => {
  it.each([
    ['New-ComplianceSearch', '-Name "Leavers" -ExchangeLocation ("All")', 'search'],
    ['New-ComplianceSearchAction', '-SearchName "Leavers" -Export', 'export'],
    ['New-ComplianceSearchAction', '-SearchName "Leavers" -Export:$false', 'preview'],
    ['New-ComplianceSearchAction', '-SearchName "Leavers" -Purge -PurgeType HardDelete', 'purge'],
    ['New-ComplianceSearchAction', '-SearchName "Leavers" -Report', 'report'],
    ['New-ComplianceSearchAction', '-SearchName "Leavers"', 'preview'],
    ['Get-ComplianceSearchAction', '-Identity "Leavers_Export" -IncludeCredential', 'export'],
    ['Get-ComplianceSearchAction', '-Export', 'exports-seen'],
    ['Get-ComplianceSearchAction', '-Identity "Leavers_Export"', undefined],
    ['Remove-ComplianceSearch', '-Identity "Leavers"', undefined],
  ])('%s %s is %s', (operation, Parameters, step) => {
    expect(read(operation, { Parameters })?.step).toBe(step)
  })

  it('that failed, or that the service ran itself, is none', () => {
    const service = 'NT AUTHORITY\\SYSTEM (Microsoft.Exchange.ServiceHost)'
    expect(read('New-ComplianceSearch', { ResultStatus: 'False' })).toBeUndefined()
    expect(read('New-ComplianceSearch', { UserId: service, UserType: 3 })).toBeUndefined()
    expect(read('New-ComplianceSearch', { UserId: service, UserType: 2 })).toBeDefined()
  })
})

describe('what is searched', () => {
  it.each([
    [{ Parameters: '-Name "x" -ExchangeLocation ("All")' }],
    [{ Parameters: '-Name "x" -ExchangeLocation All' }],
    [{ Parameters: [{ Name: 'ExchangeLocation', Value: 'all' }] }],
    [{ ExchangeLocations: 'All' }],
    [{ ExchangeLocations: '["All"]' }],
    [{ ExchangeLocations: ['anna@birchwood.example', 'All'] }],
    [{ DataSources: ['All people and groups'] }],
  ])('is every mailbox in %j', fields => {
    expect(read('New-ComplianceSearch', fields)?.everywhere).toBe(true)
  })

  it.each([
    [{ Parameters: '-Name "All" -ExchangeLocation ("anna@birchwood.example")' }],
    [{ ExchangeLocations: 'all.staff@birchwood.example' }],
    [{ ExchangeLocations: '' }],
    [{ DataSources: [{ Name: 'All' }] }],
    [{}],
  ])('is some in %j', fields => {
    expect(read('New-ComplianceSearch', fields)?.everywhere).toBe(false)
  })
})
