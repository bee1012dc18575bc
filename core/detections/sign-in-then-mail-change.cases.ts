import { defineCases } from '../../test/support/cases.ts'
import { consent } from '../../test/support/record-apps.ts'
import { cmdlet } from '../../test/support/record-cmdlets.ts'
import { inboxRule } from '../../test/support/record-rules.ts'
import {
  BROKER,
  ERRORS,
  graphSignIn,
  OFFICE_HOME,
  RESOURCES,
  type SignInEvent,
  sessionOf,
  signIn,
} from '../../test/support/record-sign-ins.ts'
import {
  at,
  guid,
  host,
  hours,
  MICROSOFT_ADDRESSES,
  minutes,
  person,
  type RawRecord,
} from '../../test/support/records.ts'

const anna = person('anna')
const START = at('09:05')
const kit = (event: SignInEvent = {}) =>
  signIn({ app: OFFICE_HOME, resource: OFFICE_HOME, userAgent: 'axios/1.7.9', at: START, ...event })
const legacy = (event: SignInEvent = {}) => signIn({ userAgent: 'BAV2ROPC', at: START, ...event })

interface Change {
  readonly later?: number
  readonly session?: string
  readonly ip?: string
  readonly owner?: string
  readonly parameters?: Readonly<Record<string, string>>
  readonly change?: RawRecord
}
/** A rule that sends mail outside. */
const rule = ({ later = minutes(30), session, parameters, change, ...given }: Change = {}) =>
  inboxRule(
    parameters ?? { Name: 'Invoices', From: 'x@partner.example', ForwardTo: 'drop@outside.example' },
    {
      at: START + later,
      ...given,
      change: { ...(session !== undefined && { SessionId: sessionOf(session) }), ...change },
    },
  )
const harmless = { Name: 'Newsletters', From: 'news@shop.example', MoveToFolder: 'Newsletters' }
const hide = { Name: '...', SubjectContainsWords: 'invoice', DeleteMessage: 'True', MarkAsRead: 'True' }
/** He has signed in from the first network for ten days. */
const home = signIn({ at: START - hours(240), ip: host(0) })
const NEW = { ip: host(5) }

