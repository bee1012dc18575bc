import { defineDetection } from '../model/detection.ts'
import { toldOf } from './kit/directory-apps.ts'
import { mailConsents } from './kit/mail-consents.ts'
import { technique } from './kit/technique.ts'
import { doer, fromAddresses, many, names, span, when } from './kit/words.ts'

const WEEK = { withinMinutes: 10_080 }
const MAIL = { counts: 'mail scopes a person let an application have', measures: ['mail'], atLeast: 1 }
const also = (...measures: string[]) => ({ also: { measures, atLeast: 1 } })
const KIT_OF_FIVE = { counts: 'scopes of the five PwnAuth asks for', measures: ['five'], atLeast: 5 }
const KIT_OF_NINE = { counts: 'scopes of the nine of O365 Attack Toolkit', measures: ['nine'], atLeast: 6 }
const EVERYBODY = { counts: 'mail scopes granted for everybody', measures: ['everybody'], atLeast: 1 }
const PEOPLE = { counts: 'people who let one application in', measures: ['people'], atLeast: 2 }

export default defineDetection({
  id: 'consent-mail-scopes',
  title: 'Application allowed into mail',
  attack: ['T1528', 'T1550.001'],
  reads: [
    'Consent to application',
    'Add delegated permission grant',
    'Add OAuth2PermissionGrant',
    'Add service principal',
  ],
  terms: [
    { id: 'kit-of-five', ...KIT_OF_FIVE, ...WEEK, severity: 'critical' },
    { id: 'kit-of-nine', ...KIT_OF_NINE, ...WEEK, ...also('mail', 'everybody'), severity: 'critical' },
    { id: 'everybody', ...EVERYBODY, severity: 'high' },
    { id: 'people', ...PEOPLE, ...WEEK, severity: 'high' },
    { id: 'offline', ...MAIL, ...WEEK, ...also('offline'), severity: 'high' },
    { id: 'new-application', ...MAIL, withinMinutes: 1440, ...also('created'), severity: 'high' },
    { id: 'mail', ...MAIL, severity: 'medium' },
  ],
  signals: mailConsents,

  headline: ({ term, count }) =>
    ({
      people: `${many(count, 'person', 'people')} let one application into their mail`,
      everybody: 'An application was let into everybody’s mail',
      'kit-of-five': 'A consent asks for just what a phishing kit asks for',
      'kit-of-nine': 'A consent asks for much that a phishing kit asks for',
    })[term] ?? 'An application was let into a mailbox',

  sentence: finding => {
    const { actors, count, end, key, limit, notes, start, term, withinMinutes } = finding
    const { app, what } = toldOf(notes)
    const did =
      term === 'people'
        ? `${many(count, 'person', 'people')} (${names(actors)}) let ${app} (object ${key[0].slice(4)}) into mail`
        : `${doer(finding)} let ${app} into ${term === 'everybody' ? 'the mail of all users' : 'mail'}`
    const limited = term === 'people' ? ` The limit is ${limit} within ${span(withinMinutes)}.` : ''
    return `${when(start, end)} ${did}${fromAddresses(finding)}: ${what}.${limited}`
  },

  triage: [
    'Phone the user: what did they click, and did they expect to be asked for access?',
    'If nobody needs it: Enterprise applications, the application, Properties, "Enabled for users: No".',
    'Then remove its permissions and revoke the user’s sessions. A new password alone does not stop it.',
    'Check what it read since: audit log, mailbox records with this application id.',
  ],
  notKnown: 'Who is behind the application, and whether it has read anything yet.',
  falsePositives: [
    'Mail programs (Apple Mail, Thunderbird) that a user signs in to for the first time',
    'CRM, signature and meeting add-ins that a user tries out, or that you roll out',
  ],
  notCovered: [
    'Scopes that older tenants’ grant records do not name; consents from before the audit log',
    'Whether the publisher is verified; halves of a consent more than 7 days apart',
  ],
  references: [technique('T1528')],
  covers: [
    'Splunk: O365 Mail Permissioned Application Consent Granted by User, Tenant Wide Admin Consent Granted',
    'Sentinel: suspicious consent (offline access, O365 Attack Toolkit, PwnAuth), rare application consent',
    'Elastic: M365 OAuth Illicit Consent Grant by Rare Client and User; Panther: anomalous consent',
    'SigmaHQ: delegated permissions granted for all users, end user consent (mail scopes)',
  ],
})
