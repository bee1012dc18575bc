/** What an attacker does to stay unseen, and the cases that show whether it works. */
export interface Evasion {
  readonly move: string
  readonly pairs: readonly Pair[]
}

/** A case that must fire and one, much like it, that must not: titles in the cases of the detection. */
export type Pair = readonly [detection: string, fires: string, quiet: string]

/** A move that the tenant's audit records cannot show. */
export interface Elsewhere {
  readonly move: string
  readonly why: string
}
