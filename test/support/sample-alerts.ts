import type { Alert } from '../../core/model/alert.ts'

/** 20 November 2026, UTC, in seconds. All people, domains and addresses are invented (RFC 5737, `.example`). */
const DAY = Date.UTC(2026, 10, 20) / 1000
const at = (hour: number, minute: number): number => DAY + hour * 3_600 + minute * 60

const ENTRA_USER =
  'https://entra.microsoft.com/#view/Microsoft_AAD_UsersAndTenants/UserProfileMenuBlade/~/overview'
const ENTRA_APP = 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/ManagedAppMenuBlade/~/Overview'
const AUDIT = { title: 'Search the audit log', url: 'https://purview.microsoft.com/audit/auditsearch' }

const openUser = (objectId: string) => ({
  title: 'Open user in Entra',
  url: `${ENTRA_USER}/userId/${objectId}`,
})

export interface SampleAlert {
  readonly name: string
  readonly alert: Alert
  readonly posted: number
}

const bulkRead: Alert = {
  id: '7f3a9c41d2e0.1',
  incident: '7f3a9c41d2e0',
  revision: 1,
  tenant: 'Birchwood Ltd',
  severity: 'high',
  kind: 'Bulk mail read',
  headline: "A script is reading Anna Larsen's mailbox",
  sentence:
    'Between 09:02 and 09:41 UTC a Python program opened 1,284 messages in a.larsen@birchwood.example, from 5 ' +
    'internet addresses. The limit is 500 in 60 minutes.',
  facts: [
    { name: 'Mailbox', value: 'a.larsen@birchwood.example' },
    { name: 'Read by', value: 'the owner, signed in' },
    { name: 'Client', value: 'python-requests/2.32.3 over Exchange Web Services' },
    { name: 'From', value: '203.0.113.14, 203.0.113.90, 198.51.100.7, 198.51.100.23, 192.0.2.66' },
    { name: 'Folders', value: 'Inbox 902, Sent Items 311, Finance/2026 71' },
    { name: 'Also', value: '08:55 sign-in from 203.0.113.14, not seen before' },
  ],
  timeline: {
    title: 'Messages opened per 10 minutes',
    from: at(8, 30),
    step: 600,
    bars: [4, 12, 9, 301, 344, 318, 290, 31, 0, 0],
  },
  steps: [
    'Phone Anna (do not mail): is she, or anyone for her, running a script?',
    'If not: block sign-in, then revoke sessions on her Entra page.',
    'Reset the password; check sign-in methods, inbox rules and app consents.',
    'Save the audit search for her, 7 days back, before anything else is changed.',
  ],
  notKnown: 'whether attachments were saved, and who is behind the addresses.',
  clock: { start: at(9, 2), end: at(9, 41), delivered: at(10, 18) },
  rules: [
    {
      finding: 'f-2c1d77a0',
      detection: 'bulk-mail-read',
      severity: 'high',
      count: 1284,
      limit: 500,
      withinMinutes: 60,
      attack: ['T1114.002'],
    },
  ],
  links: [openUser('3b0f6c1e-7a52-4d0e-9d0c-0c7f5d1e9a11'), AUDIT],
  mailboxes: ['a.larsen@birchwood.example'],
  actor: 'a.larsen@birchwood.example',
}

