/** A map by text that can be read in order of UTF-16 code units, which is the order the port promises. */
export interface SortedMap<V> {
  get(key: string): V | undefined
  set(key: string, value: V): void
  delete(keys: readonly string[]): void
  /** The first `limit` entries with `from <= key < to`, and the key to go on from, if there are more. */
  page(from: string, to: string, limit: number): { entries: [string, V][]; next: string | undefined }
}

export function makeSortedMap<V>(): SortedMap<V> {
  const values = new Map<string, V>()
  let keys: string[] = []
  let inOrder = true

  return {
    get: key => values.get(key),
    set: (key, value) => {
      if (!values.has(key)) {
        // To the end, and sorted in by the next read: cheap, as all before it are in order already.
        keys.push(key)
        inOrder = false
      }
      values.set(key, value)
    },
    delete: gone => {
      for (const key of gone) values.delete(key)
      keys = keys.filter(key => values.has(key))
    },
    page: (from, to, limit) => {
      if (!inOrder) keys.sort()
      inOrder = true
      const first = lowerBound(keys, from)
      const end = lowerBound(keys, to)
      const last = Math.min(first + limit, end)
      const entries: [string, V][] = []
      for (const key of keys.slice(first, last)) {
        const value = values.get(key)
        if (value !== undefined) entries.push([key, value])
      }
      return { entries, next: last < end ? keys[last] : undefined }
    },
  }
}

/** Index of the first key that is not smaller than `bound`. */
function lowerBound(keys: readonly string[], bound: string): number {
  let low = 0
  let high = keys.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((keys[middle] ?? '') < bound) low = middle + 1
    else high = middle
  }
  return low
}
