import { createHash } from 'node:crypto'
import { join, tell } from '../engine/incidents.ts'
import type { Allowed } from '../model/allowed.ts'
import type { Finding } from '../model/finding.ts'
import type { Incident } from '../model/incident.ts'
import { ALERT_FROM, type Severity } from '../model/severity.ts'
import { DAY, type Seconds } from '../model/time.ts'
import { makeChange } from './change.ts'
import type { Tables } from './port.ts'

export const INCIDENTS = 'incidents'

/** Incidents of an actor that lie further back than this are left out of its row; their findings stay. */
const KEPT = 14 * DAY

export interface Incidents {
  /**
   * Puts findings of one actor into their incidents, and notes that people are told where there is news:
   * `told.revision` says which alert stands for an incident's present state, 0 that nobody is to be told. `allowed` says
   * which of the findings, by their ids, somebody allowed. Returns the incidents touched. All
   * incidents of an actor are one row, changed only as it was read, so two instances never open two incidents for
   * one story.
   */
  add(
    actor: string,
    findings: readonly Finding[],
    allowed?: ReadonlyMap<string, Allowed>,
  ): Promise<Incident[]>
  /** Forgets actors whose incidents all ended before `before` (UTC seconds). Returns how many. */
  purge(before: Seconds): Promise<number>
}

/** `alertFrom`: incidents less bad than this are kept and not told. */
export function makeIncidents(tables: Tables, tenant: string, alertFrom: Severity = ALERT_FROM): Incidents {
  const table = tables.table(INCIDENTS)
  const change = makeChange(table, tenant)
  return {
    async add(actor, findings, allowed) {
      const row = createHash('sha256').update(actor).digest('hex').slice(0, 32)
      const oldest = Math.max(...findings.map(({ end }) => end)) - KEPT
      let touched = new Set<string>()
      const stored = await change<readonly Incident[]>(row, (known = []) => {
        touched = new Set()
        let incidents = known
        for (const finding of findings) {
          const joined = join(incidents, finding, allowed?.get(finding.id))
          incidents = joined.incidents
          touched.add(joined.incident.id)
        }
        return incidents
          .map(incident => (touched.has(incident.id) ? tell(incident, alertFrom) : incident))
          .filter(({ id, end }) => touched.has(id) || end > oldest)
      })
      return stored.filter(({ id }) => touched.has(id))
    },
    async purge(before) {
      const old: string[] = []
      for await (const { row, value } of table.range<readonly Incident[]>(tenant, '', '~'))
        if (value.every(({ end }) => end < before)) old.push(row)
      await table.remove(tenant, old)
      return old.length
    },
  }
}
