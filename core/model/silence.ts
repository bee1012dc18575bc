import type { Seconds } from './time.ts'

/** What is silent, by its name → the hour it was last heard in. */
export type Open = Readonly<Record<string, number>>

/** What was found of feeds and mailboxes that are not heard, kept as `silence`. */
export interface SilenceState {
  /** What was told and has not been heard again. */
  readonly open: Open
  /** Since when all feeds are quiet, for longer than holidays explain. */
  readonly quietSince?: Seconds
}

export const SILENCE = 'silence'
