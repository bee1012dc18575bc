import { defineCases } from '../../test/support/cases.ts'
import {
  type Access,
  AZURE_CLI,
  at,
  attachments,
  bind,
  ews,
  graphApp,
  guid,
  hours,
  IMAP,
  item,
  messages,
  OUTLOOK_EWS,
  person,
  SUBSTRATE,
  service,
} from '../../test/support/records.ts'

const [anna, ben] = [person('anna'), person('ben')]
const CRM = guid('CRM')
const OTHER = guid('another application')
const EXCHANGE = '00000002-0000-0ff1-ce00-000000000000'
const OFFICE = 'd3590ed6-52b3-4102-aeff-aad2292ab01c'
const START = at('09:05')

type Read = Partial<Access> & { readonly at?: number }
const read = (given: Read = {}) => bind({ mailbox: anna, at: START, messages: messages(2), ...given })
const graph = (given: Read = {}) => read({ client: graphApp(CRM), ...given })
const direct = (given: Read = {}) => read({ at: START + hours(3), client: ews('', CRM), ...given })

export const cases = defineCases('dual-path-app', {
  fires: {
    'EWS three hours after Graph': {
      records: [graph(), direct()],
      expect: { term: 'direct', severity: 'medium', key: [`app:${CRM}`], count: 1, actor: `app:${CRM}` },
    },
    'Graph three hours after EWS, in two mailboxes': {
      records: [direct({ at: START, mailbox: ben }), graph({ at: START + hours(3) })],
      expect: { term: 'direct', count: 1, mailboxes: [anna, ben], recordCount: 2 },
    },
    'EWS a second less than a day after Graph': {
      records: [graph(), direct({ at: START + hours(24) - 1 })],
      expect: { term: 'direct', count: 1 },
    },
    'by itself, with no user present': {
      records: [graph({ app: CRM }), direct({ app: CRM })],
      expect: { term: 'direct', key: [`app:${CRM}`] },
    },
    'IMAP with an id of its own, and an attachment through Graph': {
      records: [
        attachments({ mailbox: anna, at: START, client: graphApp(CRM), count: 2 }),
        direct({ client: { ...IMAP, AppId: EXCHANGE, ClientAppId: CRM } }),
      ],
      expect: { term: 'direct', count: 1 },
    },
    'EWS three times': {
      records: [graph(), ...[1, 2, 3].map(n => direct({ at: START + hours(n) }))],
      expect: { term: 'direct', count: 3, recordCount: 4 },
    },
    'a client of Microsoft’s that scripts drive': {
      records: [graph({ client: graphApp(AZURE_CLI) }), direct({ client: ews('', AZURE_CLI) })],
      expect: { term: 'direct', key: [`app:${AZURE_CLI}`] },
    },
    'across midnight': {
      records: [graph({ at: at('23:30') }), direct({ at: at('00:30', 1) })],
      expect: { term: 'direct' },
    },
  },
  quiet: {
    'Graph alone': [graph(), graph({ at: START + 60, mailbox: ben })],
    'EWS alone': [direct(), direct({ mailbox: ben })],
    'EWS a day after Graph': [graph(), direct({ at: START + hours(24) })],
    'two applications, one each way': [graph(), direct({ client: ews('', OTHER) })],
    'Office, which uses every way': [graph({ client: graphApp(OFFICE) }), direct({ client: OUTLOOK_EWS })],
    'a service of Microsoft’s': [
      graph({ client: graphApp(SUBSTRATE) }),
      direct({ client: ews('', SUBSTRATE) }),
      direct({ client: service(SUBSTRATE) }),
    ],
    'EWS under the id that all share': [graph(), direct({ client: ews('python-requests/2.32.3') })],
    'IMAP that tells no application': [graph(), direct({ client: IMAP })],
    'REST that names no API': [graph(), direct({ client: service(CRM) })],
    'reads that failed': [graph(), direct({ change: { ResultStatus: 'Failed' } })],
    'something other than mail work': [
      graph(),
      item('MailboxLogin', { mailbox: anna, at: START, client: ews('', CRM) }),
    ],
  },
})
