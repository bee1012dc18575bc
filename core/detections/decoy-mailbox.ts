import { defineDetection } from '../model/detection.ts'
import { decoyTouches } from './kit/decoys.ts'
import { technique } from './kit/technique.ts'
import { single } from './kit/terms.ts'
import { doer, fromAddresses, names, when, withClient } from './kit/words.ts'

export default defineDetection({
  id: 'decoy-mailbox',
  title: 'Decoy mailbox touched',
  attack: ['T1114.002', 'T1098.002'],
  reads: 'any',
  terms: [
    single('touched', 'records of somebody at a mailbox that nobody has a reason to touch', 'critical'),
  ],

  signals(record, { decoys }) {
    if (decoys.size === 0) return []
    return decoyTouches(record, decoys).map(({ decoy, what }) => ({
      key: [record.actor, decoy],
      measure: 'touched',
      mailbox: decoy,
      note: what,
    }))
  },

  headline: ({ key }) =>
    key[0] === key[1]
      ? 'The account of a decoy mailbox was used'
      : 'A mailbox was touched that nobody should',

  sentence: finding => {
    const [actor, decoy] = finding.key
    const who = actor === decoy ? 'somebody acted as' : `${doer(finding)} was at`
    return (
      `${when(finding.start, finding.end)} ${who} the decoy mailbox ${decoy} (${names([...finding.notes].sort(), 4)})` +
      `${fromAddresses(finding)}${withClient(finding)}. Nobody has a reason to: one such record is enough for this message.`
    )
  },

  triage: [
    'Look who it was: if the account is a person’s, phone them before anything else.',
    'If they know nothing of it: block sign-in, revoke sessions; disable an application under Enterprise applications.',
    'See what else the same account did in the days before: the decoy is rarely the first mailbox.',
    'Take back rights, rules and forwards set on the decoy, and leave it as it is for the next one.',
  ],
  notKnown: 'How they came upon the mailbox, and which real ones they opened.',
  falsePositives: ['Whoever sets up, tests or tidies the decoy', 'Backup products that take every mailbox'],
  notCovered: [
    'Searches over all mailboxes, which name none (see content-search)',
    'A decoy named by its id or display name alone, and attempts that failed',
    'Other settings of the mailbox, which scripts change everywhere',
  ],
  references: [technique('T1114.002')],
  covers: ['No public rule is known: mailboxes nobody should read, as a tripwire'],
})
