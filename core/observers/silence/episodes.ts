import type { Observation } from '../../model/observation.ts'
import type { Open } from '../../model/silence.ts'
import { HOUR } from '../../model/time.ts'

/** Something that went quiet: a mailbox by its address, or a feed. */
export interface Silent {
  readonly operation: 'MailboxSilent' | 'FeedSilent'
  readonly of: string
  /** The last hour in which it was heard, and the end of the first without. */
  readonly last: number
  readonly silentBy: number
  /** What was counted, by names that the detection knows. */
  readonly observed: Readonly<Record<string, number>>
}

/** What is new, and what is silent from now on. `heard`: the hours in which something was heard of it. */
export function episodes(
  open: Open,
  silent: readonly Silent[],
  heard: (of: string) => Iterable<number>,
): { readonly told: readonly Observation[]; readonly open: Open } {
  const told: Observation[] = []
  const next = new Map(Object.entries(open))
  for (const { operation, of, last, silentBy, observed } of silent) {
    if (next.has(of)) continue
    next.set(of, last)
    told.push({ operation, at: silentBy * HOUR, identity: [of, String(last)], ...subject(of), observed })
  }
  const still = new Set(silent.map(({ of }) => of))
  for (const [of, last] of Object.entries(open)) {
    const again = [...heard(of)].filter(hour => hour > last)
    if (still.has(of) || again.length === 0) continue
    next.delete(of)
    const operation = of.includes('@') ? 'MailboxHeard' : 'FeedHeard'
    told.push({ operation, at: Math.min(...again) * HOUR, identity: [of, String(last)], ...subject(of) })
  }
  return { told, open: Object.fromEntries(next) }
}

function subject(of: string): Pick<Observation, 'mailbox' | 'object'> {
  return of.includes('@') ? { mailbox: of } : { object: of }
}
