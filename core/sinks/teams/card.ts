import type { Alert } from '../../model/alert.ts'
import type { Seconds } from '../../model/time.ts'
import type { OwnDomains } from '../hosts.ts'
import { defang, ownDomains } from '../hosts.ts'
import { plain } from '../text.ts'
import type { AdaptiveCard } from './adaptive-card.ts'
import type { Room } from './fit.ts'
import { fitCard } from './fit.ts'
import { bar, clockBlocks, facts, notKnown, openUrls, picture, proof, steps, story } from './parts.ts'

export interface CardOptions {
  /** The organisation's own domains besides those of the alert's mailboxes: shown undefanged. */
  readonly ownDomains?: readonly string[] | undefined
}

/**
 * The card for an alert, always in the same order: how bad and where, what happened, the facts, the picture, what
 * to do, what is not known, when, and the proof in small print. At most `CARD_BYTES` with its envelope, for any
 * alert. `posted` is UTC seconds.
 */
export function renderCard(alert: Alert, posted: Seconds, options: CardOptions = {}): AdaptiveCard {
  const own = ownDomains(alert.mailboxes, options.ownDomains)
  return fitCard(room => layOut(alert, posted, own, room))
}

function layOut(alert: Alert, posted: Seconds, own: OwnDomains, room: Room): AdaptiveCard {
  const actions = openUrls(alert.links, room)
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    msteams: { width: 'Full' },
    fallbackText: fallback(alert, own, room),
    body: [
      bar(alert, own, room),
      ...story(alert, own, room),
      ...facts(alert, own, room),
      ...picture(alert.timeline, own, room),
      ...steps(alert, own, room),
      ...notKnown(alert, own, room),
      ...clockBlocks(alert, posted),
      proof(alert, own, room),
    ],
    ...(actions.length > 0 ? { actions } : {}),
  }
}

function fallback(alert: Alert, own: OwnDomains, room: Room): string {
  const words = `${alert.severity.toUpperCase()} · ${plain(alert.tenantName ?? alert.tenant, room.line / 2)} · ${plain(alert.headline, room.line)}`
  return defang(words, own)
}
