/**
 * The five public documents about mail collection this project was started from: every rule and branch they hold. Which
 * detection covers a row is told by the detection itself, in `covers`; here is only what no detection can tell.
 */
export interface PublicDocument {
  readonly title: string
  /** What kind of document it is, in a few words. */
  readonly what: string
  readonly rules: readonly PublicRule[]
}

export interface PublicRule {
  /** As detections name it in `covers`. A rule that two documents list is the same rule. */
  readonly name: string
  /** Why no detection covers it. */
  readonly unseen?: string
  /** Where ours does other than the rule says, and why. */
  readonly remark?: string
}

const ON_MACHINES =
  'Files, processes and scripts on machines are in no audit log; ours asks Microsoft Defender for Endpoint, where the tenant has it.'
const NOT_READ = `${ON_MACHINES} Its table of files has no events for reading and copying, which the rule waits for: ours reads what is written.`
const ON_THE_WIRE =
  'The rule reads the network traffic of a mail server of your own. Ours compares the bytes of mail that Exchange says were' +
  ' read, by person, application and network, with what is usual for each.'
const OWN_SERVER =
  'Ours reads the audit record of the cmdlet, where a server of your own sends those to Microsoft 365, and the command line, where' +
  ' Defender for Endpoint watches the machine. Exchange Online has no such cmdlet.'

const TESTS: readonly PublicRule[] = [
  { name: 'df00tech T1114: test 1, mail stores copied with PowerShell', remark: ON_MACHINES },
  { name: 'df00tech T1114: test 2, inbox listed through Outlook on the machine', remark: ON_MACHINES },
  {
    name: 'df00tech T1114: test 3, mailbox enumeration by an EWS request',
    remark: 'Ours sees the reads as Exchange records them, by the name of the program that made the request.',
  },
  {
    name: 'df00tech T1114: test 4, inbox forwarding rule over PowerShell',
    remark: 'The page expects New-InboxRule alone; ours reads every way to make or change a rule.',
  },
]

const ELASTIC_EXPORT: PublicRule = {
  name: 'Elastic: Exporting Exchange Mailbox via PowerShell',
  remark: OWN_SERVER,
}
const SPLUNK_SENDING: PublicRule = {
  name: 'Splunk: Email servers sending high volume traffic to hosts',
  remark: ON_THE_WIRE,
}
const SPLUNK_RECEIVING: PublicRule = {
  name: 'Splunk: Hosts receiving high volume of network traffic from email server',
  remark: ON_THE_WIRE,
}

