import { defineDetection, TENANT_KEY } from '../model/detection.ts'
import { switched } from './kit/audit-config.ts'
import { gap, ON_AGAIN, wasOff } from './kit/audit-gap.ts'
import { nameValues } from './kit/name-values.ts'
import { isSystemActor } from './kit/system-actors.ts'
import { technique } from './kit/technique.ts'
import { single } from './kit/terms.ts'
import { doer, fromAddresses, when } from './kit/words.ts'

export default defineDetection({
  id: 'mailbox-audit-off',
  title: 'Auditing of all mailboxes off',
  attack: ['T1562.008'],
  reads: ['Set-OrganizationConfig'],
  terms: [
    { id: 'off-and-on', counts: 'times auditing was on again', ...ON_AGAIN, severity: 'critical' },
    single('off', 'times auditing of all mailboxes was switched off', 'critical'),
  ],
  about: 'first',

  *signals(record) {
    if (!record.succeeded || isSystemActor(record)) return
    const disabled = switched(nameValues(record.body.Parameters), 'AuditDisabled')
    if (disabled !== undefined) yield { key: [TENANT_KEY], measure: disabled ? 'stopped' : 'on' }
    if (disabled) yield { key: [record.actor], measure: 'off' }
  },

  blind: finding => gap(finding, finding.term === 'off-and-on', 'tenant', 'what is done in mailboxes'),

  headline: ({ term }) =>
    term === 'off-and-on'
      ? 'Auditing of all mailboxes was off for a while'
      : 'Auditing of all mailboxes was switched off',

  sentence: finding => {
    const begin = `${when(finding.start, finding.end)} ${doer(finding)}${fromAddresses(finding)}`
    return finding.term === 'off-and-on'
      ? `${wasOff(finding, 'auditing of all mailboxes was off')} Who read mail in between is not on record.`
      : `${begin} switched off auditing for every mailbox (AuditDisabled): from now on nobody can tell who reads whose mail.`
  },

  triage: [
    'Phone this administrator: was it them, and why? No maintenance calls for it.',
    'Switch it back on: Set-OrganizationConfig -AuditDisabled $false.',
    'If nobody knows: block the account’s sign-in, revoke its sessions, reset its password.',
    'Presume that mail was read in the meantime, and look at rules, permissions and app consents.',
  ],
  notKnown: 'Whose mail was read while nothing was recorded.',
  falsePositives: ['A script that sets every option of the organisation, copied from somewhere'],
  notCovered: [
    'Mailbox auditing that was off before this product was set up',
    'When auditing came back that was off for more than 7 days: cards go on saying "since"',
    'One mailbox or one person taken out: see audit-bypass and audit-trimmed',
  ],
  references: [technique('T1562.008')],
  covers: ['No public rule: auditing of all mailboxes switched off'],
})
