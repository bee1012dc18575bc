import { defineDetection } from '../model/detection.ts'
import { journalSignals } from './kit/journal-rule.ts'
import { isSystemActor } from './kit/system-actors.ts'
import { technique } from './kit/technique.ts'
import { single } from './kit/terms.ts'
import { names, opening } from './kit/words.ts'

export default defineDetection({
  id: 'journal-rule',
  title: 'Journal rule copies mail',
  attack: ['T1114.003'],
  reads: ['New-JournalRule', 'Set-JournalRule', 'Enable-JournalRule', 'Set-TransportConfig'],
  usesDomains: true,
  terms: [
    single('outside', 'journal rules and journal targets that lead outside', 'critical'),
    single('changed', 'journal rules and journal targets made, changed or switched on', 'high'),
  ],

  *signals(record, tenant) {
    if (record.succeeded && !isSystemActor(record)) yield* journalSignals(record, tenant)
  },

  headline: ({ term }) =>
    term === 'outside'
      ? 'Journal copies mail to an outside address'
      : 'Journal rule made, changed or switched on',

  sentence: finding => {
    const [, rule, target] = finding.key
    return (
      `${opening(finding)} made or changed ${rule}.` +
      `${target ? ` Its copies go to ${target}.` : ' Where its copies go is not in the record.'}` +
      `${finding.notes[0] ? ` It takes ${names(finding.notes)}.` : ''} Journals see whole messages and their hidden recipients.`
    )
  },

  triage: [
    'Ask whoever made the change, by phone, and whoever is responsible for your archive.',
    'If nobody knows: note the address, switch the rule off, block the account, revoke its sessions.',
    'Look for mail flow rules, connectors and administrator roles of the same account.',
  ],
  notKnown: 'How much has been copied.',
  falsePositives: ['An archive or compliance service that is being set up: it takes mail by journal'],
  notCovered: ['Rules that were there before the audit log', 'What a rule that is switched on takes'],
  references: [technique('T1114.003')],
  covers: ['No public rule: journal rules and journal report targets'],
})
