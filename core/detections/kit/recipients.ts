import { domainToASCII } from 'node:url'
import { isObject, json } from '../../model/values.ts'

/** One recipient of a rule: an address, a directory name inside the organisation, or something unresolvable. */
export type Recipient =
  | { readonly kind: 'address'; readonly address: string; readonly domain: string }
  | { readonly kind: 'directory'; readonly name: string }
  | { readonly kind: 'unresolved'; readonly name: string }

/**
 * Reads every form recipients have been seen or documented in: JSON list in a text, `;` and `,` lists, proxy
 * prefixes (`smtp:`, `SIP:`), `"Name" <a@b>`, `"Name" [SMTP:a@b]`, bracketed lists, legacy DNs (`EX:/o=…`, a
 * directory object), GUIDs and aliases, guests (`user_outside.example#EXT#@…`), quoted local parts, a trailing
 * dot, and international domains (compared in their ASCII form).
 */
export function recipients(value: unknown): Recipient[] {
  const read = json(value)
  if (Array.isArray(read)) return read.flatMap(recipients)
  if (isObject(read)) return recipients(read.Value ?? read.Address ?? read.EmailAddress ?? read.Name ?? '')
  if (typeof value !== 'string') return []
  return split(value).map(recipient)
}

/** Splits at `;` and `,` outside quotes and brackets. A legacy DN is one entry: it may hold commas. */
function split(value: string): string[] {
  const parts: string[] = []
  let part = ''
  let quoted = false
  let depth = 0
  for (const char of value.replace(/^[{(]|[)}]$/g, '')) {
    if (char === '"') quoted = !quoted
    if (!quoted && (char === '<' || char === '[')) depth++
    if (!quoted && (char === '>' || char === ']')) depth = Math.max(0, depth - 1)
    const ends = char === ';' || (char === ',' && !/^\s*(?:EX:)?\/o=/i.test(part))
    if (ends && !quoted && depth === 0) {
      parts.push(part)
      part = ''
    } else part += char
  }
  return [...parts, part].map(found => found.trim()).filter(found => found !== '')
}

const PROXY_PREFIX = /^(?:smtp|sip|x400|x500|mailto)\s*:\s*/i

function recipient(given: string): Recipient {
  const inner = /<([^<>]*)>\s*$/.exec(given)?.[1] ?? /\[([^[\]]*)\]\s*$/.exec(given)?.[1] ?? given
  const bare = inner.trim().replace(/^'|'$/g, '').replace(PROXY_PREFIX, '').trim()
  if (/^(?:EX:)?\/o=/i.test(bare)) return { kind: 'directory', name: bare }
  const address = guest(bare) ?? bare
  const at = address.lastIndexOf('@')
  const domain = at > 0 ? asciiDomain(address.slice(at + 1)) : undefined
  if (domain === undefined) return { kind: 'unresolved', name: bare }
  return { kind: 'address', address: `${address.slice(0, at)}@${domain}`, domain }
}

/** `user_outside.example#EXT#@tenant.onmicrosoft.com` is `user@outside.example`. */
function guest(address: string): string | undefined {
  const cut = address.toUpperCase().indexOf('#EXT#')
  if (cut < 0) return undefined
  const name = address.slice(0, cut)
  const at = name.lastIndexOf('_')
  return at > 0 ? `${name.slice(0, at)}@${name.slice(at + 1)}` : undefined
}

/** A domain in lower-case A-label form without a trailing dot; `undefined` for what cannot be one. */
export function asciiDomain(domain: string): string | undefined {
  const ascii = domainToASCII(domain.trim().replace(/\.$/, ''))
  return ascii === '' || !/^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/i.test(ascii) ? undefined : ascii.toLowerCase()
}
