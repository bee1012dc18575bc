import { defineCases } from '../../test/support/cases.ts'
import { at, bind, graphApp, guid, messages, minutes, person, staff } from '../../test/support/records.ts'

const helen = person('helen')
const app = guid('a backup')
const trusted = { trustedApps: [{ id: app }] }
const trustedThere = { trustedApps: [{ id: app, networks: ['203.0.113.0/24'] }] }

const visits = (access: Partial<Parameters<typeof bind>[0]>, count = 10) =>
  staff(count).map((mailbox, n) =>
    bind({ mailbox, at: at('09:05') + minutes(n), messages: messages(1), ...access }),
  )

export const cases = defineCases('cross-mailbox-access', {
  fires: {
    'an application nobody trusts, beside one that is': {
      records: visits({ app: guid('a mailbox crawler') }),
      config: trusted,
      expect: { term: 'many-in-hour', key: [`app:${guid('a mailbox crawler')}`] },
    },
    'a trusted application, from outside where it runs': {
      records: visits({ app, ip: '192.0.2.77' }),
      config: trustedThere,
      expect: { term: 'many-in-hour', key: [`app:${app}`], count: 10 },
    },
    'five mailboxes of ten, opened from outside': {
      records: [...visits({ app, ip: '203.0.113.9' }), ...visits({ app, ip: '192.0.2.77' }, 5)],
      config: trustedThere,
      expect: { term: 'app-only-in-hour', key: [`app:${app}`], count: 5, addresses: ['192.0.2.77'] },
    },
    'a person in others’ mailboxes, with a trusted application': {
      records: visits({ by: helen, client: graphApp(app) }),
      config: trusted,
      expect: { term: 'many-in-hour', key: [helen], count: 10 },
    },
  },
  quiet: {
    'a trusted application by itself': { records: visits({ app }), config: trusted },
    'a trusted application by itself, from where it runs': {
      records: visits({ app, ip: '203.0.113.9' }),
      config: trustedThere,
    },
    'a trusted application with the owners’ consent': {
      records: visits({ client: graphApp(app) }),
      config: trusted,
    },
  },
})
