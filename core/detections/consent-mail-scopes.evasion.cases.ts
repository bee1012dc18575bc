import { defineCases } from '../../test/support/cases.ts'
import { application, CRM, consent, delegatedGrant } from '../../test/support/record-apps.ts'
import { at, person } from '../../test/support/records.ts'

const anna = person('anna')
const key = [anna, CRM.principal] as const
const day = (n: number) => ({ at: at('09:12', n) })

/** Moves of people who know how others look for consents. */
export const cases = defineCases('consent-mail-scopes', {
  fires: {
    'consent twice with small scope sets': {
      records: [consent('offline_access User.Read'), consent('Mail.Read', day(6))],
      expect: { term: 'offline', severity: 'high', key, count: 1, recordCount: 2 },
    },
    'consent twice, each too small for a phishing kit': {
      records: [
        consent('offline_access User.Read Mail.Send'),
        consent('Mail.ReadWrite Files.Read.All', day(3)),
      ],
      expect: { term: 'kit-of-five', severity: 'critical', key, count: 5 },
    },
    'consent twice, more than a week apart': {
      records: [consent('offline_access User.Read'), consent('Mail.Read', day(8))],
      expect: { term: 'mail', severity: 'medium', key },
    },
    're-consent within suppression: wider on the same day': {
      records: [consent('Mail.ReadBasic'), consent('offline_access Mail.Read', { at: at('11:00') })],
      expect: { term: 'offline', key, count: 2, recordCount: 2 },
    },
    'across a bucket edge: two people around midnight': {
      records: [
        consent('Mail.Read', { at: at('23:59') }),
        consent('Mail.Read', { by: person('bruno'), at: at('00:01', 1) }),
      ],
      expect: { term: 'people', count: 2 },
    },
    'a scope behind many harmless ones': {
      records: [
        consent(`${Array.from({ length: 60 }, (_, n) => `Tasks${n}.Read`).join(' ')} full_access_as_user`),
      ],
      expect: { term: 'mail', count: 1 },
    },
    'a direct grant without consent or user agent': {
      records: [
        delegatedGrant('Mail.Read', { byApp: application('Robot'), change: { ExtendedProperties: [] } }),
      ],
      expect: { term: 'everybody', severity: 'high' },
    },
    'other protocols than Graph: IMAP': {
      records: [consent('offline_access IMAP.AccessAsUser.All')],
      expect: { term: 'offline', severity: 'high' },
    },
  },
  quiet: {
    'harmless consents, twice and by two people': [
      consent('offline_access User.Read'),
      consent('Calendars.Read', day(1)),
      consent('offline_access User.Read', { by: person('bruno') }),
    ],
  },
})
