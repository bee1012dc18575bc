import { ACCESS_CMDLETS } from '../model/access-operations.ts'
import { defineDetection } from '../model/detection.ts'
import { loosenings } from './kit/access-policy.ts'
import { cmdletTarget } from './kit/cmdlet.ts'
import { nameValues } from './kit/name-values.ts'
import { isSystemActor } from './kit/system-actors.ts'
import { technique } from './kit/technique.ts'
import { single } from './kit/terms.ts'
import { names, opening } from './kit/words.ts'

export default defineDetection({
  id: 'client-access-policy',
  title: 'Access to mailboxes made easier',
  attack: ['T1098', 'T1098.005', 'T1556'],
  reads: ACCESS_CMDLETS,
  terms: [
    single('wide', 'changes that open what keeps devices and applications out', 'high'),
    single('some', 'changes that add a way to reach mail', 'medium'),
  ],

  *signals(record) {
    if (!record.succeeded || isSystemActor(record)) return
    const target = cmdletTarget(record, nameValues(record.body.Parameters))
    const of = record.operation === 'Set-CASMailbox' ? { mailbox: target } : { note: target }
    for (const { grade, what } of loosenings(record))
      yield { key: [record.actor, what], measure: grade, ...of }
  },

  headline: ({ term }) =>
    term === 'wide' ? 'A barrier in front of mailboxes was opened' : 'One more way to reach mail was opened',

  sentence: finding => {
    const of = finding.mailboxes.length > 0 ? finding.mailboxes : finding.notes
    return (
      `${opening(finding)} changed who may reach mailboxes: ${finding.key[1]}` +
      `${of.length > 0 ? ` (${names(of)})` : ''}. One such change is enough for this message.`
    )
  },

  triage: [
    'Ask whoever made the change, by phone, what it was for.',
    'If nobody knows: put the setting back, and revoke the sessions of the account that changed it.',
    'Look for sign-ins and mail access over the protocol or by the application since.',
  ],
  notKnown: 'What the setting was before: the record holds the new value only.',
  falsePositives: [
    'A scanner or an old program that needs IMAP, POP or SMTP with a password',
    'A replaced phone, allowed by hand',
  ],
  notCovered: [
    'Mailbox plans and policies that were loose already',
    'Conditional Access and other settings of Entra',
  ],
  references: [technique('T1098'), technique('T1556')],
  covers: [
    'Elastic: New ActiveSyncAllowedDeviceID Added via PowerShell',
    'Sentinel: Email access via ActiveSync (its record in the cloud)',
    'reprise99: new application access policy',
  ],
})
