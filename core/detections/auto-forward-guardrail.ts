import { defineDetection, TENANT_KEY } from '../model/detection.ts'
import { GUARDS } from '../model/mail-flow-operations.ts'
import { ANYWHERE, guardSignals } from './kit/forward-guard.ts'
import { FORWARDING } from './kit/forwardings.ts'
import { forwardsOutside } from './kit/forwards-outside.ts'
import { isSystemActor } from './kit/system-actors.ts'
import { technique } from './kit/technique.ts'
import { single } from './kit/terms.ts'
import { names, opening, span, when } from './kit/words.ts'

const HEADLINES: Readonly<Record<string, string>> = {
  used: 'Way out opened for a domain, and mail forwarded there',
  followed: 'Way out opened, and mail forwarded that way since',
  opened: 'Guard against outside forwarding taken away',
  prepared: 'New way for mail to and from another domain',
}

export default defineDetection({
  id: 'auto-forward-guardrail',
  title: 'Guard against forwarding weakened',
  attack: ['T1114.003'],
  reads: [...GUARDS, ...FORWARDING],
  usesDomains: true,
  about: 'first',
  terms: [
    {
      ...single('used', 'forwards to a domain that was let through within a day of them', 'critical'),
      ...{ measures: ['forward'], withinMinutes: 1_440, also: { measures: ['let-through'], atLeast: 1 } },
    },
    {
      ...single('followed', 'forwards within 7 days after what let them through', 'critical'),
      ...{ measures: ['forward', 'outside'], withinMinutes: 10_080 },
      after: { measures: ['let-through', 'let-all-through'] },
    },
    single('opened', 'settings changed so that mail forwards itself outside or goes another way', 'high'),
    single('prepared', 'domains and connectors added that mail can leave or come by', 'medium'),
    single('loosened', 'outbound policies set to Automatic or put on other people', 'low'),
  ],

  *signals(record, tenant) {
    if (!record.succeeded || isSystemActor(record)) return
    yield* guardSignals(record)
    for (const { mailbox } of forwardsOutside(record, tenant))
      yield { key: ANYWHERE, measure: 'outside', mailbox }
  },

  headline: ({ term }) => HEADLINES[term] ?? 'Outbound policy changed',

  sentence: finding => {
    const { key, term, actor, actors, mailboxes, notes } = finding
    const [begin, what] = [when(finding.start, finding.end), names(notes)]
    if (term !== 'used' && term !== 'followed')
      return `${opening(finding)} changed "${key[1]}": ${what}. Mail may now leave, or come in, by a way that was closed.`
    const mail = `mail${mailboxes.length > 0 ? ` of ${names(mailboxes)}` : ''} set to forward`
    const within = `within ${span(finding.withinMinutes)}, by ${names(actors)}`
    return key[0] === TENANT_KEY
      ? `${begin} ${actor} let all forwards through (${what}) and ${mail} outside ${within}.`
      : `${begin} ${key[0]} was let through (${what}) and ${mail} there ${within}.`
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
    'A forward set more than 7 days after, or a day before; to a directory entry that stands for an address outside',
  ],
  references: [technique('T1114.003')],
  covers: [
    'No public rule: outbound policies, remote domains, connectors and accepted domains that let forwards out',
  ],
})
