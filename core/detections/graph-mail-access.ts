import { defineDetection, type Signal, TENANT_KEY } from '../model/detection.ts'
import { isExpected, mailboxChange, mailRoutes, readsMessages } from './kit/graph-requests.ts'
import { callerWords, deedOf, fromWith, ofMailboxes } from './kit/graph-words.ts'
import { technique } from './kit/technique.ts'
import { firstSeen, single } from './kit/terms.ts'
import { many, some, span, when, whileLearning } from './kit/words.ts'

const NEW_WAY = 'mailboxes an application reached through Graph in a way new to it'

export default defineDetection({
  id: 'graph-mail-access',
  title: 'Mail reached through Graph in unusual ways',
  attack: ['T1114.002', 'T1550.001'],
  reads: ['Microsoft Graph Activity'],
  parts: ['graph-route'],
  unlearned: ['calls', 'rules', 'settings'],
  terms: [
    { ...single('calls', 'requests for messages of one mailbox', 'medium'), atLeast: 201, withinMinutes: 60 },
    single('rules', 'requests that changed inbox rules', 'medium'),
    firstSeen('route', NEW_WAY, 'medium', ['graph-route']),
    single('settings', 'requests that changed mailbox settings', 'low'),
    firstSeen('batch', NEW_WAY, 'low', ['graph-route']),
  ],

  *signals(record, tenant): Iterable<Signal> {
    const { actor, app, mailbox, succeeded } = record
    if (!succeeded || app === undefined || isExpected(record, tenant)) return
    for (const route of mailRoutes(record)) {
      const measure = route === 'batch' ? route : 'route'
      yield { key: [TENANT_KEY, `${app} ${route}`], measure, members: [mailbox ?? actor] }
    }
    if (mailbox === undefined) return
    const change = mailboxChange(record)
    if (change !== undefined) yield { key: [mailbox, `${app} ${change}`], measure: change }
    if (readsMessages(record)) yield { key: [mailbox, `${app} calls`], measure: 'calls' }
  },

  headline: ({ count, key, term }) => {
    if (term === 'calls') return `${many(count, 'request')} for the mail of one mailbox`
    const [deed] = deedOf(key[1]?.split(' ')[1]).split(',')
    return term === 'rules' || term === 'settings'
      ? `An application ${deed} through Graph`
      : `First time: an app ${deed}`
  },

  sentence: finding => {
    const { count, end, key, limit, start, term, withinMinutes } = finding
    const [app = '', way] = (key[1] ?? '').split(' ')
    const head = `${when(start, end)} ${callerWords(app, finding)}`
    if (term === 'calls')
      return `${head} asked ${many(count, 'time')} for messages of the mailbox ${key[0]}${fromWith(finding)}. The limit is ${limit} within ${span(withinMinutes)}.`
    if (term === 'rules' || term === 'settings')
      return `${head} ${deedOf(way)} of the mailbox ${key[0]}${fromWith(finding)}, in ${some(count, 'request')}.`
    const did = `${deedOf(way)}${ofMailboxes(finding)}${fromWith(finding)}${whileLearning(finding)}`
    return `${head} ${did}. It had not done so in this tenant in the 30 days before.`
  },

  triage: [
    'Look the application’s id up under Enterprise applications, and the user’s among the users: both are ids of Entra.',
    'Ask the user, by phone, what they use it for; ask whoever runs backups, CRM or ticket systems.',
    'If nobody knows: disable the application there, revoke its consents and the user’s sessions.',
    'If rules were changed, look at all rules of the mailbox. If the application is wanted, mark it as trusted.',
  ],
  notKnown:
    'What was searched, subscribed to or bundled: the log has addresses of requests, not their contents.',
  falsePositives: ['A new backup, CRM, ticket or signature product', 'The first copy a mail program makes'],
  notCovered: [
    'Applications you trust, and Microsoft’s own services',
    'A way known from the application’s ordinary work',
  ],
  references: [technique('T1114.002'), technique('T1550.001')],
  covers: [
    'Google SecOps: Graph requests for top N messages',
    'Defender for Cloud Apps: anomalous Graph calls to read mail',
  ],
})
