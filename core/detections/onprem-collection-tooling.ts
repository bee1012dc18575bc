import { defineDetection } from '../model/detection.ts'
import { commands } from './kit/hunting-matches.ts'
import { technique } from './kit/technique.ts'
import { following, single } from './kit/terms.ts'
import { names, when } from './kit/words.ts'

const HEADLINES = new Map([
  ['taken-and-hidden', 'A mailbox export was started and its request removed'],
  ['tool', 'A tool made for taking mail ran on a machine'],
  ['export', 'A command that exports mailboxes ran on a machine'],
  ['device', 'A phone was let at a mailbox from a machine'],
])

export default defineDetection({
  id: 'onprem-collection-tooling',
  title: 'Commands that take mail, on a machine',
  attack: ['T1114.002', 'T1114.001'],
  reads: ['HuntingMatch'],
  terms: [
    following(
      {
        id: 'taken-and-hidden',
        measures: ['removal'],
        counts: 'removals within a day of an export',
        severity: 'critical',
      },
      ['export'],
      1440,
    ),
    single('tool', 'commands of tools made for taking mail', 'critical'),
    single('export', 'commands that export or search mailboxes', 'high'),
    single('device', 'commands that let a device at a mailbox', 'high'),
    single('script', 'scripts that open mail through Outlook or a library', 'medium'),
    single('removal', 'removals of export requests', 'medium'),
    single('look', 'commands that list exports and addresses', 'low'),
  ],

  signals(record) {
    const found = commands(record)
    if (found === undefined) return []
    const key = [record.actor, found.machine] as const
    return found.kinds.map(measure => ({ key, measure, note: found.what }))
  },

  headline: ({ term }) => HEADLINES.get(term) ?? 'A script or command on a machine is after mail',

  sentence: ({ end, key, notes, start }) =>
    `${when(start, end)} ${key[0]} ran on ${key[1]}: ${names(notes.toSorted(), 4)}. One is enough for this message.`,

  triage: [
    'Phone the user: did they run this, and for whom?',
    'If not: take the machine off the network (Defender: Isolate device), and disable the account.',
    'With an Exchange server of your own: list its export requests and look at the folder they point to.',
    'Look at what the account read in other mailboxes since.',
  ],
  notKnown: 'Whether the command worked, and what it took.',
  falsePositives: [
    'Exchange administrators at work: moves, archives, leavers',
    'Macros and scripts of your own that send mail through Outlook',
  ],
  notCovered: [
    'Machines without Microsoft Defender for Endpoint, and tenants that did not grant `ThreatHunting.Read.All`',
    'Words taken apart or encoded in a command; Defender shows what PowerShell made of them in `scripts` alone',
    'The same library in a compiled program',
  ],
  references: [technique('T1114.002'), technique('T1114.001')],
  covers: [
    'df00tech T1114: test 2, inbox listed through Outlook on the machine',
    'df00tech T1114.002: On-Prem Exchange PowerShell Collection',
    'Elastic: PowerShell Mailbox Collection Script',
    'Elastic: Exporting Exchange Mailbox via PowerShell',
    'Elastic: Exchange Mailbox Export via PowerShell',
    'Elastic: New ActiveSyncAllowedDeviceID Added via PowerShell',
    'Sentinel: host exporting a mailbox and removing the export',
  ],
})
