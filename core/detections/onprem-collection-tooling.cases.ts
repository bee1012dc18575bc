import { defineCases } from '../../test/support/cases.ts'
import { match } from '../../test/support/record-hunting.ts'
import { at, person, type RawRecord } from '../../test/support/records.ts'

const anna = person('anna')
const key = [anna, 'desk-7.birchwood.example'] as const

const ran = (Matched: string, more: RawRecord = {}, when?: number) =>
  match('commands', { Process: 'powershell.exe', Command: `powershell ${Matched} …`, Matched, ...more }, when)
const script = (Matched: string) =>
  match('scripts', { Process: 'pwsh.exe', Command: '{"Command":"…"}', Matched })
const noted = (words: string) => [`${words} ("powershell.exe")`]

export const cases = defineCases('onprem-collection-tooling', {
  fires: {
    'an export of a mailbox': {
      records: [ran('New-MailboxExportRequest')],
      expect: {
        term: 'export',
        severity: 'high',
        key,
        count: 1,
        actor: anna,
        notes: noted('New-MailboxExportRequest'),
      },
    },
    'a tool by its function, in lower case': {
      records: [ran('invoke-selfsearch')],
      expect: { term: 'tool', severity: 'critical', key, notes: noted('Invoke-SelfSearch') },
    },
    'an export, and its request removed within a day': {
      records: [ran('New-MailboxExportRequest'), ran('Remove-MailboxExportRequest', {}, at('09:04', 1))],
      expect: { term: 'taken-and-hidden', severity: 'critical', key, count: 1 },
    },
    'an export behind a harmless word': {
      records: [ran('Get-GlobalAddressList,Search-Mailbox')],
      expect: { term: 'export', severity: 'high', notes: noted('Get-GlobalAddressList, Search-Mailbox') },
    },
    'a phone let at a mailbox': {
      records: [ran('ActiveSyncAllowedDeviceIDs')],
      expect: { term: 'device', severity: 'high', key },
    },
    'Outlook driven by a script': {
      records: [script('Outlook.Application')],
      expect: { term: 'script', severity: 'medium', key },
    },
    'the library of Exchange in a script': {
      records: [script('Microsoft.Exchange.WebServices')],
      expect: { term: 'script' },
    },
    'a request removed': {
      records: [ran('Remove-MailboxExportRequest')],
      expect: { term: 'removal', severity: 'medium' },
    },
    'a request removed a day after the export': {
      records: [ran('New-MailboxExportRequest'), ran('Remove-MailboxExportRequest', {}, at('09:05', 1))],
      expect: { term: 'removal', severity: 'medium' },
    },
    'somebody asks for export requests': {
      records: [ran('Get-MailboxExportRequest')],
      expect: { term: 'look', severity: 'low' },
    },
  },
  quiet: {
    'a word that is on no list': [ran('Get-Mailbox')],
    'nothing was found': [ran('')],
    'a row of another query': [
      match('mail-files', { Process: 'powershell.exe', Matched: 'Search-Mailbox', Ending: '.txt' }),
    ],
  },
})
