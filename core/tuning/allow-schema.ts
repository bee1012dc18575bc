import { createHash } from 'node:crypto'
import * as z from 'zod'
import { DAY, dayOf, parseWireTime, type Seconds } from '../model/time.ts'
import { actor, appId, day, mailbox, network, words } from './values.ts'

/** Days an entry may hold: what nobody renews is not meant any more. */
export const LONGEST_ALLOW = 90

export const MATCHERS = ['detection', 'actor', 'app', 'mailbox', 'network'] as const

export function allowSchema(detections: readonly string[]) {
  return z
    .strictObject({
      detection: z.enum(detections).optional().describe('Findings of this detection.'),
      actor: actor
        .optional()
        .describe(
          'What this person or application did alone, as the card names them: ada@example.com, app:<id>.',
        ),
      app: appId.optional().describe('What was done with this application alone.'),
      mailbox: mailbox.optional().describe('What was done in this mailbox alone.'),
      network: network.optional().describe('What was done from this network alone.'),
      reason: words(200).describe('Why it is no news. Cards and notices quote it.'),
      owner: words(100).describe('Who answers for it.'),
      from: day.optional().describe('The first day it holds, UTC.'),
      until: day.describe(
        `The last day it holds, UTC; at most ${LONGEST_ALLOW} days after the first, or after today.`,
      ),
    })
    .describe('Findings that every matcher given here matches are kept and not posted.')
}

export type AllowFields = z.infer<ReturnType<typeof allowSchema>>

/** An entry of the file. */
export interface AllowEntry extends AllowFields {
  /** A hash of all it says: an entry that was changed is another one, announced and learned anew. */
  readonly id: string
}

export function allowEntry(fields: AllowFields): AllowEntry {
  const said = Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1))
  return { ...fields, id: createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, 16) }
}

/** The number of a day written `2026-12-31`; NaN for anything else. */
export function dayNumber(text: unknown): number {
  const at = typeof text === 'string' && text.length === 10 ? parseWireTime(text) : undefined
  return at === undefined ? Number.NaN : dayOf(at)
}

/** The first second of an entry (0 where it has no first day), and the first after it. UTC. */
export function times({ from, until }: AllowFields): { from: Seconds; end: Seconds } {
  return { from: from === undefined ? 0 : dayNumber(from) * DAY, end: (dayNumber(until) + 1) * DAY }
}
