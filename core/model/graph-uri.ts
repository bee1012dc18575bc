import { text } from './values.ts'

/** The address of a Graph request, read the way Graph reads it: whatever case, encoding or notation it came in. */
export interface GraphUri {
  /** Whose things: `me`, an object id or an address. `undefined` where the path begins with something else. */
  readonly owner: string | undefined
  /** What of them, in lower case, version and owner left out: `['mailfolders', 'inbox', 'messages']`. */
  readonly path: readonly string[]
  /** Query options by their lower-case names without `$`. */
  readonly options: ReadonlyMap<string, string>
}

/** Microsoft's servers take no longer address; of anything longer the beginning is read. */
const LONGEST = 16_384
const NOTHING: GraphUri = { owner: undefined, path: [], options: new Map() }

/** Total: what is no address has an empty path. The host is not looked at; the log has Graph's own requests alone. */
export function readGraphUri(value: unknown): GraphUri {
  const given = text(value)?.slice(0, LONGEST)
  const url = given === undefined ? null : URL.parse(given, 'https://graph.invalid')
  if (url === null) return NOTHING
  const segments = decoded(url.pathname).toLowerCase().split('/').flatMap(withKey)
  if (isVersion(segments[0])) segments.shift()
  const options = new Map(
    Array.from(url.searchParams, ([name, option]) => [name.toLowerCase().replace(/^\$/, ''), option]),
  )
  const [first, second] = segments
  if (first === 'me') return { owner: 'me', path: segments.slice(1), options }
  if (first !== 'users' || second === undefined) return { owner: undefined, path: segments, options }
  return { owner: STANDS_FOR_ME.has(second) ? 'me' : second, path: segments.slice(2), options }
}

/** Collections that hold a mailbox's mail or say what becomes of it. */
const MAIL = new Set(['messages', 'mailfolders', 'mailboxsettings', 'inferenceclassification'])

/** The owner of the mailbox that the address leads into; `undefined` for anything but mail. */
export function mailOwner({ owner, path: [first] }: GraphUri): string | undefined {
  return first !== undefined && MAIL.has(first) ? owner : undefined
}

/** What Microsoft's own libraries write for `me` before they replace it, seen in place of an id. */
const STANDS_FOR_ME = new Set(['me', 'me-token-to-replace', 'tokentoreplace'])

function isVersion(segment: string | undefined): boolean {
  return segment === 'beta' || /^v\d+\.\d+$/.test(segment ?? '')
}

/** Twice at most: what is encoded more often is not read by Graph either. */
function decoded(path: string): string {
  let read = path
  for (let round = 0; round < 2 && read.includes('%'); round++) read = decodedOnce(read)
  return read
}

function decodedOnce(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path.replace(/%([0-7][0-9a-f])/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    )
  }
}

/**
 * `users('anna@…')` is `users/anna@…`, `users(userPrincipalName='anna@…')` as well, `delta()` and
 * `delta(token='…')` are `delta`; names may be qualified.
 */
function withKey(segment: string): string[] {
  const called = /^([^()]*)\((.*)\)$/.exec(segment)
  const name = (called?.[1] ?? segment).trim().replace(/^microsoft\.graph\./, '')
  if (name === '') return []
  const inside = called?.[2]?.trim() ?? ''
  const quoted = /'([^']*)'$/.exec(inside)?.[1]
  const key = inside.includes('=') ? (name === 'users' ? quoted : undefined) : (quoted ?? inside)
  return key === undefined || key === '' ? [name] : [name, key]
}