export const cases = defineCases('sign-in-then-mail-change', {
  fires: {
    'a kit, then a forward in the same session': {
      records: [kit({ session: 's' }), rule({ session: 's', later: hours(20) })],
      expect: {
        term: 'session',
        severity: 'critical',
        key: [anna],
        count: 1,
        recordCount: 2,
        actor: anna,
        notes: [
          'Inbox rule sends mail outside',
          'signed in with a scripting library where phishing kits use one',
        ],
      },
    },
    'a bare password, then a forward in the same session': {
      records: [legacy({ session: 's' }), rule({ session: 's', later: hours(24) - 1 })],
      expect: { term: 'session', count: 1 },
    },
    'the same session under another address': {
      records: [kit({ session: 's' }), rule({ session: 's', ip: host(9) })],
      expect: { term: 'session', addresses: ['198.51.100.23', host(9)].sort() },
    },
    'a kit, then a forward in another session': {
      records: [kit({ session: 'a' }), rule({ session: 'b' })],
      expect: { term: 'soon', severity: 'critical', count: 1 },
    },
    'a kit, then a forward that tells no session': {
      records: [kit(), rule({ later: minutes(120) - 1 })],
      expect: { term: 'soon', count: 1 },
    },
    'a code typed for the broker, then a rule that hides': {
      records: [
        signIn({ app: BROKER, resource: RESOURCES.graph, request: 'Cmsi:Cmsi', at: START }),
        rule({ parameters: hide }),
      ],
      expect: { term: 'soon', count: 1 },
    },
    'a kit, then a consent': {
      records: [kit(), consent('Mail.Read offline_access', { by: anna, at: START + minutes(5) })],
      expect: { term: 'soon', count: 1 },
    },
    'a kit, then rights on a mailbox and an audit bypass': {
      records: [
        kit(),
        cmdlet(
          'Add-MailboxPermission',
          { Identity: person('ceo'), User: anna, AccessRights: 'FullAccess' },
          { by: anna, at: START + minutes(5) },
        ),
        cmdlet(
          'Set-MailboxAuditBypassAssociation',
          { Identity: anna, AuditBypassEnabled: 'True' },
          { by: anna, at: START + minutes(6) },
        ),
      ],
      expect: { term: 'soon', count: 2, recordCount: 3 },
    },
    'a kit, then a forward two hours later': {
      records: [kit(), rule({ later: minutes(120) })],
      expect: { term: 'later', severity: 'high', count: 1 },
    },
    'a kit, then a forward a second less than a day later': {
      records: [kit(), rule({ later: hours(24) - 1 })],
      expect: { term: 'later', count: 1 },
    },
    'a bare password, then a forward': {
      records: [legacy(), rule({ later: minutes(120) - 1 })],
      expect: { term: 'doubtful', severity: 'high', count: 1 },
    },
    'an account that was off, then a forward': {
      records: [signIn({ error: ERRORS.disabled, at: START }), rule()],
      expect: { term: 'doubtful' },
    },
    'a new network, then a forward from there': {
      records: [home, signIn({ ...NEW, at: START }), rule({ ...NEW, later: minutes(120) - 1 })],
      expect: { term: 'place', severity: 'medium', key: [anna, '2001:db8:5::/64'], count: 1, recordCount: 2 },
    },
    'a network not seen for more than a month, then a forward': {
      records: [
        signIn({ ...NEW, at: START - hours(31 * 24) }),
        home,
        signIn({ ...NEW, at: START }),
        rule(NEW),
      ],
      expect: { term: 'place' },
    },
    'the tenant’s domains are being learned': {
      records: [kit(), rule()],
      learned: true,
      expect: { term: 'soon' },
    },
    'a sign-in that Entra reports as an attack, then a forward': {
      records: [graphSignIn({ at: START }, { riskEventTypes_v2: ['attackerinTheMiddle'] }), rule()],
      expect: { term: 'soon', severity: 'critical', key: [anna] },
    },
    'a sign-in of high risk, then a forward': {
      records: [graphSignIn({ at: START }, { riskLevelDuringSignIn: 'high', riskState: 'atRisk' }), rule()],
      expect: { term: 'doubtful', severity: 'high', key: [anna] },
    },
  },
  quiet: {
    'a sign-in of medium risk, then a forward': [
      graphSignIn({ at: START }, { riskLevelDuringSignIn: 'medium', riskState: 'atRisk' }),
      rule(),
    ],
    'a forward, and nothing before': [rule()],
    'an honest sign-in, then a forward': [signIn({ at: START }), rule()],
    'a kit, and nothing after': [kit()],
    'a kit after the forward': [kit(), rule({ later: -1 })],
    'a kit a day before': [kit(), rule({ later: hours(24) })],
    'a bare password two hours before': [legacy(), rule({ later: minutes(120) })],
    'a bare password a day before, in the same session': [
      legacy({ session: 's' }),
      rule({ session: 's', later: hours(24) }),
    ],
    'a bare password three hours before, in another session': [
      legacy({ session: 'a' }),
      rule({ session: 'b', later: hours(3) }),
    ],
    'a kit that failed, then a forward': [kit({ error: ERRORS.password }), rule()],
    'a kit, then a harmless rule': [kit({ session: 's' }), rule({ session: 's', parameters: harmless })],
    'a kit, then a forward that failed': [kit(), rule({ change: { ResultStatus: 'False' } })],
    'a kit, then consent to nothing of mail': [kit(), consent('User.Read', { by: anna, at: START + 60 })],
    'a kit on the account of a colleague': [kit({ by: person('ben') }), rule()],
    'a new network, then a harmless rule': [
      home,
      signIn({ ...NEW, at: START }),
      rule({ ...NEW, parameters: harmless }),
    ],
    'a new network two hours before': [
      home,
      signIn({ ...NEW, at: START }),
      rule({ ...NEW, later: minutes(120) }),
    ],
    'a new network, and a forward from another one': [
      home,
      signIn({ ...NEW, at: START }),
      rule({ ip: host(0) }),
    ],
    'a forward from a new network nobody signed in from': [home, rule(NEW)],
    'a network as ever, then a forward': [home, signIn({ ip: host(0), at: START }), rule({ ip: host(0) })],
    'somebody new, then a forward': [signIn({ ...NEW, at: START }), rule(NEW)],
    'one of Microsoft’s networks, then a forward': [
      home,
      signIn({ ip: MICROSOFT_ADDRESSES[0] ?? '', at: START }),
      rule({ ip: MICROSOFT_ADDRESSES[0] ?? '' }),
    ],
    'an application that changes rules after it signed in': [
      kit(),
      rule({ change: { UserType: 5, UserKey: guid('CRM'), AppId: guid('CRM') } }),
    ],
  },
})
