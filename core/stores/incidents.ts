import { createHash } from 'node:crypto'
import { join, tell } from '../engine/incidents.ts'
import type { Finding } from '../model/finding.ts'
import type { Incident } from '../model/incident.ts'
import { DAY } from '../model/time.ts'
import type { Tables } from './port.ts'

export const INCIDENTS = 'incidents'

/** Incidents of an actor that lie further back than this are left out of its row; their findings stay. */
const KEPT = 14 * DAY

export interface Incidents {
  /**
   * Puts a finding into its incident, and notes that people are told where there is news: `told.revision` says
   * which alert stands for its present state. All incidents of an actor are one row, changed only as it was read,
   * so two instances never open two incidents for one story.
   */
  add(finding: Finding): Promise<Incident>
}

export function makeIncidents(tables: Tables, tenant: string): Incidents {
  const table = tables.table(INCIDENTS)
  return {
    async add(finding) {
      const row = createHash('sha256').update(finding.actor).digest('hex').slice(0, 32)
      for (;;) {
        const known = await table.get<Incident[]>(tenant, row)
        const joined = join(known?.value ?? [], finding)
        const incident = tell(joined.incident)
        const value = joined.incidents
          .map(other => (other.id === incident.id ? incident : other))
          .filter(({ end }) => end > finding.end - KEPT)
        const written =
          known === undefined
            ? await table.insert(tenant, { row, value })
            : await table.replace(tenant, { row, value }, known.version)
        if (written) return incident
      }
    },
  }
}
