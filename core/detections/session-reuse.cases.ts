import { defineCases } from '../../test/support/cases.ts'
import {
  EDGE,
  ERRORS,
  FIREFOX,
  FIREFOX_LINUX,
  graphSignIn,
  SAFARI_IPAD,
  SAFARI_IPHONE,
  type SignInEvent,
  sessionOf,
  signIn,
} from '../../test/support/record-sign-ins.ts'
import {
  type Access,
  at,
  bind,
  ews,
  guid,
  host,
  hours,
  item,
  MICROSOFT_ADDRESSES,
  messages,
  OWA,
  person,
} from '../../test/support/records.ts'

const anna = person('anna')
const START = at('09:05')
/** Edge on Windows in the office, and whatever `later` brings, elsewhere. */
const own = (event: SignInEvent = {}) => signIn({ at: START, session: 's', ip: host(0), ...event })
const other = (userAgent: string | undefined, event: SignInEvent = {}) =>
  signIn({ at: START + hours(3), session: 's', ip: host(1), os: '', userAgent, ...event })
const script = (event: Partial<Access> & { at?: number } = {}) =>
  bind({
    mailbox: anna,
    at: START + hours(3),
    messages: messages(3),
    client: ews('python-requests/2.32.3'),
    session: sessionOf('s'),
    ip: host(1),
    ...event,
  })
/** The same session in Edge on Windows, seen by Graph in a country and with a provider. */
const seen = (country: string, asn: number, event: SignInEvent = {}) =>
  graphSignIn(
    { at: START, session: 's', ip: host(0), ...event },
    { autonomousSystemNumber: asn, location: { countryOrRegion: country } },
  )
const token = (id: string) => ({ session: undefined, change: { AppAccessContext: { UniqueTokenId: id } } })

export const cases = defineCases('session-reuse', {
  fires: {
    'the cookie in Firefox on Linux, elsewhere': {
      records: [own(), other(FIREFOX_LINUX)],
      expect: {
        term: 'machines',
        severity: 'high',
        key: [anna, sessionOf('s')],
        count: 2,
        recordCount: 2,
        actor: anna,
        addresses: [host(0), host(1)],
        notes: ['Edge on Windows', 'Firefox on Linux or Android'],
      },
    },
    'the cookie a second less than a day later': {
      records: [own(), other(FIREFOX_LINUX, { at: START + hours(24) - 1 })],
      expect: { term: 'machines', count: 2 },
    },
    'the token in a script that reads mail': {
      records: [own(), script()],
      expect: { term: 'machines', count: 2, mailboxes: [anna] },
    },
    'the token in a script that signs in': {
      records: [own(), other('python-requests/2.32.3')],
      expect: { term: 'machines', count: 2 },
    },
    'the token of an iPhone on Windows': {
      records: [own({ userAgent: SAFARI_IPHONE }), other(EDGE)],
      expect: { term: 'machines' },
    },
    'a token without a session': {
      records: [own(token('t')), other(FIREFOX_LINUX, token('t'))],
      expect: { term: 'machines', key: [anna, 't'] },
    },
    'the cookie of a machine the tenant knows, on Linux': {
      records: [own({ device: 'laptop' }), other(FIREFOX_LINUX)],
      expect: { term: 'machines' },
    },
    'the cookie in another browser on Windows': {
      records: [own(), other(FIREFOX)],
      expect: { term: 'browsers', severity: 'medium', count: 2 },
    },
    'the cookie of a machine the tenant knows, on another': {
      records: [own({ device: 'laptop' }), other(FIREFOX)],
      expect: { term: 'browsers' },
    },
    'one session in two countries within an hour': {
      records: [seen('NL', 64500), seen('US', 64501, { at: START + hours(1) - 1, ip: host(1) })],
      expect: {
        term: 'countries',
        severity: 'medium',
        key: [anna, sessionOf('s')],
        count: 2,
        notes: ['Edge on Windows in NL (AS64500)', 'Edge on Windows in US (AS64501)'],
      },
    },
    'across midnight': {
      records: [own({ at: at('23:50') }), other(FIREFOX_LINUX, { at: at('00:10', 1) })],
      expect: { term: 'machines', count: 2 },
    },
  },
  quiet: {
    'two countries, an hour apart': [
      seen('NL', 64500),
      seen('US', 64501, { at: START + hours(1), ip: host(1) }),
    ],
    'two countries of one provider': [seen('NL', 64500), seen('US', 64500, { ip: host(1) })],
    'two providers of one country': [seen('NL', 64500), seen('NL', 64501, { ip: host(1) })],
    'a machine the tenant knows, in two countries': [
      seen('NL', 64500, { device: 'laptop' }),
      seen('US', 64501, { ip: host(1), device: 'laptop' }),
    ],
    'the same places, from which Graph tells nothing': [own(), other(EDGE, { at: START + hours(1) - 1 })],
    'a laptop carried home': [own(), other(EDGE)],
    'a laptop the tenant knows, carried home, in two browsers': [
      own({ device: 'laptop' }),
      other(FIREFOX, { device: 'laptop' }),
    ],
    'a phone that changes from Wi-Fi to mobile': [
      own({ userAgent: SAFARI_IPHONE }),
      other(SAFARI_IPHONE),
      other('Outlook-iOS/2.0', { ip: host(7) }),
    ],
    'an iPad that asks for desktop pages': [own({ userAgent: SAFARI_IPAD }), other('Outlook-iOS/2.0')],
    'a phone’s own program, which is made with a library': [
      own({ userAgent: 'Mozilla/5.0 (Linux; Android 16) Chrome/142.0' }),
      script({ client: ews('okhttp/4.12') }),
    ],
    'two machines on one network': [own(), other(FIREFOX_LINUX, { ip: host(0) })],
    'two machines with a session each': [own(), other(FIREFOX_LINUX, { session: 'phone' })],
    'two people': [own(), other(FIREFOX_LINUX, { by: person('ben') })],
    'another machine a day later': [own(), other(FIREFOX_LINUX, { at: START + hours(24) })],
    'another machine at one of Microsoft’s addresses': [
      own(),
      other(FIREFOX_LINUX, { ip: MICROSOFT_ADDRESSES[0] ?? '' }),
    ],
    'another machine inside the firm': [own(), other(FIREFOX_LINUX, { ip: '10.1.2.3' })],
    'another machine that was refused': [own(), other(FIREFOX_LINUX, { error: ERRORS.password })],
    'a machine that tells nothing': [own(), other('Mozilla/5.0')],
    'sessions and tokens that nobody wrote down': [
      own({ session: undefined }),
      other(FIREFOX_LINUX, { session: undefined }),
    ],
    'Outlook on the web in the same session': [own(), script({ client: OWA })],
    'an application by itself': [own(), script({ app: guid('CRM') })],
    'a rule of the same session, which names no client': [
      own(),
      item('UpdateInboxRules', { mailbox: anna, at: START, ip: host(2), session: sessionOf('s') }),
    ],
  },
})
