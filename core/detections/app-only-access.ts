import { defineDetection, type Signal, TENANT_KEY } from '../model/detection.ts'
import { isServiceItself } from './kit/applications.ts'
import { personalNetwork } from './kit/places.ts'
import { technique } from './kit/technique.ts'
import { firstSeen } from './kit/terms.ts'
import { fromAddresses, many, names, when, whileLearning } from './kit/words.ts'

export default defineDetection({
  id: 'app-only-access',
  title: 'Application reads mail with no user present',
  attack: ['T1114.002', 'T1550.001'],
  reads: ['MailItemsAccessed', 'AttachmentAccess', 'MessageBind', 'FolderBind'],
  about: 'application',
  // Not `app`: that people use an application says nothing about its reading by itself.
  parts: ['app-only', 'app-network'],
  terms: [
    firstSeen('new-app', 'mailboxes an application new to the tenant read by itself', 'high', ['app-only']),
    firstSeen('new-network', 'mailboxes an application read from a network new to it', 'medium', [
      'app-network',
    ]),
  ],

  signals(record, tenant) {
    const { actor, appOnly, mailbox, succeeded } = record
    if (!appOnly || mailbox === undefined || !succeeded || isServiceItself(record)) return []
    const app = actor.slice('app:'.length)
    const members = [mailbox]
    const signals: Signal[] = []
    if (!tenant.isTrustedApp(app, record.address))
      signals.push({ key: [TENANT_KEY, app], measure: 'new-app', members })
    // A stolen credential of a trusted application is used from somewhere else.
    const network = personalNetwork(record, tenant)
    if (network !== undefined) signals.push({ key: [actor, app, network], measure: 'new-network', members })
    return signals
  },

  headline: ({ term, count }) =>
    term === 'new-app'
      ? `A new application reads ${many(count, 'mailbox', 'mailboxes')} by itself`
      : 'An application reads mail from a new network',

  sentence: finding => {
    const { count, end, key, mailboxes, start, term } = finding
    const news =
      term === 'new-app'
        ? 'It had not done so in this tenant in the 30 days before.'
        : `It had not come from the network ${key[2]} in the 30 days before.`
    return (
      `${when(start, end)} the application ${key[1]}${fromAddresses(finding)} read ${many(count, 'mailbox', 'mailboxes')}` +
      ` (${names(mailboxes)}) with no user present${whileLearning(finding)}. ${news}`
    )
  },

  triage: [
    'Look the id up under Enterprise applications: who publishes it, who granted it mail, and when?',
    'Ask whoever granted it, by phone, and whoever runs it whether it reads these mailboxes from there.',
    'If nobody knows it: "Enabled for users to sign-in: No", then remove its permissions and credentials.',
    'If it is wanted: limit it to the mailboxes it needs, and mark it as trusted.',
  ],
  notKnown: 'Who holds the application’s credentials, and what becomes of the mail.',
  falsePositives: [
    'A new backup, archive, ticket or CRM product',
    'A provider that moves to other data centres',
  ],
  notCovered: [
    'Reading over Graph, where records show Microsoft’s address: the network is unknown',
    'Applications that read only once in a while count as new after 30 days',
  ],
  references: [technique('T1550.001')],
  covers: [
    'Splunk: O365 OAuth App Mailbox Access via EWS',
    'Splunk: O365 OAuth App Mailbox Access via Graph API',
    'Microsoft: app governance, new application with mail permissions',
  ],
})
