import { defineCases } from '../../test/support/cases.ts'
import { ADMIN, complianceCmdlet, SERVICE_HOST } from '../../test/support/record-cmdlets.ts'
import { activity } from '../../test/support/record-compliance.ts'
import { at, guid, minutes, person, type RawRecord } from '../../test/support/records.ts'

const carla = person('carla')
const search = (line: string, change: RawRecord = {}, operation = 'New-ComplianceSearch') =>
  complianceCmdlet(operation, line, { change })
const everyMailbox = { ExchangeLocations: '["All"]' }

const medium = { term: 'search', severity: 'medium', count: 1, key: [ADMIN], notes: ['"Leavers"'] } as const
const high = { term: 'everywhere', severity: 'high', count: 1, key: [ADMIN], notes: ['"Leavers"'] } as const

/** Activities of the portal that come before anything is taken. */
const ACTIVITIES = [
  ...['SearchCreated', 'SearchStarted', 'SearchUpdated', 'SearchPreviewed', 'ViewedSearchPreviewed'],
  ...['PreviewItemListed', 'PreviewItemRendered', 'PreviewItemDownloaded'],
]
const CMDLETS = ['New-ComplianceSearch', 'Set-ComplianceSearch', 'Start-ComplianceSearch']

export const cases = defineCases('content-search', {
  fires: {
    ...Object.fromEntries(
      ACTIVITIES.map(operation => [
        `in the portal: ${operation}`,
        { records: [activity(operation, 'Leavers')], expect: medium },
      ]),
    ),
    ...Object.fromEntries(
      CMDLETS.map(operation => [
        `by cmdlet: ${operation}`,
        { records: [search('-Name "Leavers" -ExchangeLocation ("anna")', {}, operation)], expect: medium },
      ]),
    ),
    'a preview by cmdlet': {
      records: [search('-SearchName "Leavers" -Preview', {}, 'New-ComplianceSearchAction')],
      expect: medium,
    },
    'a search into a review set of premium eDiscovery': {
      records: [activity('AddQueryToWorkingSet', 'Leavers', { advanced: true })],
      expect: medium,
    },
    'an operation of the newer portal': {
      records: [activity('QueryRan', 'Leavers'), activity('SearchRunStarted', 'Leavers')],
      expect: { ...medium, recordCount: 2 },
    },
    'a cmdlet over every mailbox': {
      records: [
        search('-Name "Leavers" -ExchangeLocation ("All") -ContentMatchQuery "(c:c)(subject=offer)"'),
      ],
      expect: high,
    },
    'a portal search over every mailbox': {
      records: [activity('SearchCreated', 'Leavers', { change: everyMailbox })],
      expect: high,
    },
    'the newer portal over every mailbox': {
      records: [
        activity('SearchCreated', 'Leavers', {
          change: { ExchangeLocations: undefined, DataSources: ['All mailboxes'] },
        }),
      ],
      expect: high,
    },
    'one click, told by cmdlet and activity': {
      records: [
        activity('SearchCreated', 'Leavers', { change: everyMailbox }),
        search('-Name "Leavers" -ExchangeLocation ("All")'),
        activity('SearchStarted', 'Leavers', { at: at('09:20') + 1 }),
        complianceCmdlet('Start-ComplianceSearch', '-Identity "Leavers"', { at: at('09:20') + 2 }),
      ],
      expect: { ...high, recordCount: 4 },
    },
    'three searches of one person are one finding': {
      records: ['Leavers', 'Offers', 'Payroll'].map((name, n) =>
        activity('SearchStarted', name, { at: at('09:20') + minutes(n) }),
      ),
      expect: { term: 'search', count: 3, key: [ADMIN] },
    },
    'a case is opened': {
      records: [activity('CaseAdded', 'Leavers')],
      expect: { term: 'case', severity: 'low', count: 1, notes: ['"Leavers"'] },
    },
    'a case is opened by cmdlet': {
      records: [search('-Name "Leavers"', {}, 'New-ComplianceCase')],
      expect: { term: 'case', severity: 'low' },
    },
    'another person than usual': {
      records: [activity('SearchStarted', 'Leavers', { by: carla })],
      expect: { term: 'search', key: [carla], actor: carla },
    },
    'a variant of the operation': {
      records: [search('-Name "Leavers"', {}, 'new–compliancesearch.'), activity('SEARCHCREATED', 'Leavers')],
      expect: { ...medium, recordCount: 2 },
    },
    'the parameters as a list': {
      records: [
        search('', {
          Parameters: [
            { Name: 'Name', Value: 'Leavers' },
            { Name: 'ExchangeLocation', Value: 'All' },
          ],
        }),
      ],
      expect: high,
    },
    'without a name': {
      records: [search('', {}, 'Start-ComplianceSearch')],
      expect: { term: 'search', count: 1, notes: [] },
    },
    'by a partner technician': {
      records: [
        activity('SearchStarted', 'Leavers', {
          change: { UserType: 9, UserId: `tenant: ${guid('partner')}, object: ${guid('technician')}` },
        }),
      ],
      expect: { term: 'search' },
    },
    'by an account named like Microsoft’s own': {
      records: [search('-Name "Leavers"', { UserId: SERVICE_HOST, UserType: 2 })],
      expect: { term: 'search' },
    },
  },
  quiet: {
    'a search is removed, stopped, looked at': [
      activity('SearchRemoved', 'Leavers'),
      activity('SearchStopped', 'Leavers'),
      activity('SearchViewed', 'Leavers'),
      activity('RemovedSearchPreviewed', 'Leavers'),
      search('-Identity "Leavers"', {}, 'Remove-ComplianceSearch'),
      search('', {}, 'Get-ComplianceSearch'),
    ],
    'an export, which has a detection of its own': [
      activity('SearchExported', 'Leavers'),
      search('-SearchName "Leavers" -Export', {}, 'New-ComplianceSearchAction'),
    ],
    'holds and members of a case': [
      activity('HoldCreated', 'Leavers'),
      activity('CaseMemberAdded', 'Leavers'),
    ],
    'a search that failed': [
      activity('SearchStarted', 'Leavers', { change: { ResultStatus: 'Failed' } }),
      search('-Name "Leavers"', { ResultStatus: 'False' }),
    ],
    'Microsoft’s own machinery': [search('-Name "Leavers"', { UserId: SERVICE_HOST, UserType: 3 })],
    'an operation of the same words elsewhere': [
      activity('SearchQueryStarted', 'Leavers', { change: { RecordType: 4 } }),
    ],
  },
})
