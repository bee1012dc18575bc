import type { AlertBody } from '../../model/bodies.ts'
import type { Severity } from '../../model/severity.ts'
import { isObject, json, lower, text } from '../../model/values.ts'

/** An alert of Microsoft's own that is about mail being collected, forwarded, exported or somebody rising to it. */
export interface VendorAlert {
  /** As Microsoft calls it, at most 80 characters. */
  readonly name: string
  readonly severity: Extract<Severity, 'high' | 'medium' | 'low'>
  /** Whom it is about, lower-case, where the record says so. */
  readonly user: string | undefined
}

/**
 * How bad they are to us; the first line that fits decides. Microsoft calls an export of mail informational,
 * because it is legitimate most of the time; where nobody watches, it is a phone call.
 * Words instead of full names: the products name the same event differently, and tenants make copies.
 */
const TABLE: readonly (readonly [RegExp, VendorAlert['severity']])[] = [
  // Comes with every rule that forwards, inside the firm too. The rule itself is on record, and judged by where it leads.
  [/^creation of forwarding\/redirect rule$/, 'low'],
  [/suspicious .*(?:forwarding|redirect)/, 'high'],
  [/suspicious inbox (?:manipulation )?rule|inbox manipulation/, 'high'],
  [/(?:suspicious|malicious) .*(?:connector|transport rule|mail flow rule)/, 'high'],
  [/(?:forward|redirect).*(?:rule|mail|inbox)|(?:rule|mail|inbox).*(?:forward|redirect)/, 'medium'],
  [/e-?discovery|content search|pst export|mailbox export/, 'medium'],
  [/elevation of exchange|exchange admin privilege|mailbox permission|mailbox delegat/, 'medium'],
  [/\bapp\b.*(?:numerous|important|volume|collect|search).*\b(?:e-?)?mails?\b/, 'high'],
  [/\bapp\b.*\b(?:(?:e-?)?mails?|mailbox|inbox|exchange)\b.*(?:numerous|search|rule|collect|volume)/, 'high'],
  [/\bapp\b.*\b(?:(?:e-?)?mails?|mailbox|inbox|exchange)\b/, 'medium'],
  [/(?:unusual|suspicious|anomalous|mass) .*mail(?:box)? (?:access|read|collect|search|download)/, 'high'],
  [/(?:unusual|suspicious) .*mailbox/, 'medium'],
]

/** `undefined` for every other alert: spam, malware, sign-ins, files. */
export function vendorAlert(body: AlertBody): VendorAlert | undefined {
  const data = json(body.Data)
  const inside = isObject(data) ? data : {}
  const name = text(body.Name) ?? text(inside.an)
  if (name === undefined) return undefined
  const words = name.slice(0, 200).toLowerCase().replace(/\s+/g, ' ')
  const ours = TABLE.find(([pattern]) => pattern.test(words))?.[1]
  if (ours === undefined) return undefined
  const theirs = lower(body.Severity) ?? lower(inside.sev)
  return {
    name: name.replace(/\s+/g, ' ').slice(0, 80),
    severity: theirs === 'high' || (theirs === 'medium' && ours === 'low') ? theirs : ours,
    user: [inside.f3u, body.AlertEntityId, inside.eid, inside.suid]
      .map(address)
      .find(found => found !== undefined),
  }
}

function address(value: unknown): string | undefined {
  const given = lower(value)
  return given !== undefined && /^[^@\s]+@[^@\s]+$/.test(given) ? given.slice(0, 120) : undefined
}
