import { defineDetection } from '../model/detection.ts'
import { isComplianceRecord } from './kit/compliance.ts'
import { ROLE_CMDLETS, roleSignals } from './kit/role-changes.ts'
import { isSystemActor } from './kit/system-actors.ts'
import { technique } from './kit/technique.ts'
import { single } from './kit/terms.ts'
import { names, opening } from './kit/words.ts'

const HEADLINES = new Map([
  ['new-application', 'A newly registered application got an Exchange role'],
  ['application', 'An application may act in mailboxes, by Exchange role'],
  ['power', 'Somebody got an Exchange role that reaches mail'],
  ['registered', 'An application was registered with Exchange'],
])

export default defineDetection({
  id: 'exchange-role',
  title: 'Exchange administration rights granted',
  attack: ['T1098.003', 'T1098.002'],
  reads: ROLE_CMDLETS,
  terms: [
    {
      ...single('granted', 'roles of an application registered with Exchange within a day', 'critical'),
      ...{ id: 'new-application', withinMinutes: 1440, after: { measures: ['known'] } },
    },
    single('application', 'roles that let an application act in mailboxes', 'critical'),
    single('power', 'roles that reach mail, rights to it, or the audit of it', 'high'),
    single('registered', 'applications registered with Exchange', 'medium'),
    single('other', 'roles of other kinds, and changes of role and scope', 'medium'),
  ],

  *signals(record) {
    if (record.succeeded && !isSystemActor(record) && !isComplianceRecord(record)) yield* roleSignals(record)
  },

  headline: ({ term }) => HEADLINES.get(term) ?? 'Exchange administration rights were changed',

  sentence: finding => {
    const { key, notes, term } = finding
    const [, to, role] = key
    const self = notes.includes('self') ? ', the same account' : ''
    const what =
      {
        'new-application': `made the application ${key[0]} known to Exchange and gave it a role (${names(notes)})`,
        registered: `made the application ${to} known to Exchange, which is how it can be given mailboxes`,
      }[term] ?? `changed who may administer Exchange: ${role}, for ${to}${self}`
    return `${opening(finding)} ${what}.`
  },

  triage: [
    'Ask whoever made the change, by phone, and a second administrator whether it was planned.',
    'If nobody knows: take the role away, and for an application disable it in Entra and rotate its credential.',
    'Revoke the sessions of the account that made the change and look at what else it changed.',
    'Look at which mailboxes the new holder has opened since.',
  ],
  notKnown: 'What the new right has been used for.',
  falsePositives: [
    'New administrators, and colleagues who move to the help desk',
    'Backup and line-of-business applications that are set up the way Microsoft recommends',
  ],
  notCovered: [
    'Entra roles, which bring Exchange rights without an Exchange record (see directory-role)',
    'What a role with a name of its own can do',
  ],
  references: [technique('T1098.003')],
  covers: [
    'Elastic: M365 Exchange Management Group Role Assigned',
    'Splunk: O365 ApplicationImpersonation Role Assigned',
    'Sentinel: Rare and potentially high-risk Office operations (role assignments)',
    'reprise99: new Exchange role groups',
    'Microsoft: Elevation of Exchange admin privilege',
  ],
})
