import { defineDetection } from '../model/detection.ts'
import { preparations } from './kit/app-changes.ts'
import { actorName, toldOf } from './kit/directory-apps.ts'
import { technique } from './kit/technique.ts'
import { fromAddresses, many, span, when } from './kit/words.ts'

const single = (counts: string, measure: string) => ({ counts, measures: [measure], atLeast: 1 })

export default defineDetection({
  id: 'app-hijack-preparation',
  title: 'Application changed so that it can be abused',
  attack: ['T1098.001', 'T1098.003', 'T1528'],
  reads: [
    'Add owner to application',
    'Add owner to service principal',
    'Add application',
    'Update application',
    'Add service principal',
    'Update service principal',
    'Update authorization policy',
  ],
  terms: [
    { id: 'changed', ...single('risky changes of one application', 'changed'), severity: 'medium' },
    { id: 'by-application', ...single('applications set up by another', 'set-up'), severity: 'medium' },
    { id: 'consent-policy', ...single('risky applications allowed', 'policy'), severity: 'medium' },
    {
      id: 'many',
      counts: 'applications one person or application set up',
      measures: ['many'],
      atLeast: 4,
      withinMinutes: 10,
      severity: 'medium',
    },
  ],
  signals: preparations,

  headline: ({ term, count }) =>
    ({
      'by-application': 'An application set up another one',
      'consent-policy': 'Users may now let in applications held risky',
      many: `${many(count, 'application')} set up at once`,
    })[term] ?? 'An application was changed so that it can be abused',

  sentence: finding => {
    const { actor, count, end, key, limit, notes, start, term, withinMinutes } = finding
    const { app, what } = toldOf(notes)
    const did =
      term === 'many'
        ? `${actorName(key[0])} set up ${many(count, 'application')}`
        : `${actorName(actor)} changed ${term === 'consent-policy' ? `your ${key[0]}` : app}`
    const limited = term === 'many' ? ` The limit is ${limit} within ${span(withinMinutes)}.` : ''
    return `${when(start, end)} ${did}${fromAddresses(finding)}: ${what}.${limited}`
  },

  triage: [
    'Ask whoever made the change, by phone, what it was for.',
    'If nobody knows: undo it (App registrations: Owners, Authentication, API permissions).',
    'Look for secrets and grants that the same application got afterwards.',
  ],
  notKnown: 'Whether it was the first step of something or ordinary work.',
  falsePositives: ['Developers and pipelines at work on your own applications; handovers to a new owner'],
  notCovered: [
    'A person who becomes owner by their own hand, or sets up a single application: every new one is recorded so',
    'Permissions asked for that do not reach mail',
  ],
  references: [technique('T1098.003')],
  covers: [
    'Splunk: O365 Mailbox Read Access Granted to Application',
    'Splunk: O365 Application Registration Owner Added, O365 Application Available To Other Tenants',
    'Splunk: O365 Added Service Principal, O365 Multiple Service Principals Created by SP, by User',
    'Splunk: O365 Block User Consent For Risky Apps Disabled',
    'Elastic: SP created, owner added, OAuth redirect URI modified; SigmaHQ: owner, redirect URI, SP created',
    'Chronicle: requested permissions grew or are on a watch-list',
  ],
})
