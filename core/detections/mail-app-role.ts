import { defineDetection } from '../model/detection.ts'
import { actorName, appKey, directoryApp, noted, toldOf } from './kit/directory-apps.ts'
import { described, modifiedProperties, targets } from './kit/entra.ts'
import { assignedRole } from './kit/mail-grants.ts'
import { runsExchange } from './kit/permissions.ts'
import { technique } from './kit/technique.ts'
import { fromAddresses, when } from './kit/words.ts'

const rights = (what: string, measure: string) => ({
  counts: `rights ${what}`,
  measures: [measure],
  atLeast: 1,
})
const MANAGE = rights('to run Exchange', 'manage')
const WITH_ROLE = { withinMinutes: 10_080, also: { measures: ['role'], atLeast: 1 } }

export default defineDetection({
  id: 'mail-app-role',
  title: 'Application given the mail of all users',
  attack: ['T1098.003', 'T1114.002'],
  reads: ['Add app role assignment to service principal', 'Add member to role', 'Add scoped member to role'],
  terms: [
    { id: 'all-mail', ...rights('that open every mailbox', 'all-mail'), severity: 'critical' },
    { id: 'manage-with-role', ...MANAGE, ...WITH_ROLE, severity: 'critical' },
    { id: 'some-mail', ...rights('on parts of the mail', 'some-mail'), severity: 'high' },
    { id: 'manage', ...MANAGE, severity: 'high' },
    { id: 'power', ...rights('that lead to others', 'power'), severity: 'high' },
  ],

  *signals(record) {
    const { body, operation } = record
    if (!record.succeeded) return
    const app = directoryApp(body)
    const key = [appKey(app)] as const
    if (operation === 'Add app role assignment to service principal') {
      const role = assignedRole(body)
      if (role === undefined) return
      yield { key, measure: role.reach, members: [role.name], note: noted(record, app, role.name) }
    } else if (described(targets(body)).kind === 'serviceprincipal') {
      const role = modifiedProperties(body).get('role.templateid')?.newValue
      if (runsExchange(role)) yield { key, measure: 'role', note: noted(record, app, `role ${role}`) }
    }
  },

  headline: ({ term }) =>
    ({
      'all-mail': 'An application may open every mailbox',
      'manage-with-role': 'An application may run Exchange and open all mail',
      power: 'An application may give itself rights on mail',
    })[term] ?? 'An application was given rights over everybody’s mail',

  sentence: finding => {
    const { app, what } = toldOf(finding.notes)
    const who = `${actorName(finding.actor)}${fromAddresses(finding)}`
    return `${when(finding.start, finding.end)} ${who} gave ${app} rights that need no user: ${what}.`
  },

  triage: [
    'Ask whoever made the grant, by phone, what the application is for and who asked.',
    'If nobody knows it: Enterprise applications, Properties, "Enabled for users to sign-in: No".',
    'Remove the permission, then rotate or delete the application’s secrets and certificates.',
    'See what it read: audit log, mailbox records with this application id.',
  ],
  notKnown: 'Whether an application access policy limits it to some mailboxes, and whether it has read any.',
  falsePositives: ['Backup, archive, signature, CRM and migration products as they are set up'],
  notCovered: [
    'Grants of 2020 and before name no right; rights given inside Exchange (RBAC for Applications)',
    'What an application asks for without getting it: see app-hijack-preparation',
  ],
  references: [technique('T1098.003')],
  covers: [
    'Splunk: O365 Mailbox Read Access Granted to Application',
    'Splunk: O365 FullAccessAsApp Permission Assigned, O365 Privileged Graph API Permission Assigned',
    'Splunk: O365 Admin Consent Bypassed by Service Principal; SigmaHQ: app role added',
    'Sentinel: full_access_as_app, Mail.Read and EWS permissions granted; Bert-JanP: Mail permission added',
  ],
})
