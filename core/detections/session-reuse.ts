import { defineDetection } from '../model/detection.ts'
import { sessionSightings } from './kit/session-sightings.ts'
import { technique } from './kit/technique.ts'
import { many, names, when } from './kit/words.ts'

const NETWORKS = { measures: ['networks'], atLeast: 2, withinMinutes: 1440 }

export default defineDetection({
  id: 'session-reuse',
  title: 'One session on two machines',
  attack: ['T1550.004', 'T1539'],
  reads: [
    'UserLoggedIn',
    'MailItemsAccessed',
    'AttachmentAccess',
    'Send',
    'SendAs',
    'SendOnBehalf',
    'Create',
    'Update',
    'Move',
    'SoftDelete',
    'HardDelete',
    'MoveToDeletedItems',
    'UpdateInboxRules',
  ],
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
  ],
  signals: sessionSightings,

  headline: ({ term }) =>
    term === 'machines' ? 'One session was used on two machines' : 'One session was used in two browsers',

  sentence: finding => {
    const { addresses, count, end, key, notes, start } = finding
    return (
      `${when(start, end)} one session of ${key[0]} was used from ${many(count, 'network')} (${names(addresses)})` +
      ` by ${names(notes.toSorted(), 4)}. A session belongs to one machine: two in a day are enough for this message.`
    )
  },

  triage: [
    'Phone the user: which of these machines is theirs?',
    'If one is not: revoke sessions (Entra, the user) and reset the password; a new password alone ends no session.',
    'Have the user’s own machine checked: cookies are stolen there, or on a phishing page.',
    'Look at what was read, sent and changed from the other network.',
  ],
  notKnown: 'Country and provider of the networks, and how the session came to the second machine.',
  falsePositives: [
    'A browser that calls itself another one, on the way',
    'Remote desktops and developers’ virtual machines',
  ],
  notCovered: [
    'A thief whose browser and system are like the victim’s, or who says so',
    'A network is told by its addresses alone: which country or provider it is in would take a database',
    'Sessions older than a day',
    'Access over Graph shows Microsoft’s address instead of the caller’s',
  ],
  references: [technique('T1550.004'), technique('T1539')],
  covers: [
    'Elastic: OAuth flow by first-party application from multiple addresses, Graph session from several addresses',
    'Panther: Graph session from multiple addresses',
  ],
})
