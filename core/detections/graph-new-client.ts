import { defineDetection } from '../model/detection.ts'
import { isExpected, isPublicClient, readsMail } from './kit/graph-requests.ts'
import { fromWith, ofMailboxes } from './kit/graph-words.ts'
import { personalNetwork } from './kit/places.ts'
import { appWords, readerApp } from './kit/reader-apps.ts'
import { technique } from './kit/technique.ts'
import { firstSeen } from './kit/terms.ts'
import { when, whileLearning } from './kit/words.ts'

const COUNTS = 'programs with which a user first asked Graph for mail'

export default defineDetection({
  id: 'graph-new-client',
  title: 'Graph asked for mail by a new user and program',
  attack: ['T1114.002', 'T1550.001'],
  reads: ['Microsoft Graph Activity'],
  parts: ['graph-app', 'network'],
  terms: [
    firstSeen('dual-use', COUNTS, 'high', ['graph-app']),
    firstSeen('elsewhere', COUNTS, 'medium', ['graph-app', 'network'], 'application'),
    firstSeen('application', COUNTS, 'low', ['graph-app']),
    firstSeen('server', COUNTS, 'low', ['graph-app']),
    firstSeen('mail-program', COUNTS, 'low', ['graph-app', 'network']),
  ],

  signals(record, tenant) {
    const { actor, appOnly, body, succeeded } = record
    if (appOnly || !succeeded || !readsMail(record) || isExpected(record, tenant)) return []
    const reader = readerApp(record)
    if (reader === undefined) return []
    const { id, kind } = reader
    // The address of a program with a secret is its server's, and says nothing about the user.
    const measure = kind === 'application' && !isPublicClient(body) ? 'server' : kind
    const network = measure === 'server' ? undefined : personalNetwork(record, tenant)
    const key = network === undefined ? ([actor, id] as const) : ([actor, id, network] as const)
    return [{ key, measure, members: ['reading'] }]
  },

  headline: ({ term }) =>
    term === 'dual-use'
      ? 'A script’s or administrator’s tool asked Graph for mail'
      : 'A program new to the user asked Graph for mail',

  sentence: finding => {
    const { end, key, start, term } = finding
    const [user, id = ''] = key
    const network = term === 'elsewhere' || term === 'mail-program' ? ' and a network' : ''
    return (
      `${when(start, end)} the user with the object id ${user} asked Microsoft Graph for mail${ofMailboxes(finding)} with` +
      ` ${appWords(id)}${fromWith(finding)}${whileLearning(finding)}: a program${network} not seen with this user’s mail in` +
      ' the 30 days before.'
    )
  },

  triage: [
    'Find the user in Entra by the object id, and phone them: did they install or connect this program?',
    'If not: revoke sessions and reset the password; a stolen token or a typed-in code works without it.',
    'Look the program’s id up under Enterprise applications; revoke consents to it that nobody wanted.',
    'If it is wanted, mark it as trusted; it stays quiet from then on.',
  ],
  notKnown: 'What was read: the log has addresses of requests, not answers.',
  falsePositives: ['A new mail app or add-in on a new device', 'An administrator who tries out Graph'],
  notCovered: [
    'A thief with the victim’s usual program from the usual network',
    'Applications without a user: see app-only-access and graph-mail-access',
    'What is new in a user’s first week in the log, or after a month of silence',
  ],
  references: [technique('T1114.002'), technique('T1550.001')],
  covers: ['Elastic: Microsoft Graph Request Email Access by Unusual User and Client'],
})
