/**
 * `application`: an application may act in mailboxes (RBAC for Applications); `power`: people may read, copy or
 * redirect mail, hand out rights to it or blind the audit; `other`: a role with a name of its own, or one that is
 * about something else; `none`: looking only.
 */
export type RolePower = 'application' | 'power' | 'other' | 'none'

/** Roles and built-in role groups of Exchange, chosen by what their cmdlets can do to mail. */
const POWER = new Set(
  ['applicationimpersonation', 'mailbox import export', 'mailbox search', 'legal hold', 'audit logs']
    .concat('transport rules', 'journaling', 'role management', 'unscoped role management', 'mail recipients')
    .concat('user options', 'organization configuration', 'organization client access')
    .concat('remote and accepted domains', 'organization management', 'discovery management')
    .concat('compliance management', 'recipient management', 'records management'),
)

const LOOKING = new Set(
  ['view-only organization management', 'hygiene management', 'um management', 'delegated setup']
    .concat('server management', 'public folder management', 'security reader', 'global reader')
    .concat('view-only recipients', 'view-only configuration', 'view-only audit logs'),
)

/** Roles that let people manage what is theirs. By name: a role of one's own may be called `My helper`. */
const OWN = new Set(
  [
    'mybaseoptions',
    'mycontactinformation',
    'myaddressinformation',
    'mymobileinformation',
    'mypersonalinformation',
  ]
    .concat('mydistributiongroups', 'mydistributiongroupmembership', 'myprofileinformation', 'mydisplayname')
    .concat('myname', 'myretentionpolicies', 'mytextmessaging', 'myvoicemail', 'mymailsubscriptions')
    .concat('myteammailboxes', 'my custom apps', 'my marketplace apps', 'my readwritemailbox apps'),
)

/** Role groups that mirror Entra roles carry a number: `ExchangeServiceAdmins_-1234567890`. */
const MIRRORED = /^(?:tenantadmins|exchangeserviceadmins|complianceadmins|complianceadministrator)_-?\d+$/

export function rolePower(role: string): RolePower {
  const name = folded(role)
  if (name.startsWith('application ')) return 'application'
  if (POWER.has(name) || MIRRORED.test(name)) return 'power'
  return LOOKING.has(name) || OWN.has(name) ? 'none' : 'other'
}

/** An assignment is called `<role>-<assignee>` unless somebody chose another name. */
export function assignmentPower(assignment: string): RolePower {
  const name = folded(assignment)
  if (name.startsWith('application ')) return 'application'
  return [...POWER].some(role => name.startsWith(`${role}-`)) ? 'power' : 'other'
}

const ORDER: readonly RolePower[] = ['none', 'other', 'power', 'application']

export function greatest(powers: readonly RolePower[]): RolePower {
  return ORDER[Math.max(0, ...powers.map(power => ORDER.indexOf(power)))] ?? 'none'
}

/** Blanks of other kinds, and several of them, are drawn like one. */
function folded(name: string): string {
  return name.replace(/\s+/g, ' ').trim().toLowerCase()
}