const crossMailbox: Alert = {
  id: 'b81e02f4c6aa.2',
  incident: 'b81e02f4c6aa',
  revision: 2,
  tenant: 'Birchwood Ltd',
  severity: 'medium',
  kind: 'One account, many mailboxes',
  headline: 'Birchwood CRM sync has read 14 mailboxes',
  sentence:
    'The application Birchwood CRM sync opened 212 messages in 14 mailboxes between 06:00 and 06:40 UTC. The limit ' +
    'is 8 mailboxes in 24 hours.',
  change: '14 mailboxes now, 9 when last told.',
  facts: [
    {
      name: 'Mailboxes',
      value: [
        ...['ceo', 'cfo', 'hr', 'sales', 'info', 'board', 'legal', 'it', 'press', 'orders'],
        ...['m.silva', 'k.bauer', 'p.devries', 'a.larsen'],
      ]
        .map(name => `${name}@birchwood.example`)
        .join(', '),
    },
    { name: 'How', value: 'application permission, no user present' },
    { name: 'App', value: 'Birchwood CRM sync (8d1f2a60-41be-4c8e-b6ad-90c3d1f7ec55)' },
    { name: 'From', value: '198.51.100.80' },
    { name: 'Before', value: '05:52 j.meyer@birchwood.example added the permission Mail.Read' },
  ],
  timeline: {
    title: 'Messages opened per 10 minutes',
    from: at(5, 30),
    step: 600,
    bars: [0, 0, 0, 38, 61, 52, 49, 12, 0],
  },
  steps: [
    'Ask J. Meyer and whoever owns the CRM: was access to all mailboxes meant?',
    'If yes: limit the application to the mailboxes it needs, then silence this until a date.',
    'If no: disable the enterprise application and revoke its credentials; treat it as an incident.',
  ],
  notKnown: 'what the application does with the mail.',
  clock: { start: at(6, 0), end: at(6, 40), delivered: at(7, 31) },
  rules: [
    {
      finding: 'f-90ab12de',
      detection: 'app-reads-many-mailboxes',
      severity: 'medium',
      count: 14,
      limit: 8,
      withinMinutes: 1440,
      attack: ['T1114.002'],
    },
  ],
  links: [
    {
      title: 'Open app in Entra',
      url: `${ENTRA_APP}/objectId/5e0c7d10-93a4-4a31-8d7f-1f0b6a2c4d88/appId/8d1f2a60-41be-4c8e-b6ad-90c3d1f7ec55`,
    },
    AUDIT,
  ],
  mailboxes: ['ceo@birchwood.example', 'cfo@birchwood.example', 'hr@birchwood.example'],
  actor: 'app:8d1f2a60-41be-4c8e-b6ad-90c3d1f7ec55',
}

const forwardingRule: Alert = {
  id: '40c9d7e81b35.1',
  incident: '40c9d7e81b35',
  revision: 1,
  tenant: 'Birchwood Ltd',
  severity: 'critical',
  kind: 'Mail forwarded outside',
  headline: "New rule hides Piet de Vries' invoices and sends them out",
  sentence:
    'At 14:07 UTC a rule named "." was made in p.devries@birchwood.example: mail with "invoice", "payment" or ' +
    '"iban" goes to p.devries.office@mail.example and the original is deleted.',
  facts: [
    { name: 'Mailbox', value: 'p.devries@birchwood.example' },
    { name: 'Rule', value: '"."' },
    { name: 'Target', value: 'p.devries.office@mail.example, outside the organisation' },
    { name: 'Made from', value: '203.0.113.201, Outlook on the web' },
    { name: 'Before', value: '13:58 sign-in from that address, 14:02 4 messages read in Finance' },
    { name: 'Shape', value: 'one-character name, words about money, outside target, deletes' },
  ],
  steps: [
    'Phone Piet. Warn whoever pays invoices: no change of bank details by mail counts today.',
    'Block sign-in, revoke sessions, reset the password (not by mail).',
    'Switch the rule off and keep a picture of it; look at mailbox forwarding too.',
    'List what came in since 14:07 that the rule matched.',
  ],
  notKnown: 'whether the outbound spam policy stopped the copies.',
  clock: { start: at(14, 7), end: at(14, 7), delivered: at(15, 19) },
  rules: [
    {
      finding: 'f-11d0c9e4',
      detection: 'inbox-rule-forwards-outside',
      severity: 'critical',
      count: 1,
      limit: 1,
      attack: ['T1114.003', 'T1564.008'],
    },
  ],
  links: [openUser('a94d1c75-02be-4f6d-8a83-6f1bd1b0c9e2'), AUDIT],
  mailboxes: ['p.devries@birchwood.example'],
  actor: 'p.devries@birchwood.example',
}

