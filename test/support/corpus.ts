import { readdirSync } from 'node:fs'
import { detections } from '../../core/detections/index.ts'
import { makeCollector, type Series, type Subjects, seriesId } from '../../core/engine/collect.ts'
import { eachRecord } from '../../core/engine/journal.ts'
import { judged } from '../../core/engine/judged.ts'
import { makeParser } from '../../core/feeds/normalise/parse.ts'
import type { AuditRecord } from '../../core/model/audit-record.ts'
import type { Detection, TenantFacts } from '../../core/model/detection.ts'
import type { Finding } from '../../core/model/finding.ts'
import { obtain } from '../../core/model/maps.ts'
import { boundPane } from '../../core/model/pane.ts'
import { dayOf } from '../../core/model/time.ts'
import {
  type Declared,
  NOTHING_DECLARED,
  NOTHING_SEEN,
  ownerDomains,
  type Seen,
  tenantFacts,
} from '../../core/pipeline/tenant-domains.ts'
import { decodeRows, encodeRows, type TallyRow } from '../../core/stores/tally-rows.ts'
import { type Config, UNTUNED } from '../../core/tuning/config.ts'
import { declared } from '../../core/tuning/declared.ts'
import type { Cases, Expected, Situation } from './cases.ts'
import { OWN_DOMAIN, type RawRecord, TENANT } from './records.ts'

const FOLDER = new URL('../../core/detections/', import.meta.url)

export interface Case {
  readonly detection: string
  readonly title: string
  readonly records: readonly RawRecord[]
  readonly learned: boolean
  readonly declared?: Partial<Declared>
  readonly seen?: Partial<Seen>
  readonly config?: Partial<Config>
  /** Absent where the detection must stay quiet. */
  readonly expect: Expected | undefined
}

/** Modules and cases in the folder of detections, by name. A long list of cases may be cut: `<id>.<part>.cases.ts`. */
export const moduleFiles = readdirSync(FOLDER).filter(
  name => /^[a-z-]+\.ts$/.test(name) && name !== 'index.ts',
)
export const caseFiles = readdirSync(FOLDER).filter(name => name.endsWith('.cases.ts'))

export const moduleUrl = (name: string) => new URL(name, FOLDER)

export async function casesOf(file: string): Promise<{ detection: string; cases: Case[] }> {
  const { cases }: { cases: Cases } = await import(moduleUrl(file).href)
  const { detection } = cases
  const situation = (given: readonly RawRecord[] | Situation): Situation =>
    'records' in given ? given : { records: given }
  const one = (title: string, given: readonly RawRecord[] | Situation, expect: Expected | undefined) => {
    const { records, learned = false, declared = {}, seen = {}, config = {} } = situation(given)
    return { detection, title, records, learned, declared, seen, config, expect }
  }
  return {
    detection,
    cases: [
      ...Object.entries(cases.fires).map(([title, given]) =>
        one(title, given, 'expect' in given ? given.expect : {}),
      ),
      ...Object.entries(cases.quiet).map(([title, given]) => one(title, given, undefined)),
    ],
  }
}

/** Raw records, read. A record that cannot be read has no business in a case. */
export function read(records: Iterable<RawRecord>): AuditRecord[] {
  const parse = makeParser(TENANT)
  return Array.from(records, raw => {
    const { record, rejected } = parse(raw)
    if (record === undefined) throw new Error(`A record was rejected: ${rejected}`)
    return record
  })
}

/** What is known of the tenant in a case. */
export function factsOf({ records, learned, declared: said, seen, config }: Case): TenantFacts {
  const domains = learned ? ownerDomains(read(records)) : [OWN_DOMAIN]
  const facts = { ...NOTHING_DECLARED, ...declared({ ...UNTUNED, ...config }), ...said }
  return tenantFacts(TENANT, new Set(domains), !learned, facts, { ...NOTHING_SEEN, ...seen })
}

function collect(records: readonly RawRecord[], facts: TenantFacts): Subjects {
  const collector = makeCollector(detections, facts)
  for (const record of read(records)) collector.add(record)
  if (collector.failures.size > 0) throw new Error(`${[...collector.failures.keys()]} threw`)
  return collector.subjects
}

/** Everything counted over the records, all in one go. */
export function counted(records: readonly RawRecord[], facts: TenantFacts): Series[] {
  return [...collect(records, facts).values()].flatMap(all => [...all.values()])
}

/** Everything counted over blobs that came one by one, each written to rows of its own and read back. */
export function countedInBlobs(blobs: readonly (readonly RawRecord[])[], facts: TenantFacts): Series[] {
  const rows = new Map<string, TallyRow[]>()
  for (const blob of blobs)
    for (const [subject, all] of collect(blob, facts))
      for (const written of encodeRows(all.values()).values())
        rows.set(subject, [...(rows.get(subject) ?? []), ...JSON.parse(JSON.stringify(written))])
  const series = [...rows.values()].flatMap(stored => [...decodeRows(stored, seriesId).values()])
  for (const { panes } of series) for (const pane of panes.values()) boundPane(pane)
  return series
}

/**
 * What all detections find in what was counted, in an order of its own. The tenant counts as learned, and as known from
 * the first record on.
 */
export function judge(series: readonly Series[], known: readonly Detection[] = detections): Finding[] {
  const subjects: Subjects = new Map()
  let since = Number.POSITIVE_INFINITY
  for (const one of series) {
    obtain(subjects, one.key[0], () => new Map()).set(seriesId(one.detection, one.key), one)
    eachRecord(one, (_, at) => {
      since = Math.min(since, dayOf(at))
    })
  }
  return judged([subjects], known, TENANT, 0, since).sort((a, b) => (a.id < b.id ? -1 : 1))
}
