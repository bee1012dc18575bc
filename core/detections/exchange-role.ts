import { defineDetection } from '../model/detection.ts'
import { isComplianceRecord } from './kit/compliance.ts'
import { ROLE_CMDLETS, roleChange } from './kit/role-changes.ts'
import { isSystemActor } from './kit/system-actors.ts'
import { technique } from './kit/technique.ts'
import { single } from './kit/terms.ts'
import { opening } from './kit/words.ts'

const HEADLINES = new Map([
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
    single('application', 'roles that let an application act in mailboxes', 'critical'),
    single('power', 'roles that reach mail, rights to it, or the audit of it', 'high'),
    single('registered', 'applications registered with Exchange', 'medium'),
    single('other', 'roles of other kinds, and changes of role and scope', 'medium'),
  ],

  *signals(record) {
    if (!record.succeeded || isSystemActor(record) || isComplianceRecord(record)) return
    const change = roleChange(record)
    if (change === undefined) return
    const { power, role, to } = change
    yield {
      key: [record.actor, to, role.slice(0, 120)],
      measure: power,
      note: to === record.actor ? 'self' : '',
    }
  },

  headline: ({ term }) => HEADLINES.get(term) ?? 'Exchange administration rights were changed',

  sentence: finding => {
    const [, to, role] = finding.key
    const self = finding.notes.includes('self') ? ', the same account' : ''
    const what =
      finding.term === 'registered'
        ? `made the application ${to} known to Exchange, which is how it can be given mailboxes`
        : `changed who may administer Exchange: ${role}, for ${to}${self}`
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
