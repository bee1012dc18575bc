/** What is used of a `Map`; a `Map` is one. */
export interface Members<K, V> extends Iterable<[K, V]> {
  readonly size: number
  get(key: K): V | undefined
  has(key: K): boolean
  set(key: K, value: V): unknown
  delete(key: K): boolean
  keys(): Iterable<K>
  values(): Iterable<V>
  /** The quickest way through all entries. */
  forEach(visit: (value: V, key: K) => void): void
}

/** Beyond so many entries looking through all of them costs more than a hash table. */
const FEW = 12

/** Shared by all that are empty; never changed, since adding makes new arrays and deleting looks first. */
const NONE: never[] = []

/**
 * A `Map` that is two arrays while it is small. A day of fifty people makes a hundred thousand tallies, nearly all of
 * one to five members; as `Map`s they were most of the cost of counting, in time and in memory.
 */
export class SmallMap<K, V> implements Members<K, V> {
  #keys: K[] = NONE
  #values: V[] = NONE
  #large: Map<K, V> | undefined

  get size(): number {
    return this.#large?.size ?? this.#keys.length
  }

  get(key: K): V | undefined {
    if (this.#large !== undefined) return this.#large.get(key)
    const at = this.#keys.indexOf(key)
    return at < 0 ? undefined : this.#values[at]
  }

  has(key: K): boolean {
    return this.#large?.has(key) ?? this.#keys.includes(key)
  }

  set(key: K, value: V): void {
    if (this.#large !== undefined) {
      this.#large.set(key, value)
      return
    }
    const at = this.#keys.indexOf(key)
    if (at >= 0) this.#values[at] = value
    else if (this.#keys.length < FEW) {
      // A push makes room for 17; an array of exactly what it holds is a tenth of that for most.
      this.#keys = [...this.#keys, key]
      this.#values = [...this.#values, value]
    } else {
      this.#large = new Map(this)
      this.#large.set(key, value)
      this.#keys = NONE
      this.#values = NONE
    }
  }

  delete(key: K): boolean {
    if (this.#large !== undefined) return this.#large.delete(key)
    const at = this.#keys.indexOf(key)
    if (at < 0) return false
    this.#keys.splice(at, 1)
    this.#values.splice(at, 1)
    return true
  }

  keys(): Iterable<K> {
    return this.#large?.keys() ?? this.#keys
  }

  values(): Iterable<V> {
    return this.#large?.values() ?? this.#values
  }

  forEach(visit: (value: V, key: K) => void): void {
    if (this.#large !== undefined) this.#large.forEach(visit)
    else for (let at = 0; at < this.#keys.length; at++) visit(this.#values[at] as V, this.#keys[at] as K)
  }

  *[Symbol.iterator](): IterableIterator<[K, V]> {
    if (this.#large !== undefined) yield* this.#large
    else for (let at = 0; at < this.#keys.length; at++) yield [this.#keys[at] as K, this.#values[at] as V]
  }
}