const suspiciousClient: Alert = {
  id: 'e2750bd9a813.1',
  incident: 'e2750bd9a813',
  revision: 1,
  tenant: 'Birchwood Ltd',
  severity: 'high',
  kind: 'Unusual mail client',
  headline: 'A mail-dumping tool read 37 messages of Maria Silva',
  sentence:
    'On 18 November a program calling itself "AzureHound/2.1" opened 37 messages in m.silva@birchwood.example. ' +
    'People do not read mail with it.',
  facts: [
    { name: 'Mailbox', value: 'm.silva@birchwood.example' },
    { name: 'Client', value: 'AzureHound/2.1 [update](https://updates.mail.example/now) <b>urgent</b>' },
    { name: 'From', value: '192.0.2.140' },
    { name: 'App', value: 'Microsoft Azure PowerShell (1950a258-227b-4e31-a9cf-717495945fc2)' },
  ],
  steps: [
    'Phone Maria, and ask whether a tester has been hired.',
    'If nobody knows: block sign-in, then revoke sessions on her Entra page.',
    'Reset the password and review her sign-in methods.',
  ],
  notKnown: 'what else the same sign-in opened; only mail was looked at.',
  clock: { start: at(22, 48) - 2 * 86_400, end: at(23, 12) - 2 * 86_400, delivered: at(6, 3) },
  rules: [
    {
      finding: 'f-6a3e5f02',
      detection: 'suspicious-mail-client',
      severity: 'high',
      count: 37,
      limit: 1,
      attack: ['T1114.002'],
    },
  ],
  links: [openUser('d3c8a2f4-5b61-4c9e-9f0a-2b7e6d1c8f30'), AUDIT],
  mailboxes: ['m.silva@birchwood.example'],
  actor: 'm.silva@birchwood.example',
}

const manyNetworks: Alert = {
  id: '95f1c3a7702e.1',
  incident: '95f1c3a7702e',
  revision: 1,
  tenant: 'Birchwood Ltd',
  severity: 'medium',
  kind: 'Mail read from many networks',
  headline: "Karl Bauer's mail was read from 11 networks in an hour",
  sentence:
    "Between 23:20 and 00:15 UTC k.bauer@birchwood.example's mail was opened from 11 networks. The limit is 6 in 60 " +
    'minutes.',
  facts: [
    { name: 'Mailbox', value: 'k.bauer@birchwood.example' },
    { name: 'Client', value: 'Outlook on the web' },
    {
      name: 'From',
      value: [
        ...['203.0.113.5', '203.0.113.77', '198.51.100.12', '198.51.100.61', '198.51.100.200', '192.0.2.9'],
        ...['192.0.2.33', '192.0.2.118', '2001:db8:12::7', '2001:db8:80::1', '2001:db8:fe::21'],
      ].join(', '),
    },
    { name: 'Messages', value: '96, all in Inbox' },
  ],
  timeline: {
    title: 'Messages opened per 10 minutes',
    from: at(23, 0),
    step: 600,
    bars: [0, 0, 11, 9, 17, 14, 22, 23, 0, 0],
  },
  steps: [
    'Ask Karl by phone whether he was travelling or using a privacy VPN.',
    'If not: revoke sessions on his Entra page, then reset the password.',
    'Look for new inbox rules and app consents from the same hours.',
  ],
  notKnown: 'which of the networks is his; one sign-in can be shared by a stolen token.',
  clock: { start: at(23, 20), end: at(24, 15) },
  rules: [
    {
      finding: 'f-c40e81b6',
      detection: 'mail-read-from-many-networks',
      severity: 'medium',
      count: 11,
      limit: 6,
      withinMinutes: 60,
      attack: ['T1114.002', 'T1550.001'],
    },
  ],
  links: [openUser('0f9e4b27-6d3a-4e58-b1c7-8a2d5f6e7091'), AUDIT],
  mailboxes: ['k.bauer@birchwood.example'],
  actor: 'k.bauer@birchwood.example',
}

export const SAMPLE_ALERTS: readonly SampleAlert[] = [
  { name: 'bulk-read', alert: bulkRead, posted: at(10, 20) },
  { name: 'cross-mailbox', alert: crossMailbox, posted: at(7, 32) },
  { name: 'forwarding-rule', alert: forwardingRule, posted: at(15, 20) },
  { name: 'suspicious-client', alert: suspiciousClient, posted: at(6, 5) },
  { name: 'many-networks', alert: manyNetworks, posted: at(25, 40) },
]
