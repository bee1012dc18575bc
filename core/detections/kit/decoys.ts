import type { AuditRecord } from '../../model/audit-record.ts'
import { operationKey } from '../../model/operations.ts'
import { number, text } from '../../model/values.ts'
import { isServiceItself } from './applications.ts'
import { auditTrim } from './audit-trim.ts'
import { discovery } from './ediscovery.ts'
import { described, targets } from './entra.ts'
import { mailboxForward } from './mailbox-forward.ts'
import { mailboxGrants } from './mailbox-grants.ts'
import { additions } from './multi-value.ts'
import { nameValues } from './name-values.ts'
import { isSystemActor } from './system-actors.ts'

/** Something done to a decoy mailbox, or under its name. */
export interface Touch {
  readonly decoy: string
  /** The operation, or what of it matters. */
  readonly what: string
}

/** Cmdlets that open a mailbox, sort it, copy it or stop its records, whatever their other parameters say. */
const ON_MAILBOX =
  /^(?:set-mailbox|(?:new|set|enable)-(?:inboxrule|sweeprule)|add-(?:mailbox|recipient)permission|(?:add|set)-mailboxfolderpermission|set-mailboxcalendarfolder|set-mailboxauditbypassassociation|(?:new|get)-mailboxexportrequest|new-mailboxrestorerequest|search-mailbox|(?:new|set)-mailboxsearch)$/
const ON_MEMBER =
  /^(?:(?:add|update)-rolegroupmember|new-rolegroup|new-managementroleassignment|(?:add|update)-(?:ediscoverycaseadmin|compliancecasemember))$/
const ON_PLACE = /^(?:new|set)-(?:compliancesearch|caseholdpolicy)$/

/** Deliveries and the upkeep of Exchange itself, as `LogonType` has them. */
const TRANSPORT = 3
const SYSTEM_SERVICE = 4

/**
 * At most one touch of each decoy. What failed, what was there before us, and what Microsoft's own services do in
 * every mailbox, is none.
 */
export function decoyTouches(record: AuditRecord, decoys: ReadonlySet<string>): Touch[] {
  if (!record.succeeded || isSystemActor(record) || record.operation === 'InboxRulesAtStart') return []
  const { actor, mailbox, operation } = record
  if (mailbox !== undefined && isUpkeep(record)) return []
  const found = new Map<string, string>()
  for (const name of [mailbox, actor]) if (name !== undefined && decoys.has(name)) found.set(name, operation)
  for (const { name, what } of named(record))
    for (const decoy of decoys) if (!found.has(decoy) && isNameOf(name, decoy)) found.set(decoy, what)
  return Array.from(found, ([decoy, what]) => ({ decoy, what }))
}

function isUpkeep(record: AuditRecord): boolean {
  const logon = number(record.body.LogonType)
  return logon === TRANSPORT || logon === SYSTEM_SERVICE || isServiceItself(record)
}

/** An address, or the alias, which is what administrators type. */
function isNameOf(name: string, decoy: string): boolean {
  return name === decoy || (!name.includes('@') && name === decoy.split('@')[0])
}

interface Named {
  /** Lower-case. */
  readonly name: string
  readonly what: string
}

/** Mailboxes and people a record is about besides the one it was made in. */
function* named(record: AuditRecord): Iterable<Named> {
  const { body, operation } = record
  if (body.Parameters !== undefined) yield* inCmdlet(record)
  if (body.Target !== undefined && /^add\b.*\bmember to role\b/i.test(operation)) {
    const { upn } = described(targets(body))
    if (upn !== undefined) yield { name: upn, what: operation }
  }
  if (isDiscovery(record))
    for (const value of [body.ExchangeLocations, body.DataSources, body.ObjectId])
      for (const name of addressesIn(value)) yield { name, what: operation }
}

function* inCmdlet(record: AuditRecord): Iterable<Named> {
  const { body, operation } = record
  const key = operationKey(operation)
  const what = key === 'set-mailbox' ? ofSetMailbox(record) : operation
  if (what === undefined) return
  const parameters = nameValues(body.Parameters)
  const all = (...names: readonly string[]) =>
    names.flatMap(name => additions(parameters.get(name.toLowerCase())))
  const of = (names: readonly string[]) => names.map(name => ({ name: mailboxIn(name), what }))
  if (ON_MAILBOX.test(key)) {
    const objects = [...(parameters.get('identity') ?? []), text(body.ObjectId) ?? '']
    // A rule can be called like a mailbox; what stands before its name is one.
    const owned = key.endsWith('rule') ? objects.filter(object => object.includes('\\')) : objects
    yield* of([...all('Mailbox', 'SourceMailbox', 'SourceMailboxes'), ...owned])
  } else if (ON_MEMBER.test(key)) yield* of(all('Member', 'Members', 'User', 'Users'))
  else if (ON_PLACE.test(key)) yield* of(all('ExchangeLocation', 'AddExchangeLocation'))
}

/** Most of what Set-Mailbox does to a mailbox is housekeeping. */
function ofSetMailbox(record: AuditRecord): string | undefined {
  if (mailboxForward(record) !== undefined) return 'forwarding set'
  if (mailboxGrants(record).length > 0) return 'rights given'
  return auditTrim({ ...record, operation: 'Set-Mailbox' }) === undefined ? undefined : 'recording cut down'
}

/** `anna@…:\Inbox`, `anna@…\Rule`, `<server path>/anna`. */
function mailboxIn(name: string): string {
  const owner = name.replace(/:[\\/].*$/s, '').split('\\')[0] ?? ''
  return (owner.split('/').at(-1) ?? owner).trim().toLowerCase()
}

const DISCOVERY = 24
const ADVANCED = 31

/** A search, a preview, an export; or a place to search that is added to a case. */
function isDiscovery(record: AuditRecord): boolean {
  if (record.recordType !== DISCOVERY && record.recordType !== ADVANCED) return false
  if (discovery(record) !== undefined) return true
  const key = operationKey(record.operation)
  return /add|creat|updat/.test(key) && !/remov|delet|releas/.test(key)
}

const LONGEST = 50_000

/** Addresses are words of a list, however it is written. Other words can be anything, such as the name of a search. */
function addressesIn(value: unknown): readonly string[] {
  const given = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  const words = given
    .slice(0, LONGEST)
    .toLowerCase()
    .split(/[\s"<>()[\]{},;:|\\]+/)
  return words.filter(word => word.includes('@')).map(word => word.replace(/^'+|'+$/g, ''))
}
