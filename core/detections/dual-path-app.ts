import { defineDetection } from '../model/detection.ts'
import { mailPath } from './kit/mail-paths.ts'
import { technique } from './kit/technique.ts'
import { single } from './kit/terms.ts'
import { fromAddresses, many, names, span, when } from './kit/words.ts'

export default defineDetection({
  id: 'dual-path-app',
  title: 'Application reaches mail in two ways',
  attack: ['T1114.002', 'T1550.001'],
  reads: ['MailItemsAccessed', 'AttachmentAccess', 'Send', 'Update', 'Move', 'SoftDelete', 'HardDelete'],
  terms: [
    {
      ...single(
        'direct',
        'records of an application over EWS or IMAP that also comes through Graph',
        'medium',
      ),
      withinMinutes: 1440,
      also: { measures: ['graph'], atLeast: 1 },
    },
  ],

  signals(record, tenant) {
    const way = record.succeeded ? mailPath(record, tenant) : undefined
    if (way === undefined) return []
    const note = way.path === 'direct' ? record.client?.name : ''
    return [{ key: [`app:${way.app}`], measure: way.path, note }]
  },

  headline: () => 'An application reached mail in two ways on one day',

  sentence: finding => {
    const { end, key, mailboxes, notes, start, withinMinutes } = finding
    return (
      `${when(start, end)} the application ${key[0].slice(4)} worked in ${many(mailboxes.length, 'mailbox', 'mailboxes')}` +
      ` (${names(mailboxes)}) through Graph and also directly, by way of ${names(notes, 4)}${fromAddresses(finding)}.` +
      ` One record each way within ${span(withinMinutes)} is enough for this message.`
    )
  },

  triage: [
    'Ask whoever runs this application: did it get a new way to mail, such as a move from EWS to Graph?',
    'If nobody knows: Enterprise applications, the application, Properties: "Enabled for users to sign-in: No".',
    'Then rotate its secrets and certificates, and look at what was granted to it lately.',
  ],
  notKnown: 'Which of the two ways is the application’s own.',
  falsePositives: [
    'An application on its way from EWS to Graph',
    'Backup and archive programs that use both',
  ],
  notCovered: [
    'The two ways more than a day apart',
    'Programs that speak EWS under the id all of them share',
  ],
  references: [technique('T1114.002'), technique('T1550.001')],
  covers: ['Sentinel: application reading mail both through Graph and directly'],
})
