import type { AuditRecord } from '../../model/audit-record.ts'
import { lower } from '../../model/values.ts'

/**
 * Role groups are changed by the same cmdlets in Exchange and in Purview; the record type tells which. 18: compliance
 * cmdlets, 87: compliance role changes.
 */
export function isComplianceRecord({ recordType, body }: AuditRecord): boolean {
  return recordType === 18 || recordType === 87 || lower(body.Workload) === 'securitycompliancecenter'
}
