import { normaliseAddress } from '../feeds/normalise/address.ts'
import type { Address } from '../model/address.ts'
import type { Finding } from '../model/finding.ts'
import { rank, type Severity, worst } from '../model/severity.ts'
import { DAY, type Seconds } from '../model/time.ts'

/** What was seen under an allow entry. */
export interface Seen {
  /** When the first finding ended, as it was first judged. What ends within a day of that says what is allowed. */
  readonly since: Seconds
  readonly severity: Severity
  readonly mailboxes: readonly string[]
  /** Networks (/24, /64), or whose they are where their parts say nothing about where somebody is. */
  readonly networks: readonly string[]
  readonly counts: Readonly<Record<string, Counts>>
}

/** Of one detection. */
interface Counts {
  /** The largest of the first day; 0 if there was none. */
  readonly first: number
  /** The two largest after it, largest first, each of another finding. */
  readonly later: readonly { readonly finding: string; readonly count: number }[]
}

/** A count is broken from so many times the largest one allowed on. */
const TIMES = 5
/** Mailboxes and networks kept, so that they fit into a row; what comes beyond them is new. */
const MOST = 1_000

export interface Weighed {
  readonly seen: Seen
  /** How the finding goes beyond what was seen; what does leaves no mark in `seen`. */
  readonly broken?: string
}

/**
 * Does a finding stay within what was seen under its entry? The first day says what is allowed: mailboxes, networks and
 * severity; later findings add nothing to that but their counts. After the first day a finding is never measured
 * against itself, so that one which grows step by step is not its own excuse, and the same finding again gets the
 * same answer.
 */
export function weigh(seen: Seen | undefined, finding: Finding, isKnown: IsKnown = () => false): Weighed {
  const networks = networksOf(finding, isKnown)
  if (seen === undefined || finding.end < seen.since + DAY) return { seen: learned(seen, finding, networks) }
  const broken = [
    ...more('mailbox', 'mailboxes', finding.mailboxes, seen.mailboxes),
    ...more('network', 'networks', networks, seen.networks),
    ...larger(seen, finding),
    ...worse(seen, finding),
  ].join('; ')
  return broken === '' ? { seen: noted(seen, finding) } : { seen, broken }
}

function learned(seen: Seen | undefined, finding: Finding, networks: readonly string[]): Seen {
  const { end, severity, mailboxes, detection, count } = finding
  const counts = seen?.counts ?? {}
  const { first, later } = countsOf(counts, detection)
  return {
    since: seen?.since ?? end,
    severity: worst([seen?.severity ?? 'low', severity]),
    mailboxes: union(seen?.mailboxes ?? [], mailboxes),
    networks: union(seen?.networks ?? [], networks),
    counts: { ...counts, [detection]: { first: Math.max(first, count), later } },
  }
}

function noted(seen: Seen, { id, detection, count }: Finding): Seen {
  const { first, later } = countsOf(seen.counts, detection)
  const own = later.find(({ finding }) => finding === id)?.count ?? 0
  const all = [...later.filter(({ finding }) => finding !== id), { finding: id, count: Math.max(own, count) }]
  all.sort((a, b) => b.count - a.count || (a.finding < b.finding ? -1 : 1))
  return { ...seen, counts: { ...seen.counts, [detection]: { first, later: all.slice(0, 2) } } }
}

function countsOf(counts: Seen['counts'], detection: string): Counts {
  return (Object.hasOwn(counts, detection) ? counts[detection] : undefined) ?? { first: 0, later: [] }
}

/** Is an address somebody vouched for, whose network is no news? */
export type IsKnown = (address: string) => boolean

const CLASSES: Readonly<Partial<Record<Address['owner'], string>>> = {
  microsoft: 'Microsoft’s own',
  private: 'private addresses',
}

function networksOf({ addresses }: Finding, isKnown: IsKnown): string[] {
  return addresses.flatMap(text => {
    if (isKnown(text)) return []
    const address = normaliseAddress(text)
    if (address === undefined) return []
    return [CLASSES[address.owner] ?? address.network]
  })
}

function union(a: readonly string[], b: readonly string[]): string[] {
  return [...new Set([...a, ...b])].slice(0, MOST)
}

function larger({ counts }: Seen, { id, detection, count }: Finding): string[] {
  const { first, later } = countsOf(counts, detection)
  const largest = Math.max(first, later.find(({ finding }) => finding !== id)?.count ?? 0)
  if (largest === 0 || count < TIMES * largest) return []
  const number = (value: number) => value.toLocaleString('en-US')
  return [`it counts ${number(count)}, and at most ${number(largest)} was seen under this entry`]
}

function worse(seen: Seen, { severity }: Finding): string[] {
  if (rank(severity) <= rank(seen.severity)) return []
  return [`it is ${severity}, and at most ${seen.severity} was seen under this entry`]
}

const NAMED = 3

function more(one: string, many: string, values: readonly string[], seen: readonly string[]): string[] {
  const known = new Set(seen)
  const fresh = [...new Set(values)].filter(value => !known.has(value))
  if (fresh.length === 0) return []
  const named = fresh.slice(0, NAMED).join(', ')
  const rest = fresh.length - NAMED
  return [
    `${fresh.length === 1 ? one : many} not seen under this entry (${named}${rest > 0 ? ` + ${rest} more` : ''})`,
  ]
}
