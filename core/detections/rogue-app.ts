import { defineDetection } from '../model/detection.ts'
import { actorName } from './kit/directory-apps.ts'
import { rogueApp, rogueSighting } from './kit/rogue-apps.ts'
import { technique } from './kit/technique.ts'
import { fromAddresses, when, whose } from './kit/words.ts'

const seen = (counts: string, measure: string) => ({ counts, measures: [measure], atLeast: 1 })

export default defineDetection({
  id: 'rogue-app',
  title: 'Application known from mail theft',
  attack: ['T1528', 'T1114.002'],
  reads: 'any',
  terms: [
    { id: 'mail', ...seen('records of its work in mailboxes', 'mail'), severity: 'high' },
    { id: 'sign-in', ...seen('sign-ins to it', 'sign-in'), severity: 'high' },
    { id: 'allowed', ...seen('consents, grants and principals for it', 'allowed'), severity: 'high' },
  ],

  signals(record) {
    const found = record.succeeded ? rogueSighting(record) : undefined
    return found === undefined ? [] : [{ key: [record.actor, found.appId], measure: found.measure }]
  },

  headline: ({ key, term }) =>
    `${rogueApp(key[1]) ?? 'It'} ${term === 'mail' ? 'is at work in your mail' : 'came into your tenant'}`,

  sentence: finding => {
    const { end, key, mailboxes, start, term } = finding
    const [subject, appId] = key
    const did = { mail: 'used', 'sign-in': 'signed in to' }[term] ?? 'let in'
    const where = term === 'mail' && mailboxes.length > 0 ? ` on ${whose(finding)}` : ''
    return (
      `${when(start, end)} ${actorName(subject)} ${did} ${rogueApp(appId)} (${appId})${where}${fromAddresses(finding)}.` +
      ' Thieves use this application to copy whole mailboxes; some people use it honestly.'
    )
  },

  triage: [
    'Phone the user: did they install this program themselves, and why?',
    'If not: revoke sessions, reset the password, check MFA methods and inbox rules.',
    'Enterprise applications, the application, Properties: "Enabled for users to sign-in: No"; then remove consents.',
    'Assume that what the mailbox held was copied.',
  ],
  notKnown: 'Whether the user or somebody with their password set it up.',
  falsePositives: ['Mail programs and backup tools that somebody in the firm chose'],
  notCovered: ['Programs under a new id; names prove nothing and are not looked at'],
  references: [technique('T1528'), { title: 'Huntress: rogue applications' }],
  covers: ['Huntress and CIPP: rogue applications (by id)'],
})
