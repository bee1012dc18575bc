import { defineCases } from '../../test/support/cases.ts'
import { inboxRule, outlookRule } from '../../test/support/record-rules.ts'
import {
  at,
  bind,
  ews,
  group,
  guid,
  item,
  messages,
  OLD_OUTLOOK,
  OUTLOOK,
  OUTLOOK_EWS,
  OUTLOOK_IOS,
  OWA,
  person,
  type RawRecord,
  sealed,
} from '../../test/support/records.ts'

const anna = person('anna')

/** One message read by a client that calls itself so. */
const read = (ClientInfoString: string | undefined, change: RawRecord = {}) => [
  bind({
    mailbox: anna,
    at: at('09:05'),
    messages: messages(1),
    client: {},
    change: { ClientInfoString, ...change },
  }),
]

/** The same, over EWS, where the name follows a proxy prefix. */
const overEws = (program: string) => [
  bind({ mailbox: anna, at: at('09:05'), messages: messages(1), client: ews(program) }),
]

const tool = (name: string, records: readonly RawRecord[]) =>
  ({
    records,
    expect: { term: 'tool', severity: 'critical', key: [anna, name], mailboxes: [anna], count: 1 },
  }) as const
const library = (name: string, records: readonly RawRecord[]) =>
  ({
    records,
    expect: { term: 'library', severity: 'medium', key: [anna, name], mailboxes: [anna], count: 1 },
  }) as const

const TOOLS = [
  'MailSniper',
  'EWSEditor',
  'Ruler',
  'GraphRunner',
  'TeamFiltration',
  'AADInternals',
  'ROADtools',
  'GraphSpy',
  'kali365-live',
] as const

const LIBRARIES = {
  'python-requests/2.25.1': 'python-requests',
  'Python-urllib/3.11': 'python-urllib',
  'Python/3.12 aiohttp/3.9.5': 'aiohttp',
  'curl/8.5.0': 'curl',
  'Wget/1.21.4 (linux-gnu)': 'wget',
  'Go-http-client/2.0': 'Go-http-client',
  'axios/1.7.2': 'axios',
  undici: 'undici',
  node: 'node',
  'okhttp/4.12.0': 'okhttp',
  'Apache-HttpClient/4.5.13 (Java/11.0.12)': 'Apache-HttpClient',
  'Java/17.0.1': 'Java',
  'PostmanRuntime/7.39.0': 'PostmanRuntime',
  'ExchangeServicesClient/15.00.0913.015': 'ExchangeServicesClient',
  'Mozilla/5.0 (Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/5.1.17763.1971': 'WindowsPowerShell',
  'PowerShell/7.4.2': 'PowerShell',
}

