import { defineDetection } from '../model/detection.ts'
import { METHODS, SIGN_INS } from '../model/identity-operations.ts'
import { newMethod } from './kit/methods.ts'
import { personalNetwork } from './kit/places.ts'
import { inOrder, suspicionNote, suspiciousSignIn } from './kit/suspicious-sign-in.ts'
import { technique } from './kit/technique.ts'
import { single } from './kit/terms.ts'
import { fromAddresses, when } from './kit/words.ts'

export default defineDetection({
  id: 'new-mfa-method',
  title: 'New way to sign in',
  attack: ['T1556.006', 'T1098.005'],
  reads: [...SIGN_INS, ...METHODS, 'Update user'],
  // Entra’s own services set up methods for people.
  about: 'mailbox',
  parts: ['network'],
  terms: [
    {
      ...single('after-sign-in', 'new methods and devices within a day of a suspicious sign-in', 'high'),
      measures: ['method'],
      withinMinutes: 1440,
      after: { measures: ['suspicious-sign-in'] },
    },
    {
      ...single('elsewhere', 'new methods and devices from a network new to the user', 'low'),
      measures: ['method'],
      fresh: ['network'],
    },
  ],

  *signals(record, tenant) {
    const suspicion = suspiciousSignIn(record, tenant)
    const { actor } = record
    if (suspicion !== undefined) {
      const note = suspicionNote(suspicion)
      yield { key: [actor], measure: 'suspicious-sign-in', mailbox: actor, note }
    }
    const method = newMethod(record)
    if (method === undefined) return
    const told = { measure: 'method', mailbox: method.user, note: method.what }
    yield { key: [method.user], ...told }
    const network = personalNetwork(record, tenant)
    if (network !== undefined) yield { key: [method.user, network], ...told }
  },

  headline: ({ term }) =>
    term === 'after-sign-in'
      ? 'New way to sign in after a suspicious sign-in'
      : 'New way to sign in, from a new place',

  sentence: finding => {
    const { end, key, notes, start, term } = finding
    const { first, rest } = inOrder(notes)
    const after =
      term === 'elsewhere'
        ? 'on a network not seen of this user in the 30 days before'
        : `after somebody had ${first}`
    return `${when(start, end)} ${key[0]} got ${rest}, ${after}${fromAddresses(finding)}. One is enough for this message.`
  },

  triage: [
    'Phone the user: did they set up a phone, an app or a computer just then?',
    'If not: remove the method and the device first, then revoke sessions and reset the password.',
    'Look for inbox rules, forwarding and consents since the sign-in.',
  ],
  notKnown: 'Whose phone or computer it is.',
  falsePositives: ['A new phone or computer', 'A first day at work'],
  notCovered: [
    'Methods set up a day or more after the sign-in',
    'Methods from a known network: records often name none, or one of Microsoft’s',
  ],
  references: [technique('T1556.006'), technique('T1098.005')],
  covers: [
    'Elastic: OAuth flow by user sign-in to device registration',
    'Sentinel: risky sign-in with new MFA method, risky sign-in with device registration',
  ],
})
