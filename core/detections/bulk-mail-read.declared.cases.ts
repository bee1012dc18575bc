import { defineCases } from '../../test/support/cases.ts'
import {
  at,
  burst,
  graphApp,
  guid,
  hours,
  MICROSOFT_ADDRESSES,
  minutes,
  OWA,
  person,
} from '../../test/support/records.ts'

const anna = person('anna')
const bruno = person('bruno')
const app = guid('a backup')
const other = guid('another application')
const VENDOR = '203.0.113.0/24'
const OFFICE = '198.51.100.0/24'

const trusted = { trustedApps: [{ id: app }] }
const trustedThere = { trustedApps: [{ id: app, networks: [VENDOR] }] }

const hour = { from: at('09:05'), over: minutes(59) }
const consented = (id: string) => ({ client: graphApp(id), ip: MICROSOFT_ADDRESSES[0] })
/** An application with people's consent in two mailboxes. */
const inTwo = (id: string) => [
  ...burst({ ...hour, ...consented(id), mailbox: anna, messages: 250 }),
  ...burst({ ...hour, ...consented(id), mailbox: bruno, messages: 250, first: 250 }),
]
/** An application by itself, 500 messages in one mailbox. */
const byItself = (id: string, ip: string | undefined = '203.0.113.9') =>
  burst({ ...hour, mailbox: anna, app: id, ip, messages: 500 })

export const cases = defineCases('bulk-mail-read', {
  fires: {
    'an application nobody trusts, beside one that is': {
      records: inTwo(other),
      config: trusted,
      expect: { term: 'application-hour', key: [`app:${other}`], count: 500 },
    },
    'a trusted application, from outside where it runs': {
      records: byItself(app, '192.0.2.77'),
      config: trustedThere,
      expect: { term: 'reader-hour', key: [`app:${app}`], count: 500 },
    },
    'a trusted application, from a machine rented in Azure': {
      records: byItself(app, '20.44.10.5'),
      config: trustedThere,
      expect: { term: 'reader-hour', key: [`app:${app}`] },
    },
    'reading from a trusted network is still reading': {
      records: burst({ ...hour, mailbox: anna, client: OWA, ip: '198.51.100.7', messages: 500 }),
      config: { trustedNetworks: [OFFICE] },
      expect: { term: 'reader-hour', key: [anna] },
    },
  },
  quiet: {
    'a trusted application in two mailboxes': { records: inTwo(app), config: trusted },
    'a trusted application by itself': { records: byItself(app), config: trusted },
    'a trusted application by itself, from where it runs': { records: byItself(app), config: trustedThere },
    'a trusted application by itself, not where people work': {
      records: byItself(app),
      config: { ...trusted, trustedNetworks: [OFFICE] },
    },
    'a trusted application by itself, its address unknown': {
      records: burst({ ...hour, mailbox: anna, app, ip: '', messages: 500 }),
      config: trustedThere,
    },
    'a trusted application behind Graph': {
      records: byItself(app, MICROSOFT_ADDRESSES[0]),
      config: trustedThere,
    },
    'an owner and a trusted application in one mailbox': {
      records: [
        ...burst({ from: at('02:00'), over: hours(20), mailbox: anna, client: OWA, messages: 400 }),
        ...burst({ from: at('02:00'), over: hours(20), mailbox: anna, app, messages: 900, first: 400 }),
      ],
      config: trusted,
    },
  },
})
