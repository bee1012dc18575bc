import type { AuditRecord } from '../../model/audit-record.ts'
import type { Finding } from '../../model/finding.ts'
import { parseWireTime, type Seconds } from '../../model/time.ts'
import { isObject } from '../../model/values.ts'
import { fromAddresses, moment, when } from './words.ts'

/** Between how a rule became known and what there is to say of it. */
const AND = ' | '

const AFTER_CHANGE = 'read from the mailbox, as the record of the change does not tell all'
const NOBODY = 'no audit record tells who made it'
const HOW = new RegExp(`^(${AFTER_CHANGE}|(?:new since [^|]*; )?${NOBODY}) \\| `)

/** Remarks about a rule as a note; of one that was found by reading the mailbox, how it became known goes before them. */
export function noteOf(record: AuditRecord, remarks: readonly string[]): string {
  const how = howFound(record)
  const said = remarks.join(', ')
  return how === undefined ? said : how + AND + said
}

function howFound({ operation, body }: AuditRecord): string | undefined {
  if (operation !== 'InboxRuleFound') return undefined
  const { AfterChange, NotBefore } = isObject(body.Observed) ? body.Observed : {}
  if (AfterChange === true) return AFTER_CHANGE
  const since: Seconds | undefined = parseWireTime(NotBefore)
  return `${since === undefined ? '' : `new since ${moment(since)}; `}${NOBODY}`
}

/** What notes say besides, each once: the same rule can be told by its record and be found. */
export function remarksOf({ notes }: Finding): string[] {
  return [...new Set(notes.map(note => note.replace(HOW, '')))].filter(remark => remark !== '')
}

/** `At 09:12 UTC … an inbox rule named "x" was set in the mailbox y.`, of a finding keyed by mailbox and rule. */
export function ruleWasSet(finding: Finding): string {
  const [mailbox, rule] = finding.key
  // Beside a record that tells of the rule, it does not matter how else it became known.
  const [note = ''] = finding.recordCount === 1 ? finding.notes : []
  const how = HOW.exec(note)?.[1]
  const done = how === undefined || how === AFTER_CHANGE ? 'set' : 'found'
  return (
    `${when(finding.start, finding.end)} an inbox rule named "${rule}" was ${done} in the mailbox ${mailbox}` +
    `${fromAddresses(finding)}${how === undefined ? '' : ` (${how})`}.`
  )
}
