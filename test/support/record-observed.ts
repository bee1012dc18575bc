import { type Observation, observationBody } from '../../core/model/observation.ts'
import { type RawRecord, TENANT } from './records.ts'

/** What an observer saw, as the record that is read of it. */
export function observed(observation: Observation): RawRecord {
  return { ...observationBody(TENANT, observation) }
}
