import type { AuditRecord } from '../../model/audit-record.ts'

/** Exchange’s own processes, as they have been seen to sign their work; lower-case like every actor. */
const PROCESSES = new Set([
  'nt authority\\system (microsoft.exchange.servicehost)',
  'nt authority\\system (microsoft.exchange.adminapi.netcore)',
  'nt authority\\system (w3wp)',
  'nt service\\msexchangeadminapinetcore (microsoft.exchange.adminapi.netcore)',
  'nt service\\msexchangeadminapinetcore(microsoft.exchange.adminapi.netcore)',
  's-1-5-18',
  'devilfish-applicationaccount',
])

/**
 * Microsoft provisioning a tenant. Told by the whole name and by UserType 3 or 4 together: an account that is merely
 * called like it, or a service principal, which Entra records give type 4, is somebody else.
 */
export function isSystemActor({ actor, userType }: AuditRecord): boolean {
  return (userType === 3 || userType === 4) && PROCESSES.has(actor)
}
