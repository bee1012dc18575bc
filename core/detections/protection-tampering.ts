import { PROTECTION } from '../model/compliance-operations.ts'
import { defineDetection } from '../model/detection.ts'
import { cmdletTarget } from './kit/cmdlet.ts'
import { nameValues } from './kit/name-values.ts'
import { weakening } from './kit/protection.ts'
import { isSystemActor } from './kit/system-actors.ts'
import { technique } from './kit/technique.ts'
import { single } from './kit/terms.ts'
import { doer, fromAddresses, names, when } from './kit/words.ts'

export default defineDetection({
  id: 'protection-tampering',
  title: 'Mail protection or its warnings lowered',
  attack: ['T1562.001'],
  reads: PROTECTION,
  terms: [
    single('alerts', 'of Microsoft’s own warnings silenced', 'high'),
    single('protection', 'filters and policies removed or switched off', 'medium'),
    single('allowance', 'lists that let more past the filters', 'low'),
  ],

  *signals(record) {
    if (!record.succeeded || isSystemActor(record)) return
    const { operation, actor, body } = record
    const parameters = nameValues(body.Parameters)
    const found = weakening(operation, parameters)
    if (found === undefined) return
    const target = cmdletTarget(record, parameters) ?? ''
    const subject = operation.replace(/^[A-Za-z]+-/, '')
    yield {
      key: [actor],
      measure: found.grade,
      members: [`${subject} ${target}`],
      note: [subject, target, found.what].filter(part => part !== '').join(' '),
    }
  },

  headline: ({ term, count }) => {
    if (term === 'alerts')
      return count === 1
        ? 'A warning of Microsoft’s was silenced'
        : `${count} warnings of Microsoft’s were silenced`
    return term === 'protection'
      ? count === 1
        ? 'A mail filter was lowered'
        : `${count} mail filters were lowered`
      : 'More mail is let past the filters'
  },

  sentence: finding =>
    `${when(finding.start, finding.end)} ${doer(finding)}${fromAddresses(finding)}` +
    `${finding.term === 'alerts' ? ' silenced warnings that would tell of stolen mail' : ' lowered what protects mail'}` +
    ` (${names(finding.notes, 2)}).`,

  triage: [
    'Ask this administrator, by phone, what the change was for and how long it is needed.',
    'If nobody knows: undo it, block the account’s sign-in, revoke its sessions.',
    'Look at what else this account has changed today, and at mail that came in meanwhile.',
  ],
  notKnown: 'The setting before the change, and whether it was agreed.',
  falsePositives: [
    'Tuning after mail was held back wrongly; replacing one policy by another',
    'Portal pages that write all settings again when one is saved',
  ],
  notCovered: ['Exceptions added to rules by groups', 'Protection by products other than Microsoft’s'],
  references: [technique('T1562.001')],
  covers: [
    'Elastic: M365 anti-phish, Safe Links, Safe Attachments, malware filter, DKIM and DLP rules',
    'Sentinel: Office policy tampering',
    'Splunk: O365 Email Security Feature Changed',
  ],
})
