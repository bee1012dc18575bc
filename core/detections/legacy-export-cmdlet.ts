import { EXPORTS } from '../model/compliance-operations.ts'
import { defineDetection } from '../model/detection.ts'
import { requestMailbox } from './kit/cmdlet.ts'
import { nameValues } from './kit/name-values.ts'
import { isSystemActor } from './kit/system-actors.ts'
import { technique } from './kit/technique.ts'
import { single } from './kit/terms.ts'
import { names, opening } from './kit/words.ts'

const TAKES = new Set<string>([
  'New-MailboxExportRequest',
  'Search-Mailbox',
  'New-MailboxSearch',
  'Start-MailboxSearch',
])

export default defineDetection({
  id: 'legacy-export-cmdlet',
  title: 'Mailbox export by cmdlet',
  attack: ['T1114.002'],
  reads: EXPORTS,
  terms: [
    {
      ...single('removal', 'requests removed within a day of an export', 'critical'),
      ...{ id: 'taken-and-hidden', withinMinutes: 1440, after: { measures: ['export'] } },
    },
    single('taken', 'mailboxes exported or copied by cmdlet', 'high'),
    single('tried', 'such cmdlets that did not work', 'medium'),
    {
      ...single('other', 'other cmdlets around exports and imports', 'medium'),
      measures: ['other', 'hidden'],
    },
  ],

  *signals(record) {
    if (isSystemActor(record)) return
    const { operation, actor, body } = record
    const mailbox = requestMailbox(record, nameValues(body.Parameters))
    const hidden = operation === 'Remove-MailboxExportRequest'
    // The attempt is worth a question: Exchange Online has none of these, an own server has no daily use for them.
    const measure = !record.succeeded ? 'tried' : TAKES.has(operation) ? 'taken' : hidden ? 'hidden' : 'other'
    yield { key: [actor], measure, members: [mailbox ?? operation], mailbox, note: operation }
    if (measure === 'hidden') yield { key: [actor], measure: 'removal' }
    if (record.succeeded && operation === 'New-MailboxExportRequest')
      yield { key: [actor], measure: 'export' }
  },

  headline: ({ term }) =>
    ({
      'taken-and-hidden': 'A mailbox was exported, the request removed',
      taken: 'A mailbox was exported or copied by cmdlet',
      tried: 'Somebody tried to export a mailbox by cmdlet',
    })[term] ?? 'Cmdlets around mailbox exports were used',

  sentence: finding => {
    const of = finding.mailboxes.length > 0 ? ` on ${names(finding.mailboxes)}` : ''
    const end = {
      'taken-and-hidden': ' The request for it was removed within a day, as one does to hide it.',
      tried: ' It did not work, but somebody wanted it to.',
    }[finding.term]
    return `${opening(finding)} used ${names([...finding.notes].sort())}${of}.${end ?? ''}`
  },

  triage: [
    'Ask this administrator, by phone: a move, an employee who left, a legal matter? Who asked for it?',
    'If nobody knows: block the account’s sign-in, and on an own server look for the file and for web shells.',
    'Take the roles "Mailbox Import Export" and "Mailbox Search" from whoever does not need them.',
  ],
  notKnown: 'Where the copy was written and who has it now.',
  falsePositives: ['Migrations between an own Exchange server and the cloud', 'Archiving people who left'],
  notCovered: ['Servers whose records do not come to Microsoft 365', 'Exports online: see ediscovery-export'],
  references: [technique('T1114.002')],
  covers: [
    'df00tech T1114.002: Exchange Admin Cmdlet',
    'Elastic: Exchange Mailbox Export via PowerShell',
    'Elastic: Exporting Exchange Mailbox via PowerShell',
    'Splunk: Exchange New Export Request (PowerShell)',
    'Sentinel: host exporting a mailbox and removing the export',
  ],
})
