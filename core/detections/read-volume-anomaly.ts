import { defineDetection } from '../model/detection.ts'
import { technique } from './kit/technique.ts'
import { mailWords, messagesWords, volumeSignals } from './kit/volumes.ts'
import { asUsual, names, opening, when, whileLearning, whose, withClient } from './kit/words.ts'

const MESSAGES = { counts: 'messages one person or application read in a day', measures: ['messages'] }
/** A hundred megabytes, in units of 25 kB. */
const HUNDRED_MB = 4_000
/** People's days differ by a factor of ten without a reason; with less than this an office of fifty has one a week. */
const BYTES = { atLeast: HUNDRED_MB, above: { by: 'mad', times: 15, days: 28, minDays: 10 } } as const

export default defineDetection({
  id: 'read-volume-anomaly',
  title: 'Far more mail read than usual',
  attack: ['T1114.002'],
  reads: ['MailItemsAccessed', 'AttachmentAccess', 'MessageBind'],
  terms: [
    {
      ...{ id: 'messages', ...MESSAGES, atLeast: 301, severity: 'medium' },
      above: { by: 'p95', times: 3, days: 28, minDays: 7 },
    },
    {
      ...{ id: 'bytes', counts: 'units of 25 kB one person or application read in a day' },
      ...{ measures: ['bytes'], ...BYTES, severity: 'medium' },
    },
    {
      ...{ id: 'network-bytes', counts: 'units of 25 kB read from one network in a day, in bulk' },
      ...{ measures: ['network-bytes'], ...BYTES, severity: 'medium' },
    },
    {
      ...{ id: 'messages-unusual', ...MESSAGES, atLeast: 50, severity: 'low' },
      above: { by: 'mad', times: 8, days: 28, minDays: 10 },
    },
  ],

  signals: volumeSignals,

  headline: ({ count, key, term }) => {
    const what = term.startsWith('messages') ? messagesWords(count) : `${mailWords(count)}`
    return key[0].startsWith('net:')
      ? `${what} read from one network`
      : `${what} read in a day, far more than usual`
  },

  sentence: finding => {
    const { actors, count, end, key, limit, start, term } = finding
    const told = term.startsWith('messages') ? messagesWords : mailWords
    const [network] = key[0].startsWith('net:') ? [key[0].slice('net:'.length)] : []
    const together = `${when(start, end)} ${names(actors, 2)}, from the network ${network},`
    return (
      `${network === undefined ? opening(finding) : together} read ${told(count)} in ${whose(finding)}${withClient(finding)},` +
      `${asUsual(finding, told)}${whileLearning(finding)}. From ${told(limit)} on we say so.`
    )
  },

  triage: [
    'Ask the reader, by phone: a search, an export, a new computer, a program that fetches mail anew?',
    'For an application: ask whoever runs it what it did that day.',
    'If nobody can say: revoke sessions or the application’s credential, and see what else happened that day.',
  ],
  notKnown: 'Which of it is more than the usual, and what became of it.',
  falsePositives: [
    'Coming back from a holiday',
    'A new or repaired mail program that fetches everything again',
  ],
  notCovered: [
    'Readers with fewer than ten days of reading in four weeks: nothing is usual for them yet',
    'Growth slow enough to become what is usual',
    'Sizes are not in older records, and Sync by desktop Outlook names neither messages nor sizes',
  ],
  references: [technique('T1114.002')],
  covers: [
    'Sentinel: MailItemsAccessed operation anomaly',
    'Microsoft: hunting for anomalies of MailItemsAccessed by Graph',
    'Splunk: Email servers sending high volume traffic to hosts',
    'Splunk: Hosts receiving high volume of network traffic from email server',
  ],
})
