import { defineDetection } from '../model/detection.ts'
import { APPLICATION_SIGN_INS } from '../model/identity-operations.ts'
import { applicationSignIns } from './kit/application-sign-in.ts'
import { technique } from './kit/technique.ts'
import { firstSeen } from './kit/terms.ts'
import { fromAddresses, when, whileLearning } from './kit/words.ts'

const PLACE = ['sign-in-place']
const CREDENTIAL = ['sign-in-credential']
const APP = ['sign-in-app']

/** What is new, by the term. */
const NEWS = new Map([
  ['credential-elsewhere', 'Both the credential and the network'],
  ['federated', 'The token of another sign-in service that stands for a secret'],
])

export default defineDetection({
  id: 'service-principal-sign-in',
  title: 'Application signs in to mail in a new way',
  attack: ['T1078.004', 'T1550.001'],
  reads: APPLICATION_SIGN_INS,
  about: 'application',
  parts: ['sign-in-app', 'sign-in-credential', 'sign-in-place'],
  terms: [
    firstSeen(
      'credential-elsewhere',
      'sign-ins to Exchange or Graph with a credential and from a network new to the application',
      'high',
      [...CREDENTIAL, ...PLACE],
      'graph',
    ),
    firstSeen('federated', 'sign-ins with a federated credential new to the application', 'high', CREDENTIAL),
    firstSeen('exchange', 'sign-ins to Exchange from a network new to the application', 'high', PLACE),
    firstSeen('graph', 'sign-ins to Graph from a network new to the application', 'medium', PLACE),
    firstSeen('first-exchange', 'sign-ins to Exchange by an application new to the tenant', 'medium', APP),
    firstSeen('first-graph', 'sign-ins to Graph by an application new to the tenant', 'low', APP),
  ],
  signals: applicationSignIns,

  headline: ({ term }) => {
    if (term === 'federated') return 'Another sign-in service speaks for an application'
    if (term.startsWith('first')) return 'A new application signs in where mail is'
    return 'An application signs in from another network'
  },

  sentence: finding => {
    const { end, key, notes, start, term } = finding
    const to = term.endsWith('exchange') ? 'Exchange' : 'Exchange or Graph'
    const app = `the application ${notes[0] ?? ''} (${key[1]})`
    const place = key[3] === undefined ? '' : ` (${key[3]})`
    const news = NEWS.get(term) ?? (term.startsWith('first') ? 'The application' : `The network${place}`)
    return (
      `${when(start, end)} ${app} signed in to ${to} with no user present${fromAddresses(finding)}${whileLearning(finding)}.` +
      ` ${news} had not been seen in the application sign-ins of the 30 days before.`
    )
  },

  triage: [
    'Phone whoever runs the application: has it moved, has it a new secret?',
    'Look at its permissions (Enterprise applications): with Mail rights, whoever holds the secret reads every mailbox.',
    'If nobody knows: "Enabled for users to sign-in: No", then delete its secrets and federated credentials.',
    'See what it read since: audit log, mailbox records with this application id.',
  ],
  notKnown: 'What its permissions are, and who holds the secret.',
  falsePositives: ['A provider that moves to another data centre', 'A pipeline set up anew'],
  notCovered: [
    'Without a premium licence and the feed `sign-ins-service-principal` of Graph nothing is seen of this',
    'A thief who uses the secret in the provider’s own network or cloud',
    'What is new in an application’s first week of sign-ins',
  ],
  references: [technique('T1078.004'), technique('T1550.001')],
  covers: ['Elastic: service principal from a new ASN, federated credential used for the first time'],
})
