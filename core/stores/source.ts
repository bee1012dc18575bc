import { createHash } from 'node:crypto'

/**
 * A blob fetched twice has been seen to differ: a listing with other bounds can cut it short. With the content in
 * the key both versions count, as a union.
 */
export function sourceOf(feed: string, blob: string, text: string): string {
  const source = makeSource(feed, blob)
  source.update(text)
  return source.id()
}

/** The same of a text that comes in pieces. */
export function makeSource(feed: string, blob: string) {
  const hash = createHash('sha256').update(`${feed}\n${blob}\n`)
  return {
    update(piece: string | Uint8Array) {
      hash.update(piece)
    },
    id: () => hash.digest('hex').slice(0, 20),
  }
}

/** Names what is written together, in this order: it decides what is cut into which row. */
export function unitedSource(sources: readonly string[]): string {
  const [only] = sources
  if (only !== undefined && sources.length === 1) return only
  return createHash('sha256').update(sources.join('\n')).digest('hex').slice(0, 20)
}
