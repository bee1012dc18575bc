import { defineCases } from '../../test/support/cases.ts'
import { CRM, type GraphRequest, graphRequest, objectId } from '../../test/support/record-graph.ts'
import { at, guid, host, SUBSTRATE } from '../../test/support/records.ts'

const anna = objectId('anna')
const app = guid('an application on the loose')

const asked = (path: string, change: Partial<GraphRequest> = {}, day = 0) =>
  graphRequest({ at: at('09:05', day), user: 'anna', app, ip: host(1), path, ...change })
const posted = (path: string, change: Partial<GraphRequest> = {}, day = 0) =>
  asked(path, { method: 'POST', ...change }, day)
/** The tenant is known, and the application opens single messages. */
const before = [-8, -3, -1].map(day => asked('/v1.0/me/messages/AAMk=', {}, day))

const route = (way: string) =>
  ({ term: 'route', severity: 'medium', count: 1, key: ['tenant', `${app} ${way}`], actor: anna }) as const
const news = (way: string, record: ReturnType<typeof asked>) => ({
  records: [...before, record],
  expect: route(way),
})

const DELTA = '/v1.0/me/mailFolders/inbox/messages/delta'
/** So many requests for messages, ten seconds apart. */
const calls = (count: number, path = '/v1.0/me/messages/AAMk=') =>
  Array.from({ length: count }, (_, n) => asked(path, { at: at('09:05') + 10 * n }))

export const cases = defineCases('graph-mail-access', {
  fires: {
    'changes of a folder followed': news('delta', asked(DELTA)),
    'changes in brackets, under a user’s address': {
      records: [
        ...before,
        asked("/beta/users('bruno@birchwood.example')/mailFolders('Inbox')/messages/delta(token='x')"),
      ],
      expect: { ...route('delta'), mailboxes: ['bruno@birchwood.example'] },
    },
    'changes, encoded': news('delta', asked('/v1.0//me/mail%46olders/inbox/messages/%64elta')),
    'a search over everything': news('search', posted('/v1.0/search/query')),
    'a search in the mailbox': news('search', asked('/v1.0/me/messages?$search="payment"')),
    'a subscription by an application that may read mail': {
      records: [...before, posted('/v1.0/subscriptions', { user: undefined, roles: 'Mail.ReadBasic.All' })],
      expect: { ...route('subscription'), actor: `app:${app}` },
    },
    'a whole message': news('content', asked('/v1.0/me/messages/AAMk=/$value')),
    'an attachment': news('content', asked('/v1.0/me/messages/AAMk=/attachments/AAMk=')),
    'attachments along with messages': news('content', asked('/v1.0/me/messages?%24expand=Attachments')),
    'a hundred messages a page': news('pages', asked('/v1.0/me/messages?$top=100')),
    'a bundle': {
      records: [...before, posted('/v1.0/$batch')],
      expect: { term: 'batch', severity: 'low', key: ['tenant', `${app} batch`] },
    },
    'a way last used 31 days ago': {
      records: [asked('/v1.0/me/messages/x', {}, -38), asked(DELTA, {}, -31), ...before, asked(DELTA)],
      expect: route('delta'),
    },
    'fifty mailboxes in a new way are one finding': {
      records: [
        ...before,
        ...Array.from({ length: 50 }, (_, n) =>
          asked(`/v1.0/users/staff${n}@birchwood.example/messages/delta`, {
            user: undefined,
            at: at('09:05') + n,
          }),
        ),
      ],
      expect: { ...route('delta'), count: 50, actor: `app:${app}` },
    },
    '201 requests for messages in an hour': {
      records: calls(201),
      expect: { term: 'calls', severity: 'medium', count: 201, key: [anna, `${app} calls`] },
    },
    'a rule made': {
      records: [posted('/v1.0/me/mailFolders/inbox/messageRules')],
      expect: { term: 'rules', severity: 'medium', count: 1, key: [anna, `${app} rules`], mailboxes: [anna] },
    },
    'a rule changed in somebody’s mailbox by an application': {
      records: [
        asked('/beta/users/bruno@birchwood.example/mailFolders/inbox/messageRules/AQAA', {
          method: 'PATCH',
          user: undefined,
        }),
      ],
      expect: { term: 'rules', key: ['bruno@birchwood.example', `${app} rules`], actor: `app:${app}` },
    },
    'settings changed': {
      records: [asked('/v1.0/me/mailboxSettings', { method: 'PATCH' })],
      expect: { term: 'settings', severity: 'low', count: 1 },
    },
  },
  quiet: {
    'single messages, small pages': [
      ...before,
      asked('/v1.0/me/messages/AAMk='),
      asked('/v1.0/me/messages?$top=99'),
    ],
    'what the application does every day': [
      ...before,
      ...[-8, -3, -1, 0].flatMap(day => [asked(DELTA, {}, day), posted('/v1.0/$batch', {}, day)]),
    ],
    'a way last used 30 days ago': [asked(DELTA, {}, -38), asked(DELTA, {}, -30), ...before, asked(DELTA)],
    '200 requests for messages in an hour': calls(200),
    '300 requests for folders': calls(300, '/v1.0/me/mailFolders'),
    'search, subscription and bundle by who may not read mail': [
      ...before,
      ...['/v1.0/search/query', '/v1.0/subscriptions', '/v1.0/$batch'].map(path =>
        posted(path, { scopes: 'openid Files.Read.All Mail.Send Calendars.Read' }),
      ),
    ],
    'a look at rules and settings': [
      ...before,
      asked('/v1.0/me/mailFolders/inbox/messageRules'),
      asked('/v1.0/me/mailboxSettings'),
    ],
    'what Graph refused': [
      ...before,
      asked(DELTA, { status: 403 }),
      posted('/v1.0/me/mailFolders/inbox/messageRules', { status: 401 }),
    ],
    'a draft with an attachment, mail sent': [
      ...before,
      posted('/v1.0/me/messages/AAMk=/attachments'),
      posted('/v1.0/me/sendMail'),
      asked('/v1.0/me/events/delta'),
      asked('/v1.0/teams/x/channels/y/messages/delta'),
    ],
    'Microsoft’s own services': [...before, asked(DELTA, { app: SUBSTRATE })],
    'an application somebody vouched for': {
      records: [
        ...before,
        asked(DELTA, { app: CRM }),
        posted('/v1.0/me/mailFolders/inbox/messageRules', { app: CRM }),
      ],
      declared: { isTrustedApp: id => id === CRM },
    },
  },
})
