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
  return read(value, 0)
}

/** Lists in lists in brackets; nothing real goes deeper. */
const DEEPEST = 5

function read(value: unknown, depth: number): Recipient[] {
  if (depth > DEEPEST) return [{ kind: 'unresolved', name: 'a list in a list' }]
  const listed = json(value)
  if (Array.isArray(listed)) return listed.flatMap(entry => read(entry, depth + 1))
  if (isObject(listed))
    return read(listed.Value ?? listed.Address ?? listed.EmailAddress ?? listed.Name, depth + 1)
  if (typeof value !== 'string') return []
  return split(value).flatMap(part => {
    const inner = bracketed(part)
    return inner === undefined ? recipient(part) : read(inner, depth + 1)
  })
}

/** Splits at `;` and `,` outside quotes and brackets. A legacy DN is one entry: it may hold commas. */
function split(value: string): string[] {
  const parts: string[] = []
  let part = ''
  let quoted = false
  let depth = 0
  for (const char of /^\s*[{(](.*)[)}]\s*$/s.exec(value)?.[1] ?? value) {
    if (char === '"') quoted = !quoted
    if (!quoted && (char === '<' || char === '[')) depth++
    if (!quoted && (char === '>' || char === ']')) depth = Math.max(0, depth - 1)
    const ends = char === ';' || (char === ',' && !/^\s*(?:EX:)?\/o=/i.test(part))
    if (ends && !quoted && depth === 0) {
      parts.push(part)
      part = ''
    } else part += char
  }
  // A quote or bracket left open would hide every address but the last.
  const all = quoted || depth > 0 ? value.split(/[;,]/) : [...parts, part]
  return all.map(found => found.trim()).filter(found => found !== '')
}

/** What `Name <…>` or `Name […]` holds; `a@[192.0.2.1]` is an address, not a name. */
function bracketed(part: string): string | undefined {
  return /<([^<>]*)>$/.exec(part)?.[1] ?? /(?<!@)\[([^[\]]*)\]$/.exec(part)?.[1]
}

const PROXY_PREFIX = /^(?:smtp|sip|x400|x500|mailto)\s*:\s*/i

/** Quoted, or free of blanks and of whatever separates addresses: else there is more than one address in it. */
const LOCAL_PART = /^(?:"(?:[^"\\]|\\.)*"|[^\s"@,;<>()[\]]+)$/

function recipient(given: string): Recipient {
  const bare = given.replace(/^'|'$/g, '').replace(PROXY_PREFIX, '').trim()
  if (/^(?:EX:)?\/o=/i.test(bare)) return { kind: 'directory', name: bare }
  const address = guest(bare) ?? bare
  const at = address.lastIndexOf('@')
  const local = address.slice(0, Math.max(at, 0))
  const domain = LOCAL_PART.test(local) ? asciiDomain(address.slice(at + 1)) : undefined
  if (domain === undefined) return { kind: 'unresolved', name: bare }
  return { kind: 'address', address: `${local}@${domain}`, domain }
}

/** `user_outside.example#EXT#@tenant.onmicrosoft.com` is `user@outside.example`, never the tenant's own. */
function guest(address: string): string | undefined {
  const cut = address.toUpperCase().indexOf('#EXT#')
  return cut < 0 ? undefined : address.slice(0, cut).replace(/_(?=[^_]*$)/, '@')
}

/**
 * A domain in lower-case A-label form without a trailing dot; `undefined` for what cannot be one. The converter stops
 * at characters that end a host in a URL and decodes `%41`, so those are not let near it.
 */
export function asciiDomain(domain: string): string | undefined {
  const given = domain.trim().replace(/\.$/, '')
  const ascii = /[\s/?#\\%@:]/.test(given) ? '' : domainToASCII(given)
  return /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/i.test(ascii) ? ascii.toLowerCase() : undefined
}
