import type { Detection } from '../model/detection.ts'
import bulkMailRead from './bulk-mail-read.ts'
import crossMailboxAccess from './cross-mailbox-access.ts'
import inboxRuleForwarding from './inbox-rule-forwarding.ts'
import manyNetworks from './many-networks.ts'
import suspiciousClient from './suspicious-client.ts'

/** Every detection, in the order of the catalogue. A test compares the list with the folder. */
export const detections: readonly Detection[] = [
  bulkMailRead,
  crossMailboxAccess,
  inboxRuleForwarding,
  manyNetworks,
  suspiciousClient,
]