export const cases = defineCases('suspicious-client', {
  fires: {
    ...Object.fromEntries(
      TOOLS.map(name => [`the tool ${name} over EWS`, tool(name, overEws(`${name}/1.0`))]),
    ),
    ...Object.fromEntries(
      Object.entries(LIBRARIES).map(([agent, name]) => [`${name} over EWS`, library(name, overEws(agent))]),
    ),
    'a library without a proxy prefix': library(
      'python-requests',
      read('Client=WebServices;python-requests/2.31.0;'),
    ),
    'a library in any case': library('python-requests', read('Client=WebServices;PYTHON-Requests/2.31.0;')),
    'a library in the UserAgent of ActorInfoString': library(
      'axios',
      read('Client=REST;Client=RESTSystem;;', {
        ActorInfoString: `Client=REST;Client=RESTSystem;UserAgent=[axios/1.7.2][AppId=${guid('app')}];`,
      }),
    ),
    'a tool in UserAgent': tool('GraphRunner', read('Client=REST;;', { UserAgent: 'GraphRunner' })),
    'a tool and a library: the tool speaks': tool(
      'TeamFiltration',
      read('Client=REST;;', { UserAgent: 'python-requests/2.31 TeamFiltration/3.5' }),
    ),
    'a single item': library('curl', [
      item('Update', { mailbox: anna, at: at('09:05'), client: ews('curl/8.5.0') }),
    ]),
    'a group of items': library('curl', [
      group('MoveToDeletedItems', { mailbox: anna, at: at('09:05'), client: ews('curl/8.5.0') }),
    ]),
    'a rule made over EWS': library('exchangelib', [
      outlookRule([{ ActionType: 'Move' }], { client: ews('exchangelib/5.4.0') }),
    ]),
    'a cmdlet called by a library': {
      records: [inboxRule({ Name: 'x' }, { change: { UserAgent: 'python-requests/2.31.0' } })],
      expect: { term: 'library', key: [anna, 'python-requests'], actor: anna },
    },
    'PowerShell in a mailbox, not in an admin record': library(
      'WindowsPowerShell',
      read('Client=REST;;', { UserAgent: 'WindowsPowerShell/5.1.17763.1971' }),
    ),
    'a delegate with a script: the mailbox is the owner’s': {
      records: [
        bind({
          mailbox: anna,
          by: person('helen'),
          at: at('09:05'),
          messages: messages(1),
          client: ews('curl/8.5.0'),
        }),
      ],
      expect: { key: [anna, 'curl'], actor: person('helen'), mailboxes: [anna] },
    },
    'a hundred records are one finding': {
      records: Array.from({ length: 100 }, (_, n) =>
        bind({
          mailbox: anna,
          at: at('09:05') + 60 * n,
          messages: messages(1, n),
          client: ews('curl/8.5.0'),
        }),
      ),
      expect: { key: [anna, 'curl'], count: 100, recordCount: 100 },
    },
    'a record type spelled as a name': library(
      'curl',
      read('Client=WebServices;curl/8.5.0;', { RecordType: 'ExchangeItemAggregated' }),
    ),
    'a record type as text': library('curl', read('Client=WebServices;curl/8.5.0;', { RecordType: '50' })),
  },
  quiet: {
    'Outlook on the web': read(OWA.ClientInfoString),
    'Outlook on the web in a browser': read(
      'Client=OWA;Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0;+Preload+Preload;',
    ),
    'Outlook on the desktop': read(OUTLOOK.ClientInfoString),
    'Outlook on the desktop over EWS': read(OUTLOOK_EWS.ClientInfoString),
    'Outlook of 2021': read(OLD_OUTLOOK.ClientInfoString),
    'Outlook on the phone': read(OUTLOOK_IOS.ClientInfoString),
    'a Microsoft service': read('Client=REST;Client=RESTSystem;;', {
      ActorInfoString: 'Client=REST;Client=RESTSystem;UserAgent=[NoUserAgent];',
    }),
    'group creation over EWS': read('Client=WebServices;Action=ConfigureGroupMailbox'),
    'no client at all': read(undefined),
    'words that hold a library’s name': read(
      'Client=WebServices;Curlew/2.1 javascript/1.8 Nodejitsu/2 Pythonista/3 Rulers/9 wgetter/1 okhttp3x/1;',
    ),
    'a browser that names JavaScript': read('Client=OWA;;', {
      UserAgent: 'Mozilla/5.0 (JavaScript enabled)',
    }),
    'names joined to others': read('Client=WebServices;my-curl/1 curl_wrapper/2 python-like/3 x-node/1;'),
    'PowerShell in an admin record': [
      inboxRule({ Name: 'x' }, { change: { UserAgent: 'Mozilla/5.0 WindowsPowerShell/5.1.17763.1971' } }),
      inboxRule(
        { Name: 'y' },
        { change: { ClientInfoString: 'Client=Microsoft.Exchange.Powershell; Microsoft WinRM Client;' } },
      ),
    ],
    'a sign-in by a library': [
      sealed(at('09:05'), 'UserLoggedIn', {
        RecordType: 15,
        UserType: 0,
        UserId: anna,
        UserKey: guid(anna),
        Workload: 'AzureActiveDirectory',
        ResultStatus: 'Success',
        ClientIP: '192.0.2.10',
        UserAgent: 'python-requests/2.31.0',
      }),
    ],
    'a file fetched by a library': [
      sealed(at('09:05'), 'FileDownloaded', {
        RecordType: 6,
        UserType: 0,
        UserId: anna,
        Workload: 'OneDrive',
        ClientIP: '192.0.2.10',
        UserAgent: 'curl/8.5.0',
      }),
    ],
    'a record type nobody can name': read('Client=WebServices;curl/8.5.0;', { RecordType: 'constructor' }),
  },
})
