import { defineDetection } from '../model/detection.ts'
import { NOBODY_SEEN } from '../model/observation.ts'
import { CREDENTIAL_CHANGES } from './kit/app-credentials.ts'
import { actorName } from './kit/directory-apps.ts'
import { ownAppSignals, REMOVED_APPS, REMOVED_CREDENTIALS, REMOVED_RIGHTS } from './kit/own-app.ts'
import { technique } from './kit/technique.ts'
import { single } from './kit/terms.ts'
import { fromAddresses, names, when } from './kit/words.ts'

export default defineDetection({
  id: 'own-access',
  title: 'Our own access to the audit log changed',
  attack: ['T1562.008', 'T1098.001'],
  reads: [
    'OwnPermissionRemoved',
    'OwnCredentialChanged',
    ...REMOVED_RIGHTS,
    ...REMOVED_APPS,
    ...REMOVED_CREDENTIALS,
    ...CREDENTIAL_CHANGES,
  ],
  terms: [
    single('permission', 'permissions of this product taken away', 'high'),
    single('credential', 'changes of how this product signs in', 'medium'),
  ],

  *signals(record, tenant) {
    yield* ownAppSignals(record, tenant)
  },

  headline: ({ term }) =>
    term === 'permission'
      ? 'We were shut out of the audit log, or of part of it'
      : 'How we sign in to the audit log was changed',

  sentence: finding => {
    const { actor, end, notes, start, term } = finding
    const what = names([...new Set(notes)])
    if (actor === NOBODY_SEEN)
      return term === 'permission'
        ? `${when(start, end)} we no longer had what we had before: ${what}. Who took it away is not on record with us; without it we see nothing of what it showed.`
        : `${when(start, end)} our sign-in was refused that had worked before: ${what}. Until it works again we see nothing.`
    const doer = `${when(start, end)} ${actorName(actor)}${fromAddresses(finding)}`
    return term === 'permission'
      ? `${doer} took away from this product: ${what}. Without it we see nothing of what it showed.`
      : `${doer} changed how this product signs in (${what}). Whoever holds a new secret can read the audit log in our name.`
  },

  triage: [
    'Ask your other administrators, by phone, who changed it and why.',
    'Look at Entra, Enterprise applications, Waxseal: Permissions and Audit logs name who did it.',
    'Give it back, as when it was set up; nothing is lost that Microsoft still keeps (7 days).',
    'If nobody knows: presume somebody acts unseen. Check sign-ins of administrators, rules, consents.',
  ],
  notKnown:
    'What was done while we could not see. A change of ours is no proof of bad intent: renewals look the same.',
  falsePositives: [
    'A secret or certificate that is renewed; an application moved to another identity',
    'An administrator who tidies up permissions that look unused',
  ],
  notCovered: [
    'A managed identity’s lost permission, for up to a day: its tokens live that long, with the old permissions in them',
    'Our storage, our function app and the receiver of these messages: a monitor outside the tenant can ask the health function',
  ],
  references: [technique('T1562.008')],
  covers: ['No public rule: the watching application’s own permission or credential changed'],
})
