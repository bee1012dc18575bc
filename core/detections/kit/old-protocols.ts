import type { AuditRecord } from '../../model/audit-record.ts'
import type { TenantFacts } from '../../model/detection.ts'
import { suspiciousSignIn } from './suspicious-sign-in.ts'

/** Of a password alone Entra does not tell whether it was for POP, IMAP, SMTP, ActiveSync or EWS. */
export const PASSWORD = 'an old protocol with a password'

export interface OldProtocol {
  readonly protocol: string
  readonly measure: 'password' | 'old' | 'activesync'
}

/** The protocol a mailbox was reached by, or a password was sent by, where that is an old one. */
export function oldProtocol(record: AuditRecord, tenant: TenantFacts): OldProtocol | undefined {
  if (record.operation === 'UserLoggedIn')
    return suspiciousSignIn(record, tenant) === 'legacy'
      ? { protocol: PASSWORD, measure: 'password' }
      : undefined
  switch (record.client?.family) {
    case 'imap':
      return { protocol: 'IMAP', measure: 'old' }
    case 'pop':
      return { protocol: 'POP', measure: 'old' }
    case 'activesync':
      return { protocol: 'ActiveSync', measure: 'activesync' }
    default:
      return undefined
  }
}
