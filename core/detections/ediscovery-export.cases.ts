import { defineCases } from '../../test/support/cases.ts'
import { ADMIN, complianceCmdlet, SERVICE_HOST } from '../../test/support/record-cmdlets.ts'
import { activity } from '../../test/support/record-compliance.ts'
import { at, guid, type RawRecord } from '../../test/support/records.ts'

const action = (line: string, change: RawRecord = {}, operation = 'New-ComplianceSearchAction') =>
  complianceCmdlet(operation, line, { change })

const taken = { term: 'export', severity: 'high', count: 1, key: [ADMIN], actor: ADMIN } as const
const purged = { ...taken, term: 'purge' } as const
const report = { ...taken, term: 'report', severity: 'medium' } as const
const seen = { ...taken, term: 'exports-seen', severity: 'low' } as const

export const cases = defineCases('ediscovery-export', {
  fires: {
    ...Object.fromEntries(
      ['SearchExported', 'SearchExportDownloaded', 'ExportJob', 'DownloadDocument'].map(operation => [
        `in the portal: ${operation}`,
        { records: [activity(operation, 'Leavers')], expect: { ...taken, notes: ['"Leavers"'] } },
      ]),
    ),
    'premium eDiscovery: a document is downloaded': {
      records: [activity('DownloadDocument', 'Offer.msg', { advanced: true })],
      expect: taken,
    },
    'by cmdlet: an export': {
      records: [action('-SearchName "Leavers" -Export -Format Mime')],
      expect: taken,
    },
    'by cmdlet: the key to an export is fetched': {
      records: [action('-Identity "Leavers_Export" -IncludeCredential', {}, 'Get-ComplianceSearchAction')],
      expect: taken,
    },
    'by cmdlet: mail is purged': {
      records: [action('-SearchName "Leavers" -Purge -PurgeType HardDelete')],
      expect: purged,
    },
    'in the portal: mail is purged': {
      records: [activity('SearchResultsPurged', 'Leavers')],
      expect: purged,
    },
    'a report of a search': { records: [activity('SearchReport', 'Leavers')], expect: report },
    'by cmdlet: a report of a search': { records: [action('-SearchName "Leavers" -Report')], expect: report },
    'the list of exports is looked at': {
      records: [activity('ViewedSearchExported', 'Leavers')],
      expect: seen,
    },
    'by cmdlet: the list of exports': {
      records: [action('-Export', {}, 'Get-ComplianceSearchAction')],
      expect: seen,
    },
    'an operation of the newer portal': {
      records: [activity('ReviewSetExportStarted', 'Leavers')],
      expect: taken,
    },
    'an operation nobody knows that names an export': {
      records: [activity('JobCompleted', 'x', { change: { ExportName: 'Leavers' } })],
      expect: { ...taken, notes: ['"Leavers"'] },
    },
    'one click, told by cmdlet and activity': {
      records: [
        activity('SearchExported', 'Leavers_Export'),
        action('-SearchName "Leavers" -Export'),
        activity('SearchExportDownloaded', 'Leavers_Export', { at: at('09:41') }),
      ],
      expect: { ...taken, recordCount: 3 },
    },
    'exports of two searches are one finding': {
      records: [activity('SearchExported', 'Leavers_Export'), activity('SearchExported', 'Offers_Export')],
      expect: { ...taken, count: 2, recordCount: 2 },
    },
    'looked at first, exported later': {
      records: [
        activity('ViewedSearchExported', 'Leavers'),
        activity('SearchExported', 'Leavers', { at: at('15:00') }),
      ],
      expect: { ...taken, recordCount: 2 },
    },
    'a variant of the operation': {
      records: [action('-SearchName "Leavers" -EXPORT', {}, 'new–ComplianceSearchAction.')],
      expect: taken,
    },
    'by a partner technician': {
      records: [
        activity('SearchExported', 'Leavers', {
          change: { UserType: 9, UserId: `tenant: ${guid('partner')}, object: ${guid('technician')}` },
        }),
      ],
      expect: { term: 'export' },
    },
    'by an account named like Microsoft’s own': {
      records: [activity('SearchExported', 'Leavers', { change: { UserId: SERVICE_HOST, UserType: 0 } })],
      expect: { term: 'export' },
    },
    'late or duplicate content: the same record twice': {
      records: [activity('SearchExported', 'Leavers'), activity('SearchExported', 'Leavers')],
      expect: { ...taken, recordCount: 1 },
    },
  },
  quiet: {
    'an export is removed': [
      activity('RemovedSearchExported', 'Leavers'),
      activity('SearchReportRemoved', 'Leavers'),
      action('-Identity "Leavers_Export"', {}, 'Remove-ComplianceSearchAction'),
    ],
    'a switch that is off': [action('-SearchName "Leavers" -Export:$false')],
    'a search, which has a detection of its own': [
      activity('SearchStarted', 'Leavers'),
      activity('PreviewItemDownloaded', 'Leavers'),
    ],
    'an export that failed': [
      activity('SearchExported', 'Leavers', { change: { ResultStatus: 'Failed' } }),
      action('-SearchName "Leavers" -Export', { ResultStatus: 'False' }),
    ],
    'an action is looked up by its name': [
      action('-Identity "Leavers_Preview"', {}, 'Get-ComplianceSearchAction'),
    ],
    'Microsoft’s own machinery': [
      action('-SearchName "Leavers" -Purge', { UserId: SERVICE_HOST, UserType: 3 }),
    ],
    'a download of another kind of record': [
      activity('FileDownloaded', 'x', { change: { RecordType: 6, Workload: 'SharePoint' } }),
    ],
  },
})
