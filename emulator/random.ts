import { createHash } from 'node:crypto'

/** Seeded randomness: the same seed and the same questions give the same answers, on every machine. */
export interface Random {
  /** In [0, 1). */
  next(): number
  /** Whole number in [min, max], both included. */
  int(min: number, max: number): number
  chance(probability: number): boolean
  pick<T>(list: readonly T[]): T
  /** A shuffled copy. */
  shuffle<T>(list: readonly T[]): T[]
  /** `count` different members, in random order. */
  sample<T>(list: readonly T[], count: number): T[]
  guid(): string
  hex(length: number): string
  /** An independent stream: drawing from it moves nothing else. */
  fork(name: string): Random
}

/** Tommy Ettinger's mulberry32: 32 bits of state, plenty for decisions, too little for ids. */
export function mulberry32(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** FNV-1a over UTF-16 units with a final mix, so that keys which differ in one digit land far apart. */
export function hash32(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** A number in [0, 1) that depends on the parts alone, never on what was drawn before. */
export function fraction(...parts: readonly (string | number)[]): number {
  return mulberry32(hash32(parts.join('\u0000')))()
}

export function makeRandom(seed: string | number): Random {
  const next = mulberry32(hash32(String(seed)))
  const int = (min: number, max: number) => min + Math.floor(next() * (max - min + 1))
  // Ids come from a hash in counter mode: two mulberry32 streams can overlap, and an overlap would be a
  // duplicate record Id that no one asked for.
  let counter = 0
  const hex = (length: number) => {
    let digits = ''
    while (digits.length < length) {
      digits += createHash('sha256').update(`${seed}#${counter++}`).digest('hex')
    }
    return digits.slice(0, length)
  }
  const shuffle = <T>(list: readonly T[]) =>
    list
      .map(member => ({ member, rank: next() }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ member }) => member)
  return {
    next,
    int,
    hex,
    shuffle,
    chance: probability => next() < probability,
    pick: list => {
      const picked = list[int(0, list.length - 1)]
      if (picked === undefined) throw new Error('Cannot pick from an empty list.')
      return picked
    },
    sample: (list, count) => shuffle(list).slice(0, count),
    guid: () => {
      const d = hex(32)
      const variant = '89ab'[Number.parseInt(d.charAt(16), 16) % 4]
      return `${d.slice(0, 8)}-${d.slice(8, 12)}-4${d.slice(13, 16)}-${variant}${d.slice(17, 20)}-${d.slice(20)}`
    },
    fork: name => makeRandom(`${seed}/${name}`),
  }
}
