import type { HuntingQuery } from '../../core/feeds/graph/hunting/queries.ts'
import { readRow } from '../../core/feeds/graph/hunting/rows.ts'
import { observationBody } from '../../core/model/observation.ts'
import type { Seconds } from '../../core/model/time.ts'
import { huntingObservation } from '../../core/observers/hunting.ts'
import { at, guid, person, type RawRecord, TENANT } from './records.ts'

const DEFENDER = {
  AccountUpn: person('anna'),
  AccountDomain: 'birchwood',
  AccountName: 'anna',
  DeviceName: 'DESK-7.birchwood.example',
  DeviceId: guid('desk 7'),
}

/** A row of a hunting query, by the names of its columns. */
export const huntingRow = (more: RawRecord, when: Seconds = at('09:05')): RawRecord => ({
  Timestamp: new Date(when * 1000).toISOString().replace('Z', '1234Z'),
  ReportId: Number.parseInt(guid(JSON.stringify(more)).slice(0, 6), 16),
  ...DEFENDER,
  ...more,
})

/** What the observer makes of a row. */
export function match(query: HuntingQuery['id'], more: RawRecord, when?: Seconds): RawRecord {
  const row = readRow(JSON.parse(JSON.stringify(huntingRow(more, when))))
  if (row === undefined) throw new Error('This is no row')
  return { ...JSON.parse(JSON.stringify(observationBody(TENANT, huntingObservation(query, row)))) }
}
