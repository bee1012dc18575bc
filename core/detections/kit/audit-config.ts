import { flag } from '../../model/values.ts'
import { additions } from './multi-value.ts'
import { first, type NameValues } from './name-values.ts'

/** The switches of Set-AdminAuditLogConfig, in words. */
export const AUDIT_SWITCHES = new Map([
  ['UnifiedAuditLogIngestionEnabled', 'the audit log of the whole tenant'],
  ['AdminAuditLogEnabled', 'the log of what administrators do'],
])

/** Days a log is kept where nobody has said otherwise. */
const USUAL_DAYS = 90

/** Parameters of Set-AdminAuditLogConfig that make the administrators' log record less, or keep it for less long. */
export function* narrowings(parameters: NameValues): Iterable<string> {
  for (const name of ['AdminAuditLogCmdlets', 'AdminAuditLogParameters']) {
    const values = parameters.get(name.toLowerCase())
    if (values !== undefined && !additions(values).includes('*') && !addsOnly(values)) yield name
  }
  if (additions(parameters.get('adminauditlogexcludedcmdlets')).length > 0)
    yield 'AdminAuditLogExcludedCmdlets'
  if (isShort(first(parameters, 'AdminAuditLogAgeLimit'))) yield 'AdminAuditLogAgeLimit'
}

/** `+Set-Mailbox` and `@{Add="Set-Mailbox"}` take nothing away. */
function addsOnly(values: readonly string[]): boolean {
  return (
    values.length > 0 &&
    values.every(value => /^\s*(?:\+|@?\{\s*"?add\b)/i.test(value) && !/remove\b|[;,]\s*-/i.test(value))
  )
}

/** `90.00:00:00`, `30`, `00:00:00`: is it below what is usual? `undefined` and anything else is not. */
export function isShort(given: string | undefined): boolean {
  const match = /^(?:(\d+)(?:\.|$))?(?:\d\d?:\d\d:\d\d(?:\.\d+)?)?$/.exec(given ?? 'none')
  return match !== null && Number(match[1] ?? 0) < USUAL_DAYS
}

/** What a switch is set to; `undefined` where the cmdlet leaves it alone. */
export function switched(parameters: NameValues, name: string): boolean | undefined {
  return flag(first(parameters, name))
}
