import { defineDetection } from '../model/detection.ts'
import { SESSION_RECORDS, sessionSightings } from './kit/session-sightings.ts'
import { technique } from './kit/technique.ts'
import { many, names, when } from './kit/words.ts'

const NETWORKS = { measures: ['networks'], atLeast: 2, withinMinutes: 1440 }

const HEADLINES = new Map([
  ['machines', 'on two machines'],
  ['countries', 'in two countries'],
])

export default defineDetection({
  id: 'session-reuse',
  title: 'One session on two machines',
  attack: ['T1550.004', 'T1539'],
  reads: SESSION_RECORDS,
  terms: [
    {
      ...NETWORKS,
      id: 'machines',
      counts: 'networks (/24, /64) one session was used from, on two kinds of machine',
      also: { measures: ['machines'], atLeast: 2 },
      severity: 'high',
    },
    {
      ...NETWORKS,
      id: 'browsers',
      counts: 'networks (/24, /64) one session was used from, in two browsers',
      also: { measures: ['browsers'], atLeast: 2 },
      severity: 'medium',
    },
    {
      id: 'countries',
      counts: 'countries one session signed in from, over two providers',
      measures: ['countries'],
      atLeast: 2,
      withinMinutes: 60,
      also: { measures: ['providers'], atLeast: 2 },
      severity: 'medium',
    },
  ],
  signals: sessionSightings,

  headline: ({ term }) => `One session was used ${HEADLINES.get(term) ?? 'in two browsers'}`,

  sentence: finding => {
    const { addresses, count, end, key, notes, start, term } = finding
    const session = `${when(start, end)} one session of ${key[0]} was used from`
    const seen = names(notes.toSorted(), 4)
    return term === 'countries'
      ? `${session} ${many(count, 'country', 'countries')} within an hour: ${seen}. Two are enough for this message.`
      : `${session} ${many(count, 'network')} (${names(addresses)}) by ${seen}.` +
          ' A session belongs to one machine: two in a day are enough for this message.'
  },

  triage: [
    'Phone the user: which of these machines is theirs?',
    'If one is not: revoke sessions (Entra, the user) and reset the password; a new password alone ends no session.',
    'Have the user’s own machine checked: cookies are stolen there, or on a phishing page.',
    'Look at what was read, sent and changed from the other network.',
  ],
  notKnown: 'How the session came to the second machine.',
  falsePositives: [
    'A browser that calls itself another one, on the way',
    'Remote desktops and developers’ virtual machines, a VPN switched on',
  ],
  notCovered: [
    'A thief whose browser and system are like the victim’s, or who says so',
    'Country and provider are known of sign-ins that come through Graph, and of nothing else',
    'Sessions older than a day',
    'Access over Graph shows Microsoft’s address instead of the caller’s',
  ],
  references: [technique('T1550.004'), technique('T1539')],
  covers: [
    'Elastic: OAuth flow by first-party application from multiple addresses, Graph session from several addresses',
    'Panther: Graph session from multiple addresses',
  ],
})
