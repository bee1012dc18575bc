import type { AuditRecord } from '../../model/audit-record.ts'
import type { TenantFacts } from '../../model/detection.ts'
import { isInternal } from './domains.ts'
import { lureClasses } from './lure-words.ts'
import { recipients } from './recipients.ts'
import { takesEverything } from './rule-breadth.ts'
import type { RuleChange } from './rule-change.ts'
import { wordsOf } from './rule-conditions.ts'
import { folderClass } from './rule-folders.ts'
import { shownName, suspiciousName } from './rule-name.ts'

export interface HidingScore {
  readonly points: number
  readonly reasons: readonly string[]
}

interface Part {
  readonly points: number
  readonly reason: string
  /** Hides by itself. Without one such part the others (a word, a mark as read) are what honest rules consist of. */
  readonly hides?: true
}

/** How much a rule looks like one that keeps mail from the owner of the mailbox. */
export function hidingScore(change: RuleChange, record: AuditRecord, tenant: TenantFacts): HidingScore {
  const parts = [...actions(change), ...aims(change, record, tenant)]
  if (!parts.some(part => part.hides)) return { points: 0, reasons: [] }
  return {
    points: parts.reduce((sum, { points }) => sum + points, 0),
    reasons: parts.map(({ reason }) => reason),
  }
}

function* actions({ hides, folders, folderIds, name, named }: RuleChange): Iterable<Part> {
  if (hides.some(act => act.startsWith('deletes'))) yield { points: 3, reason: 'deletes', hides: true }
  const classes = folders.map(folder => ({ folder, kind: folderClass(folder) }))
  const buried = classes.find(({ kind }) => kind === 'hidden')
  if (buried) yield { points: 3, reason: `moves to "${shownName(buried.folder)}"`, hides: true }
  else if (classes.some(({ kind }) => kind === 'archive'))
    yield { points: 1, reason: 'moves to the archive', hides: true }
  else if (folderIds.length > 0)
    yield { points: 1, reason: 'moves to a folder the record does not name', hides: true }
  if (hides.includes('marks it as read')) yield { points: 2, reason: 'marks as read' }
  if (hides.includes('stops other rules')) yield { points: 1, reason: 'stops other rules' }
  const odd = named ? suspiciousName(name) : undefined
  if (odd !== undefined) yield { points: 3, reason: `its name ${odd}`, hides: true }
}

function* aims(change: RuleChange, record: AuditRecord, tenant: TenantFacts): Iterable<Part> {
  if (takesEverything(change)) yield { points: 3, reason: 'takes every message', hides: true }
  const words = wordsOf(change.conditions)
  const lures = lureClasses(words)
  if (lures.has('security')) yield { points: 2, reason: 'looks for security warnings' }
  if (lures.has('finance')) yield { points: 2, reason: 'looks for money matters' }
  if (lures.has('brand')) yield { points: 1, reason: 'looks for a known sender' }
  const senders = change.conditions.flatMap(({ name, values }) => sendersIn(name, values))
  const [only] = senders
  if (senders.length === 1 && only !== undefined && isInternal(only, record, tenant))
    yield { points: 1, reason: 'is aimed at one colleague' }
}

/** Domains of the senders a condition names, one for each. */
function sendersIn(name: string, values: readonly string[]): string[] {
  if (!['from', 'fromaddresscontainswords', 'outlook'].includes(name)) return []
  const named =
    name === 'outlook' ? values.flatMap(text => text.match(/[^\s"'<>();:,]+@[^\s"'<>();:,]+/g) ?? []) : values
  return recipients(named).flatMap(to => (to.kind === 'address' ? [to.domain] : []))
}
