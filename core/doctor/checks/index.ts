import type { Diagnosis } from '../message.ts'
import { diagnosis } from '../messages/index.ts'
import type { Observation } from '../observation.ts'
import { checkClock, checkCloud, checkSecret, checkSignIn } from './access.ts'
import { checkReads, checkReceivers, checkStorage } from './around.ts'
import { checkFeed, checkPace, checkPolling, checkSubscriptions } from './feed.ts'

/** Everything there is to say about what was seen, in the order in which one would look. */
export function judge(seen: Observation): Diagnosis[] {
  return [
    diagnosis('settings-good', `tenant ${seen.tenant}`),
    checkClock(seen),
    ...checkCloud(seen),
    ...checkSignIn(seen),
    ...checkSecret(seen),
    ...checkFeed(seen),
    ...checkSubscriptions(seen),
    ...checkStorage(seen),
    ...checkPolling(seen),
    ...checkPace(seen),
    ...checkReceivers(seen),
    ...checkReads(seen),
  ]
}
