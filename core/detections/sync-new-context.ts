import { defineDetection } from '../model/detection.ts'
import type { Severity } from '../model/severity.ts'
import { foldersOf, isSync } from './kit/mail-access.ts'
import { personalNetwork } from './kit/places.ts'
import { syncClient, syncDevice } from './kit/sync-contexts.ts'
import { technique } from './kit/technique.ts'
import { firstSeen } from './kit/terms.ts'
import { many, names, opening, whileLearning, whose, withClient } from './kit/words.ts'

const copied = (id: string, severity: Severity, ...fresh: readonly string[]) =>
  firstSeen(id, 'folders somebody copied whole', severity, fresh, 'folders')

/** What is new, by the term; completes `…: not seen`. */
const NEWS = new Map([
  ['device-elsewhere', 'a device and a network'],
  ['client-elsewhere', 'a program and a network'],
  ['device', 'a device'],
  ['client', 'a program'],
])

export default defineDetection({
  id: 'sync-new-context',
  title: 'Mailbox copied from somewhere new',
  attack: ['T1114.002'],
  reads: ['MailItemsAccessed'],
  // A context is its user's own: a delegate who syncs a shared mailbox from his usual desk is no news.
  parts: ['sync-client', 'sync-device', 'network'],
  terms: [
    copied('device-elsewhere', 'high', 'sync-device', 'network'),
    copied('client-elsewhere', 'high', 'sync-client', 'network'),
    copied('device', 'low', 'sync-device'),
    copied('client', 'medium', 'sync-client'),
    copied('network', 'low', 'network'),
  ],

  signals(record, tenant) {
    const { actor, appOnly, body, mailbox, succeeded } = record
    if (appOnly || mailbox === undefined || !succeeded || !isSync(body)) return []
    const members = foldersOf(body)
    if (members.length === 0) return []
    const network = personalNetwork(record, tenant)
    const key = [
      actor,
      syncClient(record),
      syncDevice(body),
      ...(network === undefined ? [] : [network]),
    ] as const
    return [{ key, measure: 'folders', members, note: names(members, 5) }]
  },

  headline: ({ count, term }) =>
    term === 'network'
      ? `${many(count, 'mail folder')} copied from a new network`
      : `${many(count, 'mail folder')} copied by ${term.startsWith('device') ? 'a device' : 'a program'} never seen`,

  sentence: finding =>
    `${opening(finding)} copied ${many(finding.count, 'whole folder')} (${names(finding.notes)}) of ${whose(finding)}` +
    `${withClient(finding)}${whileLearning(finding)}: ${NEWS.get(finding.term) ?? 'a network'} not seen with this user in` +
    ' the 30 days before. Presume that all mail in them is out.',

  triage: [
    'Phone the user (do not mail): a new computer or phone, a new mail program, travelling?',
    'If not: block sign-in, then revoke sessions (Entra, the user’s page); a copied mailbox cannot be called back.',
    'Reset the password; look at MFA methods and registered devices, and remove what nobody knows.',
    'For an insurer or lawyer: treat every message of these folders as read.',
  ],
  notKnown: 'What was in the folders, and whether the copy still exists.',
  falsePositives: ['A new computer, phone or mail program', 'A laptop on a trip'],
  notCovered: [
    'Who syncs with the same program from a network the user has used',
    'What is new in a user’s first week, or after a month of silence',
  ],
  references: [technique('T1114.002')],
  covers: ['Microsoft: how to investigate MailItemsAccessed, sync from an unknown context'],
})
