import type { AuditRecord } from '../../model/audit-record.ts'
import type { MailboxBody } from '../../model/bodies.ts'
import { lower } from '../../model/values.ts'

/**
 * The program that syncs, as coarse as an update leaves it: `mapi/outlook.exe`, `activesync/outlook`, `mapi`. MAPI names its
 * process; the others say something of themselves in the client string.
 */
export function syncClient({
  body,
  client,
}: Pick<AuditRecord<'MailItemsAccessed'>, 'body' | 'client'>): string {
  const family = client?.family ?? 'other'
  const program = lower(body.ClientProcessName) ?? client?.program
  return program === undefined ? family : `${family}/${program.slice(0, 60)}`
}

/** For records without a device id. It is a context like any: a user all of whose devices are registered never has it. */
const UNREGISTERED = 'unregistered'

/** The device's id in Entra. */
export function syncDevice({ DeviceId }: MailboxBody): string {
  const id = lower(DeviceId)
  return id === undefined || /^[0-]+$/.test(id) ? UNREGISTERED : id.slice(0, 60)
}
