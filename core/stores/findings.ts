import { isDeepStrictEqual } from 'node:util'
import type { Allowed } from '../model/allowed.ts'
import { type Finding, supersedes } from '../model/finding.ts'
import type { Seconds } from '../model/time.ts'
import { dayOf, dayText } from '../model/time.ts'
import { makeChange } from './change.ts'
import type { Tables } from './port.ts'

export const FINDINGS = 'findings'

export interface StoredFinding {
  readonly finding: Finding
  /** The incident it belongs to; absent between the two writes. */
  readonly incident?: string
  /** What an allow entry says about it. */
  readonly allowed?: Allowed
}

export interface Findings {
  /**
   * Keeps the larger of what is stored and what is given; returns what is stored now. The actor stays the first one:
   * incidents are kept by actor, and a finding that changed sides would be told twice.
   */
  save(finding: Finding): Promise<StoredFinding>
  /** Notes the incident of a finding, and whether it is allowed. */
  assign(id: string, incident: string, allowed?: Allowed): Promise<void>
  get(id: string): Promise<StoredFinding | undefined>
  /** Findings of days `from` to `to` (UTC seconds), oldest day first. */
  since(from: Seconds, to: Seconds): AsyncIterable<StoredFinding>
  /** Removes findings of days before `before` (UTC seconds), a direct range by id. Returns how many. */
  purge(before: Seconds): Promise<number>
}

export function makeFindings(tables: Tables, tenant: string): Findings {
  const table = tables.table(FINDINGS)
  const change = makeChange(table, tenant)

  return {
    save: finding =>
      change<StoredFinding>(finding.id, known => {
        if (known === undefined) return { finding }
        if (!supersedes(finding, known.finding)) return known
        return { ...known, finding: { ...finding, actor: known.finding.actor } }
      }),
    async assign(id, incident, allowed) {
      await change<StoredFinding>(id, known => {
        if (known === undefined) throw new Error(`Finding ${id} is not stored`)
        if (known.incident === incident && isDeepStrictEqual(known.allowed, allowed)) return known
        return { finding: known.finding, incident, ...(allowed && { allowed }) }
      })
    },
    get: async id => (await table.get<StoredFinding>(tenant, id))?.value,
    async *since(from, to) {
      const rows = table.range<StoredFinding>(tenant, dayText(dayOf(from)), dayText(dayOf(to) + 1))
      for await (const { value } of rows) yield value
    },
    async purge(before) {
      const old: string[] = []
      for await (const { row } of table.range(tenant, '', dayText(dayOf(before)))) old.push(row)
      await table.remove(tenant, old)
      return old.length
    },
  }
}
