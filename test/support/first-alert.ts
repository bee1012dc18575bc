import { detections } from '../../core/detections/index.ts'
import { alertOf } from '../../core/engine/alert.ts'
import { join, tell } from '../../core/engine/incidents.ts'
import type { Alert } from '../../core/model/alert.ts'
import type { Finding } from '../../core/model/finding.ts'
import type { Incident } from '../../core/model/incident.ts'
import { MINUTE } from '../../core/model/time.ts'
import { type Case, counted, factsOf, judge } from './corpus.ts'

/** The message a case leads to, told by the findings of its own detection alone. */
export function alertFor(given: Case): Alert {
  const findings = judge(counted(given.records, factsOf(given))).filter(
    ({ detection }) => detection === given.detection,
  )
  const told = incidentOf(
    findings,
    findings.find(finding => isExpected(finding, given)),
  )
  return alertOf({
    incident: told,
    findings: findings.filter(({ id }) => told.findings.some(part => part.id === id)),
    detections,
    available: given.records.every(({ Workload }) => Workload === 'Waxseal')
      ? { seen: told.end + 75 * MINUTE }
      : { delivered: told.end + 75 * MINUTE },
  })
}

function isExpected(finding: Finding, { expect }: Case): boolean {
  return Object.entries(expect ?? {}).every(
    ([name, value]) => JSON.stringify(finding[name as keyof Finding]) === JSON.stringify(value),
  )
}

function incidentOf(findings: readonly Finding[], wanted: Finding | undefined): Incident {
  if (wanted === undefined) throw new Error('The case leads to none of the findings it expects')
  const ofActor = findings.filter(({ actor }) => actor === wanted.actor)
  let incidents: Incident[] = []
  for (const finding of ofActor.sort((a, b) => a.start - b.start)) ({ incidents } = join(incidents, finding))
  const home = incidents.find(incident => incident.findings.some(({ id }) => id === wanted.id))
  if (home === undefined) throw new Error(`No incident holds finding ${wanted.id}`)
  return tell(home)
}
