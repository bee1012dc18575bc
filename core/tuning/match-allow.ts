import { MOST_NAMES } from '../engine/evaluate.ts'
import type { Finding } from '../model/finding.ts'
import { type AllowEntry, times } from './allow-schema.ts'
import { holdsAny } from './networks.ts'

/**
 * The entries that allow a finding, in the file's order. Every matcher of an entry must match all of the finding: what
 * somebody else, another program or another place had a part in is not allowed. The finding's own time decides, not
 * the clock: what is read late or replayed is judged as it would have been.
 */
export function matchAllow(finding: Finding, entries: readonly AllowEntry[]): AllowEntry[] {
  return entries.filter(entry => {
    const { from, end } = times(entry)
    return finding.end >= from && finding.end < end && matches(entry, finding)
  })
}

function matches({ detection, actor, app, mailbox, network }: AllowEntry, finding: Finding): boolean {
  return (
    (detection === undefined || finding.detection === detection) &&
    (actor === undefined || isDoneBy(actor, finding)) &&
    (app === undefined || isDoneWith(app, finding)) &&
    (mailbox === undefined || isAll(finding.mailboxes, one => one === mailbox)) &&
    (network === undefined ||
      // A finding names so many addresses and no more; what it leaves out may be anywhere.
      (finding.addresses.length < MOST_NAMES && isAll(finding.addresses, holdsAny([network]))))
  )
}

/** Where records name somebody as their user who did not do it, the actor is not among those named. */
function isDoneBy(actor: string, { actor: told, actors }: Finding): boolean {
  return told === actor && (!actors.includes(actor) || actors.length === 1)
}

function isDoneWith(app: string, { key, apps }: Finding): boolean {
  const [subject] = key
  const isSubject = subject === `app:${app}` || subject.startsWith(`app:${app}/`)
  return apps.length === 0 ? isSubject : isAll(apps, one => one === app)
}

function isAll(values: readonly string[], test: (value: string) => boolean): boolean {
  return values.length > 0 && values.every(test)
}
