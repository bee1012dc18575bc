import { assembler } from 'stream-json/core/assembler.js'
import type { Token } from 'stream-json/core/parser.js'
import { MAX_DEPTH, MAX_RECORD_BYTES } from './limits.ts'

/** What is made of the elements of a text; `index` counts them from 0. */
export interface Shape<T> {
  take(value: unknown, index: number, out: T[]): void
  /** Of an element that is given up. */
  reject(reason: string, index: number): T
  /** Whether the array under a key of a top-level object is read element by element. */
  isPage(key: unknown, holder: unknown): boolean
}

export interface Elements<T> {
  token(token: Token): void
  /** Counts bytes towards the element that is open. */
  grow(bytes: number): void
  /** Whether a string is open. */
  inText(): boolean
  /** Open brackets, also of what is being skipped. */
  depth(): number
  /** Whether the text may end here. */
  complete(): boolean
  /** Elements begun so far. */
  count(): number
  /** Entries waiting for drain(). */
  size(): number
  drain(): T[]
}

/**
 * Tokens to records: the elements of a top-level array or of a page (`{"value": […]}`), and top-level values.
 * Never holds more than one element; of one that is given up, only the number of its open brackets.
 */
export function makeElements<T>({ isPage, reject, take }: Shape<T>): Elements<T> {
  const current = assembler()
  let out: T[] = []
  let finished = 0
  let bytes = 0
  let text = ''
  let inText = false
  let inList = false
  let inPage = false
  let skipping = false
  let skipped = 0 // open brackets of what is being skipped

  const finish = () => {
    finished++
    bytes = 0
  }
  const giveUp = (rejected: string) => {
    out.push(reject(rejected, finished))
    finish()
    skipping = true
    skipped = current.depth
    current.dropToLevel(0)
    text = ''
  }

  const skip = (token: Token) => {
    if (token.name === 'startObject' || token.name === 'startArray') skipped++
    else if (token.name === 'endObject' || token.name === 'endArray') skipped--
    else if (token.name === 'startString') inText = true
    else if (token.name === 'endString') inText = false
    if (skipped > 0 || inText) return
    skipping = false
    bytes = 0
    if (!inList) inPage = false
  }

  const build = (token: Token) => {
    current.consume(token)
    if (current.depth > MAX_DEPTH) giveUp('too-deep')
    else if (current.done) {
      take(current.current, finished, out)
      current.current = null
      finish()
    }
  }

  const openArray = (token: Token) => {
    const top = !inList
    if (top && current.done) inList = true
    else if (top && current.depth === 1 && isPage(current.key, current.current)) {
      current.dropToLevel(0)
      inList = true
      inPage = true
    } else {
      build(token)
      return
    }
    bytes = 0
  }

  const closeArray = (token: Token) => {
    if (!inList || !current.done) {
      build(token)
      return
    }
    inList = false
    if (!inPage) return
    // What follows the page inside its object (a link to the next one, a count) is of no interest.
    skipping = true
    skipped = 1
  }

  return {
    token(token) {
      if (skipping) skip(token)
      else if (token.name === 'stringChunk') text += token.value
      else if (token.name === 'startString') inText = true
      else if (token.name === 'endString') {
        inText = false
        const value = text
        text = ''
        build({ name: 'stringValue', value })
      } else if (token.name === 'startArray') openArray(token)
      else if (token.name === 'endArray') closeArray(token)
      else build(token)
    },
    grow(more) {
      if (skipping || (current.done && !inText)) bytes = 0
      else bytes += more
      if (bytes > MAX_RECORD_BYTES) giveUp('too-long')
    },
    inText: () => inText,
    depth: () => (skipping ? skipped : current.depth),
    complete: () => current.done && !inText && !inList && !skipping,
    count: () => finished,
    size: () => out.length,
    drain() {
      const drained = out
      out = []
      return drained
    },
  }
}
