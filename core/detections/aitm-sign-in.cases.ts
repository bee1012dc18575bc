import { defineCases } from '../../test/support/cases.ts'
import {
  BROKER,
  EDGE,
  ERRORS,
  FIREFOX,
  graphSignIn,
  OFFICE,
  OFFICE_HOME,
  RESOURCES,
  type SignInEvent,
  signIn,
} from '../../test/support/record-sign-ins.ts'
import { at, guid, minutes, person, type RawRecord } from '../../test/support/records.ts'

const anna = person('anna')
const key = [anna] as const
const HOME = { app: OFFICE_HOME, resource: OFFICE_HOME }
const RISKY = {
  riskLevelDuringSignIn: 'medium',
  riskState: 'atRisk',
  riskEventTypes_v2: ['unfamiliarFeatures'],
}
const RELAYED = { riskState: 'atRisk', riskEventTypes_v2: ['attackerinTheMiddle'] }
const TEAM_FILTRATION =
  'Mozilla/5.0 (Windows NT 10.0; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Teams/1.3.00.30866 Chrome/80.0.3987.165 Electron/8.5.1 Safari/537.36'

/** One sign-in to the home page: password, second factor, "stay signed in?", success; each with its session. */
const steps = (
  sessions: readonly (string | undefined)[],
  { over = minutes(9), ...event }: SignInEvent & { over?: number } = {},
): RawRecord[] => {
  const errors = [ERRORS.secondFactor, ERRORS.staySignedIn, ERRORS.none].slice(-sessions.length)
  return sessions.map((session, n) =>
    signIn({
      ...HOME,
      at: at('09:05') + Math.floor((over * n) / Math.max(1, sessions.length - 1)),
      correlation: 'one',
      error: errors[n] ?? 0,
      session,
      ...event,
    }),
  )
}

export const cases = defineCases('aitm-sign-in', {
  fires: {
    'a tool by its name': {
      records: [signIn({ userAgent: 'kali365-live/1.2' })],
      expect: {
        term: 'tool',
        severity: 'critical',
        key,
        count: 1,
        actor: anna,
        addresses: ['198.51.100.23'],
      },
    },
    'a tool that poses as an old Teams client': {
      records: [signIn({ userAgent: TEAM_FILTRATION, resource: RESOURCES.sharepoint })],
      expect: { term: 'tool', key },
    },
    'a library at the home page': {
      records: [signIn({ ...HOME, userAgent: 'axios/1.7.9' })],
      expect: { term: 'kit', severity: 'high', key, count: 1 },
    },
    'a library as the broker, to Exchange': {
      records: [signIn({ app: BROKER, userAgent: 'node' })],
      expect: { term: 'kit', key },
    },
    'a library as the broker, to Graph': {
      records: [signIn({ app: BROKER.toUpperCase(), resource: RESOURCES.graph, userAgent: 'undici' })],
      expect: { term: 'kit', key },
    },
    'two sessions in a sign-in of three steps': {
      records: steps(['page', 'page', 'thief']),
      expect: { term: 'relayed', severity: 'high', key: [anna, guid('one')], count: 2, recordCount: 3 },
    },
    'the second session one second inside ten minutes': {
      records: steps(['page', undefined, 'thief'], { over: minutes(10) - 1 }),
      expect: { term: 'relayed', count: 2 },
    },
    'the browser is like any other': {
      records: steps(['page', 'page', 'thief'], { userAgent: FIREFOX, ip: '203.0.113.5' }),
      expect: { term: 'relayed', addresses: ['203.0.113.5'] },
    },
    'two sessions in a sign-in of two steps': {
      records: steps(['page', 'thief']),
      expect: { term: 'sessions', severity: 'medium', count: 2 },
    },
    'across a bucket edge: around midnight': {
      records: steps(['page', 'page', 'thief']).map((record, n) => ({
        ...record,
        CreationTime: ['2026-11-18T23:56:00', '2026-11-18T23:59:59', '2026-11-19T00:01:00'][n],
      })),
      expect: { term: 'relayed', count: 2 },
    },
    'Entra saw a page in between': {
      records: [graphSignIn({}, RELAYED)],
      expect: { term: 'reported', severity: 'high', key, count: 1 },
    },
    'somebody confirmed in Entra that it was an attack': {
      records: [graphSignIn({}, { riskState: 'confirmedCompromised' })],
      expect: { term: 'reported', key },
    },
    'a page in between that got the second factor too': {
      records: [graphSignIn({}, { ...RELAYED, riskState: 'remediated' })],
      expect: { term: 'reported', key },
    },
    'a risky sign-in to the home page': {
      records: [graphSignIn({ ...HOME, correlation: 'one' }, RISKY)],
      expect: { term: 'at-risk', severity: 'high', key: [anna, guid('one')], count: 1 },
    },
    'the risk becomes known when the sign-in is published again': {
      records: [signIn(HOME), graphSignIn(HOME), graphSignIn(HOME, RISKY)],
      expect: { term: 'at-risk', count: 1, recordCount: 2 },
    },
  },
  quiet: {
    'the same sign-in without what Graph knows': [signIn(HOME), graphSignIn(HOME)],
    'a risky sign-in that somebody looked at and dismissed': [
      graphSignIn(HOME, { ...RISKY, ...RELAYED, riskState: 'dismissed' }),
    ],
    'a low risk at the home page': [graphSignIn(HOME, { riskLevelDuringSignIn: 'low', riskState: 'atRisk' })],
    'a risk that the licence hides': [graphSignIn(HOME, { riskLevelDuringSignIn: 'hidden' })],
    'a risky sign-in on a device that is known': [graphSignIn({ ...HOME, device: 'laptop' }, RISKY)],
    'a risky sign-in elsewhere': [graphSignIn({}, RISKY)],
    'a browser at the home page': [signIn(HOME)],
    'an honest sign-in of three steps in one session': steps(['mine', 'mine', 'mine']),
    'a sign-in of three steps that told no session': steps([undefined, undefined, undefined]),
    'the second session ten minutes later': steps(['page', 'page', 'thief'], { over: minutes(20) }),
    'two sign-ins, each with a session': [
      ...steps(['one', 'one', 'one']),
      ...steps(['two', 'two', 'two'], { correlation: 'two' }),
    ],
    'two people in one correlation': [
      ...steps(['one', 'one', 'one']),
      ...steps(['two', 'two', 'two'], { by: person('ben') }),
    ],
    'two sessions of a sign-in that did not succeed': steps(['a', 'b', 'c'], { error: ERRORS.staySignedIn }),
    'two sessions on a device that is known': steps(['a', 'a', 'b'], { device: 'laptop' }),
    'two sessions somewhere else than at the home page': steps(['a', 'a', 'b'], {
      app: OFFICE,
      resource: RESOURCES.exchange,
    }),
    'a step with another error': steps(['a', 'b'], { error: ERRORS.password }),
    'a library that failed': [signIn({ ...HOME, userAgent: 'axios/1.7.9', error: ERRORS.password })],
    'a tool that failed': [signIn({ userAgent: TEAM_FILTRATION, error: ERRORS.password })],
    'a library as the broker, elsewhere': [
      signIn({ app: BROKER, resource: RESOURCES.directory, userAgent: 'axios/1.7.9' }),
    ],
    'a browser as the broker': [signIn({ app: BROKER, userAgent: EDGE })],
    'a library as another client': [signIn({ userAgent: 'axios/1.7.9', resource: RESOURCES.sharepoint })],
    'a sign-in without a correlation': steps(['a', 'a', 'b'], { change: { InterSystemsId: '' } }),
  },
})
