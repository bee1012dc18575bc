import type { AuditRecord } from '../../model/audit-record.ts'
import { type Signal, TENANT_KEY } from '../../model/detection.ts'
import { GUARDS } from '../../model/mail-flow-operations.ts'
import { flag, text } from '../../model/values.ts'
import { forwarding } from './forwardings.ts'
import { additions } from './multi-value.ts'
import { first, type NameValues, nameValues } from './name-values.ts'
import { asciiDomain } from './recipients.ts'

/** `opened`: forwards get out or mail is sent elsewhere. `prepared`: a way for either. `loosened`: it depends. */
export type GuardGrade = 'opened' | 'prepared' | 'loosened'

export interface GuardChange {
  readonly grade: GuardGrade
  /** The policy, domain or connector, as the record names it. */
  readonly object: string
  /** In words: `automatic forwarding set to On`. */
  readonly what: string
  /** Domains it is about, where it is about some. */
  readonly domains: readonly string[]
  /** Forwards get out that did not, and the record names no domain that it is about. */
  readonly toAll: boolean
}

/** Forwards to wherever, of the whole tenant. */
export const ANYWHERE = [TENANT_KEY, 'anywhere'] as const

/** `undefined` for changes that let nothing out. */
export function guardChange(record: AuditRecord): GuardChange | undefined {
  const parameters = nameValues(record.body.Parameters)
  const [verb = '', noun = ''] = record.operation.split('-')
  const found = read(verb, noun, parameters)
  if (found === undefined) return undefined
  const object = objectOf(record, parameters)
  const given = ['DomainName', 'RecipientDomains'].flatMap(name =>
    additions(parameters.get(name.toLowerCase())),
  )
  // Accepted domains are called by their domain, remote domains often are.
  if (/(?:Accepted|Remote)Domain$/.test(noun)) given.push(object)
  const domains = [...new Set(given.flatMap(domainIn))]
  const toAll = found.grade === 'opened' && domains.length === 0 && noun !== 'AcceptedDomain'
  return { ...found, object, domains, toAll }
}

type Found = Pick<GuardChange, 'grade' | 'what'> | undefined

function read(verb: string, noun: string, parameters: NameValues): Found {
  const has = (name: string) => first(parameters, name) !== undefined
  const is = (name: string, value: string) => first(parameters, name)?.toLowerCase() === value
  switch (noun) {
    case 'HostedOutboundSpamFilterPolicy':
      if (is('AutoForwardingMode', 'on')) return opened('automatic forwarding set to On')
      // For a new policy this is the default; set on an old one it may replace Off.
      if (verb === 'Set' && is('AutoForwardingMode', 'automatic'))
        return { grade: 'loosened', what: 'automatic forwarding set to Automatic' }
      return undefined
    case 'HostedOutboundSpamFilterRule':
      return { grade: 'loosened', what: `the people it applies to: rule ${RULE[verb] ?? 'changed'}` }
    case 'RemoteDomain':
      if (flag(first(parameters, 'AutoForwardEnabled'))) return opened('automatic forwarding allowed')
      return verb === 'New' ? { grade: 'prepared', what: 'remote domain added' } : undefined
    case 'OutboundConnector':
      if (verb === 'New') return opened('outbound connector added')
      if (
        has('SmartHosts') ||
        has('RecipientDomains') ||
        flag(first(parameters, 'RouteAllMessagesViaOnPremises'))
      )
        return opened('outbound connector pointed elsewhere')
      return flag(first(parameters, 'Enabled')) ? opened('outbound connector switched on') : undefined
    case 'InboundConnector':
      if (verb === 'New') return { grade: 'prepared', what: 'inbound connector added' }
      return ['SenderIPAddresses', 'SenderDomains', 'TlsSenderCertificateName'].some(has)
        ? { grade: 'prepared', what: 'inbound connector trusts other senders' }
        : undefined
    case 'AcceptedDomain':
      if (is('DomainType', 'internalrelay') || is('DomainType', 'externalrelay'))
        return opened('mail for it relayed to another system')
      return verb === 'New' ? { grade: 'prepared', what: 'domain accepted as your own' } : undefined
    default:
      return undefined
  }
}

const RULE: Readonly<Record<string, string>> = {
  New: 'added',
  Enable: 'switched on',
  Disable: 'switched off',
  Remove: 'removed',
}

function opened(what: string): Found {
  return { grade: 'opened', what }
}

function objectOf({ body }: AuditRecord, parameters: NameValues): string {
  const name = first(parameters, 'Name') ?? first(parameters, 'Identity') ?? text(body.ObjectId)
  return (name?.split('\\').at(-1) ?? '').slice(0, 100).toWellFormed()
}

/** `*.harvest.example` is about harvest.example as well; `*` is about all and names none. */
function domainIn(given: string): string[] {
  const domain = asciiDomain(given.replace(/^\*\.?/, ''))
  return domain?.includes('.') ? [domain] : []
}

/** A domain and those above it, down to two labels: what a wildcard for one of them takes in. */
export function withParents(domain: string): string[] {
  const labels = domain.split('.')
  return labels.slice(0, Math.max(1, labels.length - 1)).map((_, n) => labels.slice(n).join('.'))
}

/**
 * A change under who made it and what it touched; each domain it lets through beside the forwards to that domain, and what
 * lets through all beside the forwards of the whole tenant.
 */
export function* guardSignals(record: AuditRecord): Iterable<Signal> {
  if (!(GUARDS as readonly string[]).includes(record.operation)) {
    const found = forwarding(record)
    const { mailbox } = found ?? {}
    const to = new Set(
      found?.recipients.flatMap(one => (one.kind === 'address' ? withParents(one.domain) : [])),
    )
    for (const domain of to) yield { key: [domain], measure: 'forward', mailbox }
    return
  }
  const change = guardChange(record)
  if (change === undefined) return
  const { grade, object, what, domains, toAll } = change
  yield { key: [record.actor, object], measure: grade, note: what }
  if (grade !== 'loosened')
    for (const domain of domains) yield { key: [domain], measure: 'let-through', note: what }
  if (toAll) yield { key: ANYWHERE, measure: 'let-all-through', note: what }
}
