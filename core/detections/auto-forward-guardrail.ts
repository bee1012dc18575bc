import { defineDetection } from '../model/detection.ts'
import { GUARDS } from '../model/mail-flow-operations.ts'
import { guardSignals } from './kit/forward-guard.ts'
import { FORWARDING } from './kit/forwardings.ts'
import { isSystemActor } from './kit/system-actors.ts'
import { technique } from './kit/technique.ts'
import { single } from './kit/terms.ts'
import { names, opening, when } from './kit/words.ts'

const HEADLINES: Readonly<Record<string, string>> = {
  used: 'Way out opened for a domain, and mail forwarded there',
  opened: 'Guard against outside forwarding taken away',
  prepared: 'New way for mail to and from another domain',
}

export default defineDetection({
  id: 'auto-forward-guardrail',
  title: 'Guard against forwarding weakened',
  attack: ['T1114.003'],
  reads: [...GUARDS, ...FORWARDING],
  terms: [
    {
      id: 'used',
      counts: 'forwards to a domain that was let through within a day of them',
      measures: ['forward'],
      atLeast: 1,
      withinMinutes: 1_440,
      also: { measures: ['let-through'], atLeast: 1 },
      severity: 'critical',
    },
    single('opened', 'settings changed so that mail forwards itself outside or goes another way', 'high'),
    single('prepared', 'domains and connectors added that mail can leave or come by', 'medium'),
    single('loosened', 'outbound policies set to Automatic or put on other people', 'low'),
  ],

  *signals(record) {
    if (record.succeeded && !isSystemActor(record)) yield* guardSignals(record)
  },

  headline: ({ term }) => HEADLINES[term] ?? 'Outbound policy changed',

  sentence: finding => {
    const { key, term, start, end, actors, mailboxes, notes } = finding
    const [first, object] = key
    return term === 'used'
      ? `${when(start, end)} ${first} was let through (${names(notes)}) and mail${mailboxes.length > 0 ? ` of ${names(mailboxes)}` : ''}` +
          ` set to forward there within one day, by ${names(actors)}.`
      : `${opening(finding)} changed "${object}": ${names(notes)}. Mail may now leave, or come` +
          ` in, by a way that was closed.`
  },

  triage: [
    'Ask whoever made the change, by phone, and who asked for it.',
    'If nobody knows: set it back, block the account, revoke its sessions.',
    'Look for mailboxes and rules that forward outside, oldest first.',
  ],
  notKnown: 'How the setting was before, and what has left since.',
  falsePositives: [
    'A partner, scanner or signature service being set up',
    'Hybrid set-up with a server of your own',
  ],
  notCovered: [
    'Settings that were open from the beginning, as remote domains are',
    'A forward set more than a day before or after, or to a domain the change does not name',
  ],
  references: [technique('T1114.003')],
  covers: [
    'No public rule: outbound policies, remote domains, connectors and accepted domains that let forwards out',
  ],
})
