/** The bytes a parser was given and has not yet turned into rows, addressed by their offset in its input. */
export interface Window {
  add(bytes: Buffer): void
  size(): number
  /** Text from the last dropped byte up to `offset`, or to the end. */
  text(offset?: number): string
  drop(offset: number): void
}

export function makeWindow(): Window {
  let parts: Buffer[] = []
  let from = 0
  let size = 0
  const whole = (): Buffer => {
    const [first] = parts
    const bytes = parts.length === 1 && first !== undefined ? first : Buffer.concat(parts)
    parts = [bytes]
    return bytes
  }
  return {
    add(bytes) {
      parts.push(bytes)
      size += bytes.length
    },
    size: () => size,
    text: offset => whole().toString('utf8', 0, offset === undefined ? size : offset - from),
    drop(offset) {
      parts = [whole().subarray(offset - from)]
      size -= offset - from
      from = offset
    },
  }
}
