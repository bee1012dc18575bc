import { defineDetection } from '../model/detection.ts'
import { mailFiles } from './kit/hunting-matches.ts'
import { technique } from './kit/technique.ts'
import { single } from './kit/terms.ts'
import { names, when } from './kit/words.ts'

export default defineDetection({
  id: 'local-mail-store',
  title: 'Mail files collected on a machine',
  attack: ['T1114.001'],
  reads: ['HuntingMatch'],
  terms: [
    single('copied', 'mailbox files written or renamed by a shell, a script, a packer or a copier', 'high'),
    single('messages', 'hours in which such a program wrote 20 messages or more', 'medium'),
    single(
      'touched',
      'mailbox files touched in a mail folder by a program that is no mail program',
      'medium',
    ),
  ],

  signals(record) {
    const found = mailFiles(record)
    if (found === undefined) return []
    return [{ key: [record.actor, found.machine], measure: found.measure, note: found.what }]
  },

  headline: ({ term }) =>
    term === 'touched'
      ? 'A program that reads no mail touched mail files'
      : 'Mail files were copied or packed on a machine',

  sentence: finding => {
    const { end, key, notes, start } = finding
    const [account, machine] = key
    return (
      `${when(start, end)} mail files of ${machine} were in the hands of programs that are no mail programs, run by` +
      ` ${account}: ${names(notes.toSorted(), 4)}. One is enough for this message.`
    )
  },

  triage: [
    'Phone the user: are they moving or backing up their mail?',
    'If not: take the machine off the network (Defender: Isolate device), do not switch it off.',
    'Look where the files went: other disks, uploads, cloud folders.',
    'Treat all mail of the account as read; reset the password and revoke sessions.',
  ],
  notKnown: 'Whether the files left the machine, and what was in them.',
  falsePositives: [
    'A user who archives or moves his mail',
    'Backup and migration programs that nobody named',
  ],
  notCovered: [
    'Machines without Microsoft Defender for Endpoint, and tenants that did not grant `ThreatHunting.Read.All`',
    'Copies read in place: Defender records files that are written, not files that are read',
    'Mailboxes without an ending of their own, as Thunderbird’s folders',
  ],
  references: [technique('T1114.001')],
  covers: [
    'df00tech T1114: LocalEmailCollection',
    'df00tech T1114: mail stores created by other programs (QRadar)',
    'df00tech T1114: test 1, mail stores copied with PowerShell',
  ],
})
