import { folderClass } from '../../detections/kit/rule-folders.ts'
import { suspiciousName } from '../../detections/kit/rule-name.ts'
import type { Observation } from '../../model/observation.ts'
import { iso, type Seconds } from '../../model/time.ts'
import type { KnownRules } from '../../stores/inbox-rules.ts'
import type { RuleAsCmdlet } from './message-rule.ts'
import type { Wish } from './wish.ts'

export interface Look {
  readonly mailbox: string
  readonly user: string
  readonly now: Seconds
  readonly rules: readonly RuleAsCmdlet[]
  readonly folders: ReadonlyMap<string, string>
  /** What is known of the mailbox; absent: nothing yet. */
  readonly known: KnownRules | undefined
  /** When all mailboxes had been read for the first time; absent: they have not been. */
  readonly sweptAt: Seconds | undefined
  readonly wishes: readonly Wish[]
}

/** Rules of one mailbox that are told, and that are waiting to be listed; nobody has more that matter. */
const [MOST_TOLD, MOST_LISTED] = [200, 50]
/** What is kept of a mailbox has to fit into a row. */
const [MOST_RULES, MOST_FOLDERS] = [3_000, 300]

/** What a look at one mailbox tells, and what is known after it. Pure. */
export function compared(look: Look): { readonly told: readonly Observation[]; readonly known: KnownRules } {
  const { folders, known, mailbox, now, rules, sweptAt, user } = look
  // A mailbox that came up after the first sweep is new, and so are its rules. One that could not be read then is not.
  const first = known === undefined ? sweptAt === undefined : known.readAt === undefined
  const seen = new Set(known?.rules)
  const distinct = [...new Map(rules.map(rule => [rule.digest, rule])).values()]
  const news = worstFirst(distinct.filter(({ digest }) => !seen.has(digest)))
  const told = first ? [] : news.slice(0, MOST_TOLD)
  const listed = first ? news.filter(rule => mayMatter(rule, folders)).slice(0, MOST_LISTED) : []
  const unlisted = [...(known?.unlisted ?? []), ...listed.map(rule => observationOf(rule, look, first))]
  return {
    told: told.map(rule => observationOf(rule, look, first)),
    known: {
      mailbox,
      user,
      readAt: now,
      rules: distinct.map(({ digest }) => digest).slice(0, MOST_RULES),
      ...(folders.size > 0 && { folders: Object.fromEntries([...folders].slice(0, MOST_FOLDERS)) }),
      ...(unlisted.length > 0 && { unlisted }),
    },
  }
}

function observationOf(rule: RuleAsCmdlet, look: Look, first: boolean): Observation {
  const { folders, known, mailbox, now, sweptAt, wishes } = look
  const since = known?.readAt ?? sweptAt
  const same = { mailbox, object: rule.name.slice(0, 256), parameters: rule.parameters(mailbox, folders) }
  if (first) return { operation: 'InboxRulesAtStart', at: now, identity: [mailbox, rule.digest], ...same }
  // A change from before the last look is not what made a rule that was not there then.
  const cause = wishes
    .filter(({ at }) => at >= (since ?? 0))
    .reduce<Wish | undefined>((latest, wish) => (latest && latest.at >= wish.at ? latest : wish), undefined)
  return {
    operation: 'InboxRuleFound',
    at: cause?.at ?? now,
    // Until the rule is gone again it is the same one; a rule that comes back is another.
    identity: [mailbox, rule.digest, String(since)],
    ...(cause && { actor: cause.actor, ...(cause.address !== undefined && { address: cause.address }) }),
    ...same,
    observed: cause ? { AfterChange: true } : since === undefined ? {} : { NotBefore: iso(since) },
  }
}

/** Where not all can be told: those that send mail away first, then those that delete. */
function worstFirst(rules: readonly RuleAsCmdlet[]): RuleAsCmdlet[] {
  return rules.toSorted((a, b) => weight(b) - weight(a))
}

function weight({ acts }: RuleAsCmdlet): number {
  return (
    (acts.some(act => /^(?:Forward|Redirect)/.test(act)) ? 2 : 0) +
    Number(acts.some(act => /Delete/.test(act)))
  )
}

/** Of the thousands of rules that were there before us, those that the detections could have something to say of. */
function mayMatter(rule: RuleAsCmdlet, folders: ReadonlyMap<string, string>): boolean {
  if (weight(rule) > 0 || suspiciousName(rule.name) !== undefined) return true
  return rule.folders.some(id => {
    const name = folders.get(id)
    return name === undefined ? rule.acts.includes('MarkAsRead') : folderClass(name) !== 'ordinary'
  })
}
