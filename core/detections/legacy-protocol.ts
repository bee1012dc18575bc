import { defineDetection } from '../model/detection.ts'
import { SIGN_INS } from '../model/identity-operations.ts'
import { oldProtocol, PASSWORD } from './kit/old-protocols.ts'
import { personalNetwork } from './kit/places.ts'
import { technique } from './kit/technique.ts'
import { single } from './kit/terms.ts'
import { fromAddresses, when } from './kit/words.ts'

const FIRST_USE = ' That is new: it was not seen in the 30 days before.'
const NEWS = new Map([
  ['elsewhere', ' The network is new to the user.'],
  ['password', ''],
])

export default defineDetection({
  id: 'legacy-protocol',
  title: 'Mail by an old protocol',
  attack: ['T1078.004', 'T1114.002'],
  reads: [...SIGN_INS, 'MailItemsAccessed', 'MailboxLogin', 'FolderBind', 'MessageBind'],
  parts: ['protocol', 'network'],
  terms: [
    {
      ...single('new-protocol', 'uses of an old protocol new to the user', 'medium'),
      measures: ['password', 'old'],
      fresh: ['protocol'],
    },
    {
      ...single('elsewhere', 'passwords by an old protocol from a network new to the user', 'medium'),
      measures: ['password'],
      fresh: ['network'],
    },
    {
      ...single('activesync', 'uses of ActiveSync by somebody to whom it is new', 'low'),
      fresh: ['protocol'],
    },
    single('password', 'sign-ins with a password by an old protocol', 'low'),
  ],

  signals(record, tenant) {
    const old = record.succeeded && !record.appOnly ? oldProtocol(record, tenant) : undefined
    if (old === undefined) return []
    // People read by IMAP wherever they are; of a password alone the place is worth a question.
    const network = old.measure === 'password' ? personalNetwork(record, tenant) : undefined
    const place = network === undefined ? [] : [network]
    return [{ key: [record.actor, old.protocol, ...place], measure: old.measure }]
  },

  headline: ({ key, term }) =>
    term === 'new-protocol' || term === 'activesync'
      ? `Mail goes by ${key[1] === PASSWORD ? 'an old protocol' : key[1]} for the first time`
      : 'A password alone opened mail by an old protocol',

  sentence: finding => {
    const { key, start, end, term } = finding
    return `${when(start, end)} ${key[0]} used ${key[1]}${fromAddresses(finding)}.${NEWS.get(term) ?? FIRST_USE} Old protocols ask for no second factor.`
  },

  triage: [
    'Ask the user or whoever looks after scanners and old programs: is something new set up with this account?',
    'If nobody knows: reset the password; it is what was used.',
    'Switch off POP, IMAP and SMTP AUTH for mailboxes that need none (Set-CASMailbox).',
  ],
  notKnown: 'Which program it is: old protocols tell no name.',
  falsePositives: ['Scanners, printers and shop systems that send mail', 'A phone’s own mail program'],
  notCovered: [
    'Whether a second factor would have been asked for',
    'IMAP and POP with modern sign-in by somebody who uses them anyway',
  ],
  references: [technique('T1078.004')],
  covers: [
    'Elastic: ROPC by a legacy client, legacy authentication client',
    'Sigma and Panther: sign-ins by BAV2ROPC, CBAInPROD, CBAinTAR',
  ],
})
