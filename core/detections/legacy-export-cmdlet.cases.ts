import { defineCases } from '../../test/support/cases.ts'
import { ADMIN, cmdlet, provisioning, SERVICE_HOST } from '../../test/support/record-cmdlets.ts'
import { at, guid, person, type RawRecord } from '../../test/support/records.ts'

const anna = person('anna')
const run = (operation: string, parameters: RawRecord, change: RawRecord = {}, clock = '09:20', day = 0) =>
  cmdlet(operation, parameters, { at: at(clock, day), change })
const exported = (clock = '09:20', day = 0) =>
  run('New-MailboxExportRequest', { Mailbox: anna, FilePath: '\\\\files\\pst\\x.pst' }, {}, clock, day)
const removed = (clock = '11:00', day = 0) =>
  run('Remove-MailboxExportRequest', { Identity: `${anna}\\MailboxExport` }, {}, clock, day)

const taken = { term: 'taken', severity: 'high', count: 1, key: [ADMIN], mailboxes: [anna] } as const
const hidden = { term: 'taken-and-hidden', severity: 'critical', count: 1, key: [ADMIN] } as const
const other = { term: 'other', severity: 'medium', count: 1, key: [ADMIN] } as const

export const cases = defineCases('legacy-export-cmdlet', {
  fires: {
    'a mailbox is exported': { records: [exported()], expect: taken },
    'a mailbox is searched and copied': {
      records: [run('Search-Mailbox', { Identity: anna, TargetMailbox: 'discovery', SearchQuery: 'offer' })],
      expect: taken,
    },
    'a search over mailboxes is made': {
      records: [run('New-MailboxSearch', { Name: 'x', SourceMailboxes: anna })],
      expect: taken,
    },
    'exported, and the request removed the same day': {
      records: [exported(), removed()],
      expect: { ...hidden, recordCount: 2, mailboxes: [anna] },
    },
    'exported, and the request removed over midnight': {
      records: [exported('23:40'), removed('00:20', 1)],
      expect: hidden,
    },
    'exported, and the request removed within a day to the second': {
      records: [exported('09:20'), removed('09:19:59', 1)],
      expect: hidden,
    },
    'exported, and the request removed a day later': {
      records: [exported('09:20'), removed('09:20', 1)],
      expect: { ...taken, recordCount: 1 },
    },
    'a request removed, then another mailbox exported': {
      records: [removed('08:00'), exported()],
      expect: taken,
    },
    'exported, and the request removed by somebody else': {
      records: [
        exported(),
        cmdlet('Remove-MailboxExportRequest', { Identity: anna }, { at: at('11:00'), by: person('carla') }),
      ],
      expect: taken,
    },
    'an export that did not work, and the request removed': {
      records: [run('New-MailboxExportRequest', { Mailbox: anna }, { ResultStatus: 'False' }), removed()],
      expect: { term: 'tried' },
    },
    'the removal alone': { records: [removed()], expect: other },
    'the list of exports is looked at': {
      records: [run('Get-MailboxExportRequest', { Identity: `${anna}\\MailboxExport` })],
      expect: other,
    },
    'mail is brought into a mailbox': {
      records: [run('New-MailboxImportRequest', { Mailbox: anna, FilePath: 'x.pst' })],
      expect: other,
    },
    'an export that did not work': {
      records: [run('New-MailboxExportRequest', { Mailbox: anna }, { ResultStatus: 'False' })],
      expect: { term: 'tried', severity: 'medium', count: 1, mailboxes: [anna] },
    },
    'three mailboxes are one finding': {
      records: [anna, person('bruno'), person('carla')].map((Mailbox, n) =>
        cmdlet('New-MailboxExportRequest', { Mailbox }, { at: at('09:20') + n }),
      ),
      expect: { ...taken, count: 3, mailboxes: [anna, person('bruno'), person('carla')] },
    },
    'a variant of operation and names': {
      records: [run('new–mailboxexportREQUEST.', { mailbox: anna.toUpperCase() })],
      expect: taken,
    },
    'the parameters as one command line': {
      records: [run('New-MailboxExportRequest', {}, { Parameters: `-Mailbox "${anna}" -FilePath "x.pst"` })],
      expect: taken,
    },
    'without the name of a mailbox': {
      records: [run('New-MailboxExportRequest', {})],
      expect: { term: 'taken', count: 1, mailboxes: [] },
    },
    'by a partner technician': {
      records: [
        run(
          'New-MailboxExportRequest',
          { Mailbox: anna },
          { UserType: 9, UserId: `tenant: ${guid('partner')}, object: ${guid('technician')}` },
        ),
      ],
      expect: { term: 'taken' },
    },
    'by an account named like Microsoft’s own': {
      records: [run('New-MailboxExportRequest', { Mailbox: anna }, { UserId: SERVICE_HOST, UserType: 2 })],
      expect: { term: 'taken' },
    },
    'late or duplicate content: the same record twice': {
      records: [exported(), exported()],
      expect: { ...taken, recordCount: 1 },
    },
  },
  quiet: {
    'Microsoft’s own machinery': [provisioning('New-MailboxExportRequest', { Mailbox: anna })],
    'other cmdlets': [run('New-MoveRequest', { Identity: anna }), run('Get-Mailbox', { Identity: anna })],
    'a function of a tool, which is no cmdlet of Exchange': [run('Invoke-SelfSearch', { Mailbox: anna })],
  },
})
