import { defineDetection } from '../model/detection.ts'
import { SIGN_INS } from '../model/identity-operations.ts'
import { signIn } from './kit/sign-in.ts'
import { isExchange, isMailResource, signInAppKind, signInAppName } from './kit/sign-in-apps.ts'
import { isAroundBrowser, SUSPICIONS, suspiciousSignIn } from './kit/suspicious-sign-in.ts'
import { technique } from './kit/technique.ts'
import { single } from './kit/terms.ts'
import { fromAddresses, when, withClient } from './kit/words.ts'

const NEW = { fresh: ['signInApp'] } as const

export default defineDetection({
  id: 'developer-client-sign-in',
  title: 'Sign-in to mail with a developer’s client',
  attack: ['T1528', 'T1078.004', 'T1550.001'],
  reads: SIGN_INS,
  parts: ['signInApp'],
  terms: [
    single('broker-code', 'sign-ins to mail by a typed code, as the authentication broker', 'high'),
    single('device-code', 'sign-ins to mail by a typed code', 'medium'),
    single('script', 'sign-ins to mail with a scripting library', 'medium'),
    single('password', 'sign-ins to mail with a bare password', 'medium'),
    { ...single('developer', 'sign-ins to mail with a developer’s client new to him', 'medium'), ...NEW },
    { ...single('family', 'sign-ins to Exchange with an Office client new to the user', 'low'), ...NEW },
  ],

  *signals(record, tenant) {
    const read = signIn(record)
    if (read === undefined || !record.succeeded || record.appOnly || tenant.isTrustedApp(read.app)) return
    const key = [record.actor, read.app] as const
    const way = suspiciousSignIn(record, tenant)
    if (isAroundBrowser(way)) yield { key, measure: way }
    if (read.device !== undefined) return
    const kind = signInAppKind(read.app)
    if (kind === 'developer' && isMailResource(read.resource)) yield { key, measure: kind }
    if (kind === 'family' && isExchange(read.resource)) yield { key, measure: kind }
  },

  headline: ({ term }) =>
    isAroundBrowser(term)
      ? 'A sign-in to mail went around the browser'
      : 'A client nobody expects signed in to mail',

  sentence: finding => {
    const { key, start, end, term } = finding
    const [user, app] = key
    // The broker is named already.
    const way = term === 'broker-code' ? 'device-code' : term
    const how = isAroundBrowser(way) ? SUSPICIONS[way] : 'to mail, for the first time in 30 days'
    const what = `signed in to ${signInAppName(app ?? '')} ${how}${fromAddresses(finding)}${withClient(finding)}`
    return `${when(start, end)} ${user} ${what}. One is enough for this message.`
  },

  triage: [
    'Phone the user: did they type a code that somebody sent, or do they write scripts?',
    'If not: revoke sessions, reset the password, and remove devices registered since.',
    'Whoever needs no such client: a Conditional Access policy can block device codes and old ways of signing in.',
    'Look at what was read and changed since, under the same session.',
  ],
  notKnown: 'Who typed the password or the code, and on which machine the token is used.',
  falsePositives: [
    'Administrators and developers at work',
    'Meeting room devices and televisions, which sign in by code',
  ],
  notCovered: [
    'Clients of your own: anybody can register one, and its name proves nothing',
    'Machines the tenant knows: a thief who works on one is not told by his client',
    'A token taken from one client of the Office family and used as another leaves no sign-in by a person',
  ],
  references: [technique('T1528'), technique('T1550.001')],
  covers: [
    'Elastic: device code, ROPC, first-party and developers’ clients to Graph and Exchange',
    'Panther: device code with the broker, Visual Studio Code to Graph, ROPC',
    'Sigma: device code, ROPC',
  ],
})
