/**
 * First-party applications by the first eight hex digits of their id: public lists give many ids only that far, and
 * ids are assigned by Microsoft, so nobody can choose a prefix.
 */

/** Parts of the service that read mailboxes by themselves, usually named as the owner. */
const SERVICES = [
  '00000007', // Exchange Online Protection
  'a3883eba', // Exchange Online service ids
  '82d8ab62',
  'd396de1f',
  '1150aefc',
  '98db8bd6', // Substrate management
  '26abc9a8', // Substrate directory events
  'a970bac6', // Substrate search settings
  '66a88757', // Office 365 Search Service
  'b669c6ea', // Focused Inbox
  '20a11fe0', // Contacts inferencing
  '35d54a08', // People predictions
  'ae8e128e', // Scheduling
  'f5eaa862', // FindTime
  '7ae974c5', // Outlook user settings
  'cc15fd57', // Teams services
  '80ccca67', // Security and Compliance
  '51be292c', // Protected service host
  '99b904fd', // ForwardSync
  'a0c73c16', // Legacy Exchange Online
  '13d54852', // Outlook Service for Exchange
  'ec156f81', // Exchange microservices
  'fb8d773d', // Enterprise Copilot
  '4354e225', // Augmentation Loop
  'f3f64fec', // service reads seen in a real tenant, with no public name
  '3c8e478f',
]

/** Microsoft's mail programs and portals: a person sits in front of them. */
const CLIENTS = [
  '00000002', // Office 365 Exchange Online, which Outlook on the web goes by
  '13937bba', // Substrate Context Service, seen for the new Outlook
  '9199bf20', // Outlook on the web
  '5d661950', // Microsoft Outlook
  '27922004', // Outlook Mobile
  'd3590ed6', // Microsoft Office
  'e9b154d0', // Outlook Lite
  'd9b8ec3a', // Windows Mail
  'bc59ab01', // Outlook add-ins
  '1fec8e78', // Teams
  '5e3ce6c0', // Teams web client
  '497effe9', // Exchange admin centre
  'f8d98a96', // Apple's mail accounts; not Microsoft's, but in people's own hands just the same
  '9e5f94bc', // Thunderbird
]

/** An API rather than a client: the caller is in `ClientAppId`, or unknown. */
const GRAPH = '00000003'

/** Any client that speaks EWS without an application of its own goes by this id, so it names nobody. */
const EXCHANGE_WEB_SERVICES = '47629505'

/** What an application is, as far as its id tells. */
export type AppKind = 'service' | 'mail-program' | 'graph' | 'exchange-web-services' | 'other'

const KINDS = new Map<string, AppKind>([
  ...SERVICES.map(id => [id, 'service'] as const),
  ...CLIENTS.map(id => [id, 'mail-program'] as const),
  [GRAPH, 'graph'],
  [EXCHANGE_WEB_SERVICES, 'exchange-web-services'],
])

/**
 * Many users in an hour is what a mail program looks like. First-party clients that scripts and attackers drive as
 * well (Azure CLI, Azure PowerShell, Graph command line tools, Graph Explorer, VS Code, the authentication broker,
 * Exchange PowerShell) are `other` on purpose: an id alone never makes them innocent.
 */
export function appKind(app: string): AppKind {
  const known = LATELY.get(app)
  if (known !== undefined) return known
  const kind = KINDS.get(app.slice(0, 8)) ?? 'other'
  if (LATELY.size >= 1_000) LATELY.clear()
  LATELY.set(app, kind)
  return kind
}

/** Asked several times of every read record; a look-up by the whole id costs a third of cutting it first. */
const LATELY = new Map<string, AppKind>()
