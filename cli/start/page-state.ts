import type { App } from '../../core/app.ts'
import { HOUR, type Seconds } from '../../core/model/time.ts'
import { renderCard } from '../../core/sinks/teams/card.ts'
import type { PageState } from '../page/page.ts'
import type { RunStats } from '../run-stats.ts'
import { SCREEN } from './screen.ts'

/** The page shows what was posted, from the outbox: so it is all there again after a restart. */
export async function pageState(
  app: App,
  stats: RunStats,
  tenant: string,
  domains: readonly string[],
): Promise<PageState> {
  const posted = (await app.outbox.all(SCREEN)).flatMap(({ delivery: { alert, state, endedAt } }) =>
    state === 'done' && endedAt !== undefined ? [{ alert, endedAt }] : [],
  )
  const step: Seconds = HOUR / 4
  const seen = stats.bars(step)
  return {
    tenant,
    cards: posted.map(({ alert, endedAt }) => ({
      card: renderCard(alert, endedAt, { ownDomains: domains }),
      postedAt: endedAt,
    })),
    ...(seen !== undefined && {
      timeline: {
        ...seen,
        step,
        incidents: posted.map(({ alert }) => ({ at: alert.clock.start, severity: alert.severity })),
      },
    }),
  }
}
