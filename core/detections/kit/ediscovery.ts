import type { AuditRecord } from '../../model/audit-record.ts'
import type { EDISCOVERY } from '../../model/compliance-operations.ts'
import { operationKey } from '../../model/operations.ts'
import { flag, list, text } from '../../model/values.ts'
import { first, type NameValues, nameValues } from './name-values.ts'
import { isSystemActor } from './system-actors.ts'

/** What somebody does with the searches of Purview, from looking for mail to taking it away. */
export type Step = 'case' | 'search' | 'preview' | 'exports-seen' | 'report' | 'export' | 'purge'

export interface Discovery {
  readonly step: Step
  /** Of the search, export or case, as its maker called it; at most 80 characters. */
  readonly name: string | undefined
  /** The record says: every mailbox. */
  readonly everywhere: boolean
}

/** `undefined` for the cmdlets whose parameters decide. */
const STEPS: Readonly<Record<(typeof EDISCOVERY)[number], Step | undefined>> = {
  'New-ComplianceCase': 'case',
  'New-ComplianceSearch': 'search',
  'Set-ComplianceSearch': 'search',
  'Start-ComplianceSearch': 'search',
  'New-ComplianceSearchAction': undefined,
  'Get-ComplianceSearchAction': undefined,
  CaseAdded: 'case',
  SearchCreated: 'search',
  SearchUpdated: 'search',
  SearchStarted: 'search',
  SearchPreviewed: 'preview',
  ViewedSearchPreviewed: 'preview',
  PreviewItemListed: 'preview',
  PreviewItemRendered: 'preview',
  PreviewItemDownloaded: 'preview',
  AddQueryToWorkingSet: 'search',
  SearchExported: 'export',
  SearchReport: 'report',
  ViewedSearchExported: 'exports-seen',
  SearchExportDownloaded: 'export',
  SearchResultsPurged: 'purge',
  ExportJob: 'export',
  DownloadDocument: 'export',
}

const KNOWN: ReadonlyMap<string, Step | undefined> = new Map(Object.entries(STEPS))
const DISCOVERY = 24
const ADVANCED = 31

/**
 * One click in the portal leaves an activity (RecordType 24 or 31) within half an hour and the cmdlet behind it (18),
 * with its parameters as one text, up to a day later: both give the same step and, mostly, the same name. The
 * operations of the newer portal are not published; in these record types the words of a name are taken for it.
 */
export function discovery(record: AuditRecord): Discovery | undefined {
  const { operation, recordType, body } = record
  const known = KNOWN.has(operation)
  const theirs = recordType === DISCOVERY || recordType === ADVANCED
  if (!known && !theirs) return undefined
  if (!record.succeeded || isSystemActor(record)) return undefined
  const parameters = nameValues(body.Parameters)
  const step = known
    ? (KNOWN.get(operation) ?? cmdletStep(operation, parameters))
    : (wordStep(operationKey(operation)) ?? (text(body.ExportName) === undefined ? undefined : 'export'))
  if (step === undefined) return undefined
  const name =
    first(parameters, 'SearchName') ??
    first(parameters, 'Name') ??
    first(parameters, 'Identity') ??
    text(body.ExportName) ??
    text(body.ObjectId)
  return { step, name: name?.slice(0, 80), everywhere: isEverywhere(body, parameters) }
}

function cmdletStep(operation: string, parameters: NameValues): Step | undefined {
  const asked = (name: string) => parameters.has(name) && flag(first(parameters, name)) !== false
  // Only here does a listing hand out the key to what was exported.
  if (operation.startsWith('Get-')) {
    if (asked('includecredential')) return 'export'
    return asked('export') ? 'exports-seen' : undefined
  }
  if (asked('purge') || asked('purgetype')) return 'purge'
  if (asked('export')) return 'export'
  return asked('report') ? 'report' : 'preview'
}

/** Removing and stopping are steps back; who may search, and what is kept from deletion, are other matters. */
function wordStep(name: string): Step | undefined {
  if (/remov|delet|cancel|stop|fail|clos|permission|filter|member|admin|hold|tag/.test(name)) return undefined
  if (/purge/.test(name)) return 'purge'
  if (/export|download/.test(name)) {
    if (/^(?:view|list|get)/.test(name)) return 'exports-seen'
    return /report/.test(name) ? 'report' : 'export'
  }
  if (/preview|view\w*(?:document|item)/.test(name)) return 'preview'
  return /(?:search|query)/.test(name) && /creat|add|start|r[ua]n|updat|modif/.test(name)
    ? 'search'
    : undefined
}

const EVERY_MAILBOX = /^(?:all|all mailboxes|all users|all people and groups|tenant ?wide)$/i

function isEverywhere(body: AuditRecord['body'], parameters: NameValues): boolean {
  const places = [
    ...(parameters.get('exchangelocation') ?? []),
    ...(parameters.get('addexchangelocation') ?? []),
    ...entries(body.ExchangeLocations),
    ...entries(body.DataSources),
  ]
  return places.flatMap(place => place.split(/[;,]/)).some(place => EVERY_MAILBOX.test(bare(place)))
}

function entries(value: unknown): string[] {
  const listed = list(value)
  return (listed.length > 0 ? listed : [value]).flatMap(entry => text(entry) ?? [])
}

function bare(place: string): string {
  return place.slice(0, 200).replace(/^[\s"'([{]+|[\s"')\]}]+$/g, '')
}
