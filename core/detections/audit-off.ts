import { defineDetection, TENANT_KEY } from '../model/detection.ts'
import { AUDIT_SWITCHES, narrowings, switched } from './kit/audit-config.ts'
import { gap, ON_AGAIN, wasOff } from './kit/audit-gap.ts'
import { nameValues } from './kit/name-values.ts'
import { isSystemActor } from './kit/system-actors.ts'
import { technique } from './kit/technique.ts'
import { single } from './kit/terms.ts'
import { doer, fromAddresses, when } from './kit/words.ts'

const TENANT_LOG = 'UnifiedAuditLogIngestionEnabled'
const logOf = (setting = '') => `${AUDIT_SWITCHES.get(setting) ?? 'an audit log'} (${setting})`

export default defineDetection({
  id: 'audit-off',
  title: 'Audit log switched off',
  attack: ['T1562.008'],
  reads: ['Set-AdminAuditLogConfig'],
  terms: [
    { id: 'off-and-on', counts: 'times an audit log was on again', ...ON_AGAIN, severity: 'critical' },
    single('off', 'times an audit log was switched off', 'critical'),
    single('narrowed', 'times the log of what administrators do was made to record less', 'high'),
  ],
  about: 'first',

  *signals(record) {
    if (!record.succeeded || isSystemActor(record)) return
    const parameters = nameValues(record.body.Parameters)
    for (const name of AUDIT_SWITCHES.keys()) {
      const on = switched(parameters, name)
      if (on !== undefined) yield { key: [TENANT_KEY, name], measure: on ? 'on' : 'stopped' }
      if (on === false) yield { key: [record.actor, name], measure: 'off' }
    }
    for (const name of narrowings(parameters)) yield { key: [record.actor, name], measure: 'narrowed' }
  },

  blind(finding) {
    if (finding.term === 'narrowed') return undefined
    const what = finding.key[1] === TENANT_LOG ? 'whatever is done in the tenant' : 'what administrators do'
    return gap(finding, finding.term === 'off-and-on', 'tenant', what)
  },

  headline: ({ term, key }) => {
    if (term === 'narrowed') return 'The log of administrators records less than before'
    const log = key[1] === TENANT_LOG ? 'Auditing of the whole tenant' : 'The administrators’ log'
    return `${log} was ${term === 'off' ? 'switched off' : 'off for a while'}`
  },

  sentence: finding => {
    const { term, key, start, end } = finding
    if (term === 'off-and-on')
      return `${wasOff(finding, `${logOf(key[1])} was off`)} What was done in between is not on record.`
    const begin = `${when(start, end)} ${doer(finding)}${fromAddresses(finding)}`
    return term === 'off'
      ? `${begin} switched off ${logOf(key[1])}: until it is on again, nothing is on record and we see nothing.`
      : `${begin} made the log of what administrators do record less, or keep it for less long (${key[1]}).`
  },

  triage: [
    'Phone this administrator: was it them, and why? Nobody needs this log off.',
    'Switch it back on (Purview, Audit, "Start recording"). It takes up to an hour to take effect.',
    'If nobody knows: block the account’s sign-in, revoke its sessions, reset its password.',
    'Treat the time without a log as time in which anything may have happened.',
  ],
  notKnown: 'What was done while nothing was recorded.',
  falsePositives: ['An administrator trying out settings in a new tenant'],
  notCovered: [
    'A log off before this product was set up, and when one that was off for more than 7 days came back',
    'Retention policies of the audit log: records come to us long before they expire',
  ],
  references: [technique('T1562.008')],
  covers: [
    'Google SecOps: Office 365 audit logging disabled',
    'Sentinel: Exchange AuditLog disabled; Office Unified Log disabled',
    'Datadog: Microsoft 365 unified audit log disabled',
  ],
})
