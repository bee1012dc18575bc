import { defineDetection } from '../model/detection.ts'
import { roleGrant } from './kit/role-grants.ts'
import { technique } from './kit/technique.ts'
import { single } from './kit/terms.ts'
import { opening } from './kit/words.ts'

const HEADLINES = new Map([
  ['stranger', 'An application or guest got an administrator role'],
  ['pim', 'Somebody switched on an administrator role'],
  ['passwords', 'Somebody got a role that resets passwords'],
])

export default defineDetection({
  id: 'directory-role',
  title: 'Administrator role that reaches mail',
  attack: ['T1098.003'],
  reads: [
    'Add member to role',
    'Add eligible member to role',
    'Add scoped member to role',
    'Add member to role in PIM completed (permanent)',
    'Add member to role in PIM completed (timebound)',
    'Add eligible member to role in PIM completed (permanent)',
    'Add eligible member to role in PIM completed (timebound)',
  ],
  terms: [
    single('stranger', 'roles that reach mail, for applications and guests', 'critical'),
    single('member', 'roles that reach mail, for a person or group', 'high'),
    single('passwords', 'roles that reset other people’s passwords', 'medium'),
    single('pim', 'roles that their holder switched on through PIM', 'low'),
  ],

  *signals(record) {
    if (!record.succeeded) return
    const grant = roleGrant(record)
    if (grant === undefined) return
    const { role, to, kind } = grant
    const measure = kind === 'member' && role.reach === 'passwords' ? 'passwords' : kind
    const eligible = /eligible/.test(record.operation) ? 'may be switched on later' : ''
    yield { key: [record.actor, to, role.name], measure, note: eligible }
  },

  headline: ({ term }) => HEADLINES.get(term) ?? 'Somebody got an administrator role that reaches mail',

  sentence: finding => {
    const [, to, role] = finding.key
    const later = finding.notes.find(note => note !== '')
    const by = finding.term === 'pim' ? ' (Privileged Identity Management)' : ''
    return (
      `${opening(finding)}${by} made ${to} ${role}${later === undefined ? '' : ` (${later})`}` +
      `. Whoever holds this role can reach other people’s mail, or become somebody who can.`
    )
  },

  triage: [
    'Ask whoever assigned the role, and its new holder, by phone; look the change up with a second administrator.',
    'If nobody knows: remove the role, revoke the sessions of both accounts and reset their passwords.',
    'Check their MFA methods, and what the new holder has changed since: rights, rules, applications.',
  ],
  notKnown: 'Whether the role has been used.',
  falsePositives: [
    'New administrators, and accounts set up by your IT provider',
    'Automation that holds a role on purpose',
    'Administrators who switch their role on every morning (low)',
  ],
  notCovered: [
    'Roles that come with joining a group that holds one',
    'Roles your organisation has put together itself',
    'Access of partners (GDAP), which leaves no role record here',
  ],
  references: [technique('T1098.003')],
  covers: [
    'Elastic: M365 Identity Global Administrator Role Assigned, Entra ID Global Administrator Role Assigned',
    'SigmaHQ: App Assigned To Azure RBAC/Microsoft Entra Role',
    'Splunk: O365 Privileged Role Assigned, O365 Privileged Role Assigned To Service Principal',
    'CIPP: role additions',
  ],
})
