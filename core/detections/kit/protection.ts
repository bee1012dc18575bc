import { flag } from '../../model/values.ts'
import { additions } from './multi-value.ts'
import { first, type NameValues } from './name-values.ts'

/**
 * How a cmdlet lowers protection: `alerts`, Microsoft's own warnings are silenced; `protection`, a filter is
 * removed or switched off; `allowance`, something is let past the filters.
 */
export interface Weakening {
  readonly grade: 'alerts' | 'protection' | 'allowance'
  readonly what: string
}

const ALERTS = /-(?:Protection|Activity)Alert$/
const ALLOW_LIST = /^New-TenantAllowBlockList/

/** Parameters that let mail past a filter by what they hold. */
const ALLOWANCES = new Map(
  ['AllowedSenders', 'AllowedSenderDomains', 'IPAllowList', 'ExcludedSenders', 'ExcludedDomains']
    .concat('DoNotRewriteUrls', 'ExceptIfSentTo', 'ExceptIfRecipientDomainIs', 'ExceptIfSentToMemberOf')
    .concat('AddExchangeLocationException', 'AddExchangeSenderException')
    .map(name => [name.toLowerCase(), name]),
)

/** Switches that open something when they are turned on. */
const OPENINGS = ['AllowClickThrough', 'AllowSafeDocsOpen', 'EnableSafeList', 'Disabled'] as const

/** Switches that protect; one of them turned off is a filter less. */
const PROTECTS = /^(?:enable|zap|spamzap|phishzap|scanurls|trackclicks|deliverimmediately)/

/** Values of `State`, `Mode` and `Action` under which a policy only looks on. */
const IDLE = /^(?:disabled?|testwith(?:out)?notifications|auditandnotify|allow|noaction)$/i

/** `undefined` for a change that leaves protection as it is, or raises it, as far as the record tells. */
export function weakening(operation: string, parameters: NameValues): Weakening | undefined {
  if (ALLOW_LIST.test(operation)) return allowEntry(parameters)
  const grade = ALERTS.test(operation) ? 'alerts' : 'protection'
  if (/^Remove-/.test(operation)) return { grade, what: 'removed' }
  if (/^Disable-/.test(operation)) return { grade, what: 'switched off' }
  const lowered = loweredBy(parameters)
  if (lowered !== undefined) return { grade, what: lowered }
  if (grade === 'alerts') return flag(first(parameters, 'NotificationEnabled')) === false ? MUTE : undefined
  const let_past = [...ALLOWANCES].find(([name]) => additions(parameters.get(name)).length > 0)?.[1]
  return let_past === undefined ? undefined : { grade: 'allowance', what: `${let_past} extended` }
}

const MUTE: Weakening = { grade: 'alerts', what: 'told to nobody any more' }

function loweredBy(parameters: NameValues): string | undefined {
  for (const name of OPENINGS) if (flag(first(parameters, name)) === true) return `${name} turned on`
  for (const [name, [value]] of parameters) {
    if (PROTECTS.test(name) && flag(value) === false) return `${name} turned off`
    if ((name === 'state' || name === 'mode' || name === 'action') && IDLE.test(value ?? ''))
      return `${name} set to ${value}`
  }
  return undefined
}

/** `-Allow`, or `-Action Allow` for senders that pass for somebody else; blocking entries are no weakening. */
function allowEntry(parameters: NameValues): Weakening | undefined {
  const allows =
    (parameters.has('allow') && flag(first(parameters, 'Allow')) !== false) ||
    first(parameters, 'Action')?.toLowerCase() === 'allow'
  return allows ? { grade: 'allowance', what: 'entry added to the allow list' } : undefined
}
