import { defineDetection } from '../model/detection.ts'
import { AUDIT_SWITCHES, narrowings, switched } from './kit/audit-config.ts'
import { nameValues } from './kit/name-values.ts'
import { isSystemActor } from './kit/system-actors.ts'
import { technique } from './kit/technique.ts'
import { doer, fromAddresses, when } from './kit/words.ts'

const OFF = { counts: 'times an audit log was switched off', measures: ['off'], atLeast: 1 } as const

export default defineDetection({
  id: 'audit-off',
  title: 'Audit log switched off',
  attack: ['T1562.008'],
  reads: ['Set-AdminAuditLogConfig'],
  terms: [
    {
      id: 'off-and-on',
      ...OFF,
      withinMinutes: 1440,
      also: { measures: ['on'], atLeast: 1 },
      severity: 'critical',
    },
    { id: 'off', ...OFF, severity: 'critical' },
    {
      id: 'narrowed',
      counts: 'times the log of what administrators do was made to record less',
      measures: ['narrowed'],
      atLeast: 1,
      severity: 'high',
    },
  ],

  *signals(record) {
    if (!record.succeeded || isSystemActor(record)) return
    const parameters = nameValues(record.body.Parameters)
    for (const name of AUDIT_SWITCHES.keys()) {
      const on = switched(parameters, name)
      if (on !== undefined) yield { key: [record.actor, name], measure: on ? 'on' : 'off' }
    }
    for (const name of narrowings(parameters)) yield { key: [record.actor, name], measure: 'narrowed' }
  },

  headline: ({ term, key }) => {
    if (term === 'narrowed') return 'The log of administrators records less than before'
    const whole = key[1] === 'UnifiedAuditLogIngestionEnabled'
    return `${whole ? 'Auditing of the whole tenant' : 'The administrators’ log'} was switched off`
  },

  sentence: finding => {
    const { term, key, start, end } = finding
    const setting = key[1] ?? ''
    const begin = `${when(start, end)} ${doer(finding)}${fromAddresses(finding)}`
    if (term === 'narrowed')
      return `${begin} made the log of what administrators do record less, or keep it for less long (${setting}).`
    const what = `${AUDIT_SWITCHES.get(setting) ?? 'an audit log'} (${setting})`
    return term === 'off-and-on'
      ? `${begin} switched off ${what} and on again: what was done in between is not on record.`
      : `${begin} switched off ${what}: until it is on again, nothing is on record and we see nothing.`
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
    'A log switched off before this product was set up',
    'Retention policies of the audit log: records come to us long before they expire',
  ],
  references: [technique('T1562.008')],
  covers: [
    'Google SecOps: Office 365 audit logging disabled',
    'Sentinel: Exchange AuditLog disabled; Office Unified Log disabled',
    'Datadog: Microsoft 365 unified audit log disabled',
  ],
})
