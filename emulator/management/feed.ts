import type { BlobStore } from '../blob-store.ts'
import type { Faults } from '../faults.ts'
import type { Settings } from '../options.ts'
import type { Subscriptions } from './subscriptions.ts'

/** What the reading operations work with. */
export interface Feed {
  readonly settings: Settings
  readonly faults: Faults
  readonly store: BlobStore
  readonly subscriptions: Subscriptions
  /** `{url}/api/v1.0/{tenant}/activity/feed`; `foreignBase` is the same path on a host that is not ours. */
  base(): string
  foreignBase(): string
}
