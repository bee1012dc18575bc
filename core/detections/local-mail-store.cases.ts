import { defineCases } from '../../test/support/cases.ts'
import { match } from '../../test/support/record-hunting.ts'
import { at, person, type RawRecord } from '../../test/support/records.ts'

const anna = person('anna')
const OUTLOOK = 'C:\\Users\\anna\\AppData\\Local\\Microsoft\\Outlook\\'
const SYSTEM = 'c:\\windows\\system32\\'
const TEMP = 'C:\\Users\\anna\\AppData\\Local\\Temp\\'

const file = (more: RawRecord = {}, when?: number) =>
  match(
    'mail-files',
    {
      Process: '7z.exe',
      ProcessPath: 'c:\\program files\\7-zip\\7z.exe',
      FileName: 'anna.pst',
      FolderPath: `${TEMP}anna.pst`,
      Ending: '.pst',
      Files: 1,
      ...more,
    },
    when,
  )
const key = [anna, 'desk-7.birchwood.example'] as const
const outlook = {
  Process: 'OUTLOOK.EXE',
  FolderPath: `${OUTLOOK}anna.ost`,
  FileName: 'anna.ost',
  Ending: '.ost',
}
const messages = (Files: unknown) => file({ FileName: 'offer.msg', Ending: '.msg', Files })

export const cases = defineCases('local-mail-store', {
  fires: {
    'a mailbox packed by 7-Zip': {
      records: [file()],
      expect: {
        term: 'copied',
        severity: 'high',
        key,
        count: 1,
        actor: anna,
        notes: ['"7z.exe" on "anna.pst"'],
      },
    },
    'a mailbox copied by PowerShell': {
      records: [file({ Process: 'powershell.exe', FolderPath: 'E:\\mail\\anna.ost', Ending: '.OST' })],
      expect: { term: 'copied', key },
    },
    'a mailbox copied by the system itself': {
      records: [file({ AccountUpn: '', AccountDomain: 'NT AUTHORITY', AccountName: 'SYSTEM' })],
      expect: { term: 'copied', key: ['nt authority\\system', 'desk-7.birchwood.example'] },
    },
    'the same row, asked for twice': {
      records: [file(), file()],
      expect: { term: 'copied', count: 1, recordCount: 1 },
    },
    'a program nobody knows in Outlook’s folder': {
      records: [file({ Process: 'updater.exe', FolderPath: `${OUTLOOK}anna.ost`, Ending: '.ost' })],
      expect: { term: 'touched', severity: 'medium', key },
    },
    'a program that is called Outlook and lies elsewhere': {
      records: [file({ ...outlook, ProcessPath: `${TEMP}outlook.exe` })],
      expect: { term: 'touched', severity: 'medium' },
    },
    'twenty messages written in an hour by a script': {
      records: [messages(20)],
      expect: {
        term: 'messages',
        severity: 'medium',
        key,
        notes: ['"7z.exe" on "offer.msg" and 19 more like it'],
      },
    },
    'two machines are two findings': {
      records: [file(), file({ DeviceName: 'desk-8', DeviceId: '8' }, at('10:00'))],
      expect: { term: 'copied', key: [anna, 'desk-8'], count: 1 },
    },
  },
  quiet: {
    'Outlook at its own files': [
      file({ ...outlook, ProcessPath: 'C:\\Program Files\\Microsoft Office\\root\\outlook.exe' }),
    ],
    'the search index': [
      file({ ...outlook, Process: 'SearchIndexer.exe', ProcessPath: `${SYSTEM}searchindexer.exe` }),
    ],
    'a program nobody knows, outside of mail folders': [file({ Process: 'updater.exe' })],
    'nineteen messages': [messages(19)],
    'one message, of which no number is told': [messages(null)],
    'a file of another kind': [file({ FileName: 'anna.zip', Ending: '.zip' })],
    'a row of another query': [
      match('commands', { Process: '7z.exe', FileName: 'anna.pst', Ending: '.pst' }),
    ],
  },
})
