import type { Alert } from '../../core/model/alert.ts'
import { bulkRead } from './sample-alerts/bulk-read.ts'
import { crossMailbox } from './sample-alerts/cross-mailbox.ts'
import { forwardingRule } from './sample-alerts/forwarding-rule.ts'
import { manyNetworks } from './sample-alerts/many-networks.ts'
import { at } from './sample-alerts/shared.ts'
import { suspiciousClient } from './sample-alerts/suspicious-client.ts'

export interface SampleAlert {
  readonly name: string
  readonly alert: Alert
  /** UTC seconds */
  readonly posted: number
}

export const SAMPLE_ALERTS: readonly SampleAlert[] = [
  { name: 'bulk-read', alert: bulkRead, posted: at(10, 20) },
  { name: 'cross-mailbox', alert: crossMailbox, posted: at(7, 32) },
  { name: 'forwarding-rule', alert: forwardingRule, posted: at(15, 20) },
  { name: 'suspicious-client', alert: suspiciousClient, posted: at(6, 5) },
  { name: 'many-networks', alert: manyNetworks, posted: at(25, 40) },
]
