import type { AdaptiveCard } from './adaptive-card.ts'
import { workflowsMessage } from './adaptive-card.ts'

/**
 * Teams takes 28 KB, measured after Microsoft wrapped the card once more and inside the flow, when the sender has
 * long had its 202: a body of 24.4 KB was seen to fail there. 18 KB leaves room for that.
 */
export const CARD_BYTES = 18 * 1024

/** How much of an alert a card has room for. Counts, and lengths in characters. */
export interface Room {
  /** Items shown of a fact that is a list. */
  readonly items: number
  /** Characters of one item. */
  readonly item: number
  /** Characters of the headline; half of it for kind and tenant. */
  readonly line: number
  readonly bars: number
  readonly facts: number
  readonly text: number
  readonly step: number
  readonly rules: number
  readonly links: number
}

const FULL: Room = {
  items: 6,
  item: 120,
  line: 120,
  bars: 36,
  facts: 7,
  text: 700,
  step: 280,
  rules: 6,
  links: 4,
}

/** From all of it to the least, in the order in which a reader can spare things: lists, picture, facts, steps. */
export const ROOMS: readonly Room[] = [
  FULL,
  { ...FULL, items: 5, rules: 4 },
  { ...FULL, items: 3, item: 80, rules: 3 },
  { ...FULL, items: 2, item: 60, rules: 2, bars: 18 },
  { ...FULL, items: 2, item: 60, rules: 2, bars: 0 },
  { ...FULL, items: 1, item: 60, rules: 1, bars: 0, facts: 4 },
  { ...FULL, items: 1, item: 40, rules: 1, bars: 0, facts: 2, text: 400 },
  { items: 1, item: 40, line: 120, rules: 1, bars: 0, facts: 2, text: 240, step: 140, links: 4 },
  { items: 1, item: 30, line: 60, rules: 1, bars: 0, facts: 0, text: 120, step: 60, links: 2 },
]

/** The fullest card that stays within `CARD_BYTES`. */
export function fitCard(layOut: (room: Room) => AdaptiveCard): AdaptiveCard {
  let card: AdaptiveCard | undefined
  for (const room of ROOMS) {
    card = layOut(room)
    if (weigh(card) <= CARD_BYTES) return card
  }
  // The last room is bounded by construction (a property test throws everything at it), so this is not reached.
  if (!card) throw new RangeError('no room to lay a card out in')
  return card
}

/**
 * Bytes of the message with everything outside ASCII written as `\uXXXX`: what it weighs if anything between here
 * and the channel writes its JSON that way, and never less than its UTF-8.
 */
export function weigh(card: AdaptiveCard): number {
  const json = JSON.stringify(workflowsMessage(card))
  let bytes = json.length
  for (let i = 0; i < json.length; i++) if (json.charCodeAt(i) > 0x7e) bytes += 5
  return bytes
}
