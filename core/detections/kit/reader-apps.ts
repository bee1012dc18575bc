import type { AuditRecord } from '../../model/audit-record.ts'
import { type Signal, TENANT_KEY, type TenantFacts } from '../../model/detection.ts'
import { isServiceItself } from './applications.ts'
import { appKind } from './microsoft-apps.ts'
import { personalNetwork } from './places.ts'

/**
 * First-party clients that administrators, scripts and thieves drive alike, by the first eight digits of their ids. Any of
 * them gets mail with a stolen token, and none of them is a mail program.
 */
const DUAL_USE = new Map([
  ['04b07795', 'Azure CLI'],
  ['1950a258', 'Azure PowerShell'],
  ['14d82eec', 'Microsoft Graph Command Line Tools'],
  ['de8bc8b5', 'Graph Explorer'],
  ['aebc6443', 'Visual Studio Code'],
  ['29d9ed98', 'Microsoft Authentication Broker'],
  ['1b730954', 'Azure Active Directory PowerShell'],
  ['fb78d390', 'Exchange PowerShell'],
  ['9ba1a5c7', 'Intune Company Portal'],
  ['00b41c95', 'Office 365 Management'],
])

/** What somebody reads mail with. */
export interface ReaderApp {
  /** The application's id, with the program behind it where all programs share one id; `IMAP`, `POP`. */
  readonly id: string
  readonly kind: 'mail-program' | 'dual-use' | 'application'
}

/** `undefined` for Microsoft's own services, and where a record does not say what was used. */
export function readerApp(record: AuditRecord): ReaderApp | undefined {
  const { app, client } = record
  if (app === undefined) {
    if (client?.family === 'imap') return IMAP
    return client?.family === 'pop' ? POP : undefined
  }
  if (isServiceItself(record)) return undefined
  const kind = appKind(app)
  if (kind === 'mail-program') return { id: app, kind }
  if (kind === 'graph') return undefined
  if (kind !== 'exchange-web-services')
    return { id: app, kind: DUAL_USE.has(app.slice(0, 8)) ? 'dual-use' : 'application' }
  return client?.program === undefined ? undefined : { id: `${app}/${client.program}`, kind: 'application' }
}

/**
 * Measures under mailbox, application and network: the application's kind. Under tenant and application: `tenant`, the
 * mailboxes it read, so that fifty people who get one new application are one finding.
 */
export function readerAppSignals(record: AuditRecord, tenant: TenantFacts): readonly Signal[] {
  const { address, app, appOnly, mailbox, succeeded } = record
  if (appOnly || mailbox === undefined || !succeeded) return NONE
  const reader = readerApp(record)
  if (reader === undefined || (app !== undefined && tenant.isTrustedApp(app, address))) return NONE
  const { id, kind } = reader
  const network = personalNetwork(record, tenant)
  // A mail program is judged by where it comes from; over Microsoft's own networks nobody can tell.
  if (kind === 'mail-program' && network === undefined) return NONE
  const key = network === undefined ? ([mailbox, id] as const) : ([mailbox, id, network] as const)
  const own = { key, measure: kind, members: READING }
  return kind === 'application'
    ? [own, { key: [TENANT_KEY, id], measure: 'tenant', members: [mailbox] }]
    : [own]
}

const NONE: readonly Signal[] = []
/** That something was read is what counts, not how much: one member for all of it. */
const READING: readonly string[] = ['reading']

const IMAP: ReaderApp = { id: 'IMAP', kind: 'application' }
const POP: ReaderApp = { id: 'POP', kind: 'application' }

/** `Azure CLI (<id>)`, `the application <id>`, `IMAP` */
export function appWords(id: string): string {
  const name = DUAL_USE.get(id.slice(0, 8))
  if (name !== undefined) return `${name} (${id})`
  return id === IMAP.id || id === POP.id ? `a program over ${id}` : `the application ${id}`
}
