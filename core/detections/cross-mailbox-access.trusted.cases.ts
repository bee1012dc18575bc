import { defineCases } from '../../test/support/cases.ts'
import {
  at,
  bind,
  burst,
  ews,
  guid,
  messages,
  minutes,
  OWA,
  person,
  type RawRecord,
  staff,
} from '../../test/support/records.ts'

const helen = person('helen')
const app = guid('a backup')
const declared = { isTrustedApp: (id: string) => id === app }

/** One night of the application: the first mailboxes of the firm, a minute each. */
const night = (mailboxes: number, day: number, by = app): RawRecord[] =>
  staff(mailboxes).map((mailbox, n) =>
    bind({ mailbox, app: by, at: at('01:10', day) + minutes(n), messages: messages(60, 60 * n) }),
  )
const nights = (mailboxes: number, days: number, by = app) =>
  Array.from({ length: days }, (_, n) => night(mailboxes, -1 - n, by)).flat()

const trusted = (...records: readonly (readonly RawRecord[])[]) => ({ records: records.flat(), declared })

export const cases = defineCases('cross-mailbox-access', {
  fires: {
    'a trusted application of two mailboxes is in ten': {
      ...trusted(nights(2, 8), night(10, 0)),
      expect: {
        term: 'trusted-many',
        severity: 'high',
        count: 10,
        key: [`app:${app}`, 'trusted'],
        mailboxes: staff(10).sort(),
      },
    },
    'a trusted application of two mailboxes is in nine': {
      ...trusted(nights(2, 8), night(9, 0)),
      expect: { term: 'trusted-some', severity: 'medium', count: 9 },
    },
    'a trusted application of two mailboxes is in five': {
      ...trusted(nights(2, 7), night(5, 0)),
      expect: { term: 'trusted-some', severity: 'medium', count: 5 },
    },
    'another application than the trusted one': {
      ...trusted(nights(2, 8), night(5, 0, guid('a crawler'))),
      expect: { term: 'app-only-in-hour', severity: 'high', count: 5 },
    },
    'a person beside the trusted application': {
      ...trusted(
        nights(10, 8),
        staff(5).map((mailbox, n) =>
          bind({ mailbox, by: helen, at: at('09:05') + minutes(n), messages: messages(1) }),
        ),
      ),
      expect: { term: 'some-in-hour', key: [helen] },
    },
    'a person in a mail program somebody called trusted': {
      records: staff(5).map((mailbox, n) =>
        bind({ mailbox, by: helen, at: at('09:05') + minutes(n), messages: messages(1), client: OWA }),
      ),
      declared: { isTrustedApp: () => true },
      expect: { term: 'some-in-hour', key: [helen] },
    },
    'any EWS script, its shared id called trusted': {
      records: staff(5).flatMap((mailbox, n) =>
        burst({
          mailbox,
          messages: 1,
          from: at('09:05') + minutes(n),
          over: 0,
          client: ews('python-requests/2.32.3'),
        }),
      ),
      declared: { isTrustedApp: () => true },
      expect: { term: 'some-in-hour', severity: 'medium', count: 5 },
    },
  },
  quiet: {
    'a trusted backup of fifty mailboxes, night after night': trusted(nights(50, 9), night(50, 0)),
    'a trusted backup, and somebody new in the firm': trusted(nights(49, 9), night(51, 0)),
    'a trusted application of two mailboxes is in four': trusted(nights(2, 8), night(4, 0)),
    'a trusted application of three mailboxes is in five': trusted(nights(3, 8), night(5, 0)),
    'a trusted application in its first week': trusted(nights(2, 6), night(10, 0)),
  },
})