export const PUBLIC_DOCUMENTS: readonly PublicDocument[] = [
  {
    title: 'df00tech: Detect Email Collection in Microsoft Sentinel (T1114)',
    what: 'a query of two branches, the second with three flags, and four tests',
    rules: [
      { name: 'df00tech T1114: LocalEmailCollection', remark: NOT_READ },
      {
        name: 'df00tech T1114: RemoteEmailCollection, HighVolumeAccess',
        remark:
          'The rule counts records in fixed half hours, one for up to two minutes of reading; ours counts messages in sliding' +
          ' windows, and keeps the published limit (`accesses`).',
      },
      {
        name: 'df00tech T1114: RemoteEmailCollection, MultiIPAccess',
        remark:
          'The address is in another field than the rule reads; ours counts addresses and networks, Microsoft’s own left out.',
      },
      {
        name: 'df00tech T1114: RemoteEmailCollection, AutomationUserAgent',
        remark: 'Exchange fills no user agent; ours reads the client string, and one record is enough.',
      },
      ...TESTS,
    ],
  },
  {
    title: 'df00tech: Detect Email Collection in IBM QRadar (T1114)',
    what: 'one query, and the same four tests',
    rules: [
      { name: 'df00tech T1114: mail stores created by other programs (QRadar)', remark: ON_MACHINES },
      ...TESTS,
    ],
  },
  {
    title: 'df00tech: Remote Email Collection, Microsoft Sentinel and Defender (T1114.002)',
    what: 'a query of four branches',
    rules: [
      {
        name: 'df00tech T1114.002: Exchange Admin Cmdlet',
        remark:
          'Compliance cmdlets come under other record types than the rule reads. Functions of attack tools and cmdlets that' +
          ' only read are on its list, but never in the log.',
      },
      {
        name: 'df00tech T1114.002: Bulk Cross-Mailbox Access',
        remark:
          'The rule names no operation that reads mail, and splits its count by address; ours does neither.',
      },
      {
        name: 'df00tech T1114.002: Suspicious EWS Client',
        remark: 'The rule leaves out the record type that holds the reads.',
      },
      { name: 'df00tech T1114.002: On-Prem Exchange PowerShell Collection', remark: ON_MACHINES },
    ],
  },
  {
    title: 'Detection Wiki, Email Collection: Remote Email Collection (T1114.002)',
    what: 'a catalogue of public rules: seven of Elastic, twelve of Splunk',
    rules: [
      { name: 'Elastic: Exchange Mailbox Export via PowerShell', remark: OWN_SERVER },
      ELASTIC_EXPORT,
      {
        name: 'Elastic: M365 Exchange Mailbox Accessed by Unusual Client',
        remark:
          'Ours has no list of clients that are never told: mail programs of Microsoft are, from a new network.',
      },
      {
        name: 'Elastic: M365 Exchange Mailbox Items Accessed Excessively',
        remark: 'Three detections: one large record, many small ones, and recording that stopped.',
      },
      {
        name: 'Elastic: Microsoft Graph Request Email Access by Unusual User and Client',
        remark:
          'It takes the log of Graph requests, archived to a storage account. The rule looks at public clients and autonomous' +
          ' systems; ours at networks, and also tells of servers’ programs, at low severity.',
      },
      {
        name: 'Elastic: New ActiveSyncAllowedDeviceID Added via PowerShell',
        remark:
          'Ours reads the audit record of the change, wherever it was made, and the command on a machine.',
      },
      {
        name: 'Elastic: PowerShell Mailbox Collection Script',
        remark: `${ON_MACHINES} What such a script reads over EWS is told by \`suspicious-client\` as well.`,
      },
      SPLUNK_SENDING,
      { name: 'Splunk: Exchange New Export Request (PowerShell)', remark: OWN_SERVER },
      SPLUNK_RECEIVING,
      { name: 'Splunk: O365 Compliance Content Search Exported' },
      {
        name: 'Splunk: O365 Compliance Content Search Started',
        remark: 'Also by cmdlet, and when a search is started or previewed, not only when it is made.',
      },
      {
        name: 'Splunk: O365 Email Access By Security Administrator',
        remark: 'Only tenants with Threat Explorer have these records.',
      },
      {
        name: 'Splunk: O365 Email Suspicious Search Behavior',
        remark: 'Sliding windows instead of fixed hours, and sensitive words of two kinds or more.',
      },
      {
        name: 'Splunk: O365 Mailbox Inbox Folder Shared with All Users',
        remark: 'Also the whole mailbox, strangers, guests and other folders.',
      },
      {
        name: 'Splunk: O365 Mailbox Read Access Granted to Application',
        remark: 'The rule reads what an application asks for; ours tells that from what it was given.',
      },
      {
        name: 'Splunk: O365 Multiple Mailboxes Accessed via API',
        remark: 'Sliding windows, and every protocol.',
      },
      {
        name: 'Splunk: O365 OAuth App Mailbox Access via EWS',
        remark:
          'The rule names every use of EWS by an application; ours tells of those that are new, and of scripts and tools.',
      },
      {
        name: 'Splunk: O365 OAuth App Mailbox Access via Graph API',
        remark:
          'The rule names every use of Graph by an application; ours tells of those that are new, and counts messages and' +
          ' mailboxes of each.',
      },
    ],
  },
  {
    title: 'Public map of controls for T1114.002 (D3FEND, Elastic, Splunk)',
    what: 'a page that maps one countermeasure and four rules to the technique',
    rules: [
      {
        name: 'D3FEND: Decoy Network Resource',
        unseen: 'No detection yet watches mailboxes that nobody has a reason to touch.',
      },
      ELASTIC_EXPORT,
      {
        name: 'Splunk: O365 Suspicious Rights Delegation',
        remark: 'Also rights to send, and whom they were given to.',
      },
      SPLUNK_SENDING,
      SPLUNK_RECEIVING,
    ],
  },
]
