import type { Log } from '../../log.ts'
import { ConfigError } from '../../model/errors.ts'
import type { Seconds } from '../../model/time.ts'
import type { Refusals } from '../outcome.ts'
import { judge } from '../outcome.ts'
import { post } from '../post.ts'
import type { Sink } from '../sink.ts'
import { workflowsMessage } from './adaptive-card.ts'
import { renderCard } from './card.ts'
import { checkTeamsUrl } from './url.ts'

export interface TeamsSinkOptions {
  /** Name of this sink in the outbox; `teams` unless there are several. */
  readonly id?: string
  /** The whole Workflows address. It is a bearer secret: who has it can post. */
  readonly url: string
  /** UTC seconds, for a `Retry-After` that is a date. */
  readonly now: () => Seconds
  /** 20 seconds unless told. */
  readonly timeoutMs?: number
  readonly ownDomains?: readonly string[]
  /** Told once what is doubtful about the address. */
  readonly log?: Log
}

const REFUSALS: Refusals = {
  named: {
    400: 'the workflow did not take the card; check that its trigger is "When a Teams webhook request is received".',
    401: 'the workflow asks for a sign-in; set "Who can trigger the flow" to Anyone and copy the address again.',
    403: 'the address is no longer valid or the workflow is switched off; copy the address from the workflow again.',
    404: 'there is no such workflow any more, perhaps its owner has left; make a new one and set its address.',
    410: 'the workflow was removed; make a new one and set its address.',
    413: 'the card was too large for the workflow; please report this with the incident id.',
  },
  otherwise: 'the workflow refused the card; open its run history in Power Automate to see why.',
}

/**
 * Posts cards to a Teams channel through a Workflows webhook. A 2xx means that the flow was queued, not that the
 * card is in the channel: nothing in the answer can tell.
 */
export function makeTeamsSink(options: TeamsSinkOptions): Sink {
  const check = checkTeamsUrl(options.url)
  if (!check.ok) throw new ConfigError([check.problem])
  const { url, warnings } = check
  for (const warning of warnings) options.log?.warn(warning)
  return {
    id: options.id ?? 'teams',
    async send(alert, posted, signal) {
      const card = renderCard(alert, posted, { ownDomains: options.ownDomains })
      const body = JSON.stringify(workflowsMessage(card))
      const answer = await post(url, body, {}, signal, options.timeoutMs ?? 20_000)
      judge(answer, url.host, REFUSALS, options.now())
    },
  }
}
