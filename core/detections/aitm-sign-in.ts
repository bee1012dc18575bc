import { defineDetection } from '../model/detection.ts'
import { SIGN_INS } from '../model/identity-operations.ts'
import { AT_RISK, signInSteps } from './kit/sign-in-steps.ts'
import { SUSPICIONS, suspiciousSignIn } from './kit/suspicious-sign-in.ts'
import { technique } from './kit/technique.ts'
import { single } from './kit/terms.ts'
import { fromAddresses, many, when, withClient } from './kit/words.ts'

const { tool, kit, reported } = SUSPICIONS
const HOW: Readonly<Record<string, string>> = { tool, kit, reported, 'at-risk': AT_RISK }

/** Sessions of one sign-in: the victim's own, and the one that the phishing page kept. */
const SESSIONS = { measures: ['sessions'], atLeast: 2, withinMinutes: 10 }

export default defineDetection({
  id: 'aitm-sign-in',
  title: 'Sign-in through a phishing page',
  attack: ['T1557', 'T1539', 'T1078.004'],
  reads: SIGN_INS,
  terms: [
    single('tool', 'sign-ins with a tool made for stolen accounts', 'critical'),
    single('kit', 'sign-ins with a scripting library where phishing kits use one', 'high'),
    single('reported', 'sign-ins that Entra reports as an attack', 'high'),
    single('at-risk', 'sign-ins to the Office home page that Entra holds risky', 'high'),
    {
      ...SESSIONS,
      id: 'relayed',
      counts: 'sessions of one sign-in with a second factor and a stay-signed-in question',
      also: { measures: ['steps'], atLeast: 3 },
      severity: 'high',
    },
    {
      ...SESSIONS,
      id: 'sessions',
      counts: 'sessions of one sign-in that succeeded',
      also: { measures: ['entered'], atLeast: 1 },
      severity: 'medium',
    },
  ],

  *signals(record, tenant) {
    const suspicion = suspiciousSignIn(record, tenant)
    if (suspicion !== undefined && suspicion in HOW) yield { key: [record.actor], measure: suspicion }
    yield* signInSteps(record, tenant)
  },

  headline: ({ term }) =>
    term === 'tool'
      ? 'Somebody signed in with a tool for stolen accounts'
      : 'A sign-in looks as if it went through a phishing page',

  sentence: finding => {
    const { count, key, start, end, term } = finding
    const where = `${fromAddresses(finding)}${withClient(finding)}`
    if (term in HOW)
      return `${when(start, end)} ${key[0]} signed in ${HOW[term]}${where}. One is enough for this message.`
    return (
      `${when(start, end)} one sign-in of ${key[0]} to the Office home page, from no known device, opened` +
      ` ${many(count, 'session')}${where}. The limit is ${finding.limit} within ${finding.withinMinutes} minutes.`
    )
  },

  triage: [
    'Phone the user: did they follow a link and sign in at that time?',
    'Unless it can be explained: revoke sessions, reset the password, and check MFA methods and devices.',
    'Look for new inbox rules, consents and mail sent since.',
    'Find the mail with the link and delete it from all mailboxes.',
  ],
  notKnown: 'Whether somebody else holds the session now.',
  falsePositives: ['Home-made programs that sign in by themselves', 'Tests of your own security'],
  notCovered: [
    'Phishing pages that pass on a browser’s name and open one session',
    'The risk that Entra sees in a sign-in, without a P2 licence and the feed `sign-ins` of Graph',
  ],
  references: [technique('T1557'), technique('T1539')],
  covers: [
    'Elastic: sign-in via Office application with a kit’s agent, TeamFiltration and Kali365 agents',
    'reprise99 and BertJanP: sessions, errors, risk and device of one OfficeHome sign-in',
  ],
})
