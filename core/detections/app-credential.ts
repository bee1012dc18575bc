import { defineDetection } from '../model/detection.ts'
import { CREDENTIAL_CHANGES, credentialSignals } from './kit/app-credentials.ts'
import { actorName, isProvisioning, toldOf } from './kit/directory-apps.ts'
import { GRANTS } from './kit/mail-grants.ts'
import { technique } from './kit/technique.ts'
import { fromAddresses, names, when } from './kit/words.ts'

const one = (counts: string, measure: string) => ({ counts, measures: [measure], atLeast: 1 })

export default defineDetection({
  id: 'app-credential',
  title: 'New way to sign in as an application',
  attack: ['T1098.001', 'T1550.001'],
  reads: [...GRANTS, ...CREDENTIAL_CHANGES],
  terms: [
    {
      id: 'after-grant',
      ...one('records of new credentials of an application given mail in the 7 days before', 'added'),
      withinMinutes: 10_080,
      after: { measures: ['mail'] },
      severity: 'critical',
    },
    {
      id: 'holder',
      ...one('records of new credentials of an application that holds rights on everybody’s mail', 'holder'),
      severity: 'high',
    },
    { id: 'federated', ...one('foreign sign-in services trusted', 'federated'), severity: 'high' },
    { id: 'by-application', ...one('added by an application', 'by-application'), severity: 'high' },
    { id: 'first', ...one('first credentials of an application', 'first'), severity: 'high' },
    { id: 'further', ...one('further credentials', 'further'), severity: 'medium' },
  ],

  *signals(record, tenant) {
    if (record.succeeded && !isProvisioning(record.body, record.userType))
      yield* credentialSignals(record, tenant)
  },

  headline: ({ term, count }) => {
    if (term === 'after-grant') return 'New credential for an application just given mail'
    if (term === 'holder') return 'New credential for an application that may read mail'
    if (term === 'federated') return 'Another sign-in service may speak for an application'
    return `${count === 1 ? 'A new credential' : `${count} new credentials`} for an application`
  },

  sentence: finding => {
    const { app, what } = toldOf(finding.notes)
    const who = `${when(finding.start, finding.end)} ${names(finding.actors.map(actorName))}${fromAddresses(finding)}`
    const mail = finding.term === 'after-grant' ? 'rights on mail and then, within 7 days, ' : ''
    return `${who} gave ${app} ${mail}a new way to sign in (${what}). Whoever holds it needs no user and no MFA.`
  },

  triage: [
    'Ask whoever added it, by phone, what it is for, and where the secret is kept.',
    'If nobody knows: delete the secret, certificate or trust; then look at who owns the application.',
    'See what the application may do (Permissions) and what it did since (service principal sign-ins).',
  ],
  notKnown: 'Who holds the secret now; what the application may read, unless it is said here.',
  falsePositives: [
    'Secrets renewed before they expire; an application that is being set up',
    'Certificates for SAML single sign-on; pipelines that trust GitHub or another cloud',
  ],
  notCovered: [
    'Permissions older than 7 days, where we may not read applications (`Application.Read.All`)',
    'A grant that follows the credential: see mail-app-role and consent-mail-scopes',
    'Managed identities, whose certificates Microsoft renews',
  ],
  references: [technique('T1098.001')],
  covers: [
    'Splunk: O365 Service Principal New Client Credentials',
    'Sentinel: new and first credential added to app or SP, credential added after admin consent',
    'Elastic: application credential modified, SP credentials created, federated credential issuer modified',
    'Panther: Service Principal Credentials Added; Chronicle: client secret; SigmaHQ: credentials added',
  ],
})
