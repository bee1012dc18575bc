/** Distinct texts remembered before the memory starts over. */
const REMEMBERED = 20_000

/** Lengths of texts that are worth remembering. */
const SHORTEST = 4
const LONGEST = 1_000

/** Places for texts asked about lately; a power of two. */
const PLACES = 2_048

/** The same function, which reads a text once and gives the same value whenever it comes again. */
export function remember<T>(read: (given: string) => T): (given: string) => T {
  const known = new Map<string, { readonly value: T }>()
  const texts = new Array<string>(PLACES).fill('')
  const values = new Array<T | undefined>(PLACES).fill(undefined)

  const find = (given: string): T => {
    const found = known.get(given)
    if (found !== undefined) return found.value
    const value = read(given)
    if (known.size >= REMEMBERED) known.clear()
    known.set(given, { value })
    return value
  }
  return given => {
    if (given.length < SHORTEST || given.length > LONGEST) return read(given)
    const place = placeOf(given)
    if (texts[place] !== given) {
      values[place] = find(given)
      texts[place] = given
    }
    return values[place] as T
  }
}

/**
 * By six characters and the length. A text that was just parsed has no hash yet, and to make one, as a `Map` must, takes
 * several times as long as to compare it with the text that was last in its place.
 */
function placeOf(text: string): number {
  const { length } = text
  const head = mixed(text.charCodeAt(0), text.charCodeAt(2), text.charCodeAt(length >> 2))
  const tail = mixed(
    text.charCodeAt((length >> 1) + 1),
    text.charCodeAt((3 * length) >> 2),
    text.charCodeAt(length - 1),
  )
  const all = mixed(head, tail, length)
  return (all ^ (all >>> 15)) & (PLACES - 1)
}

function mixed(a: number, b: number, c: number): number {
  return Math.imul(Math.imul(a, 31) + b, 31) + c
}
