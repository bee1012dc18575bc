import { LEARNING } from '../model/history.ts'
import { dayOf, type Seconds } from '../model/time.ts'
import type { Histories } from '../stores/histories.ts'
import type { State } from '../stores/state.ts'

interface Deps {
  readonly state: State
  readonly histories: Histories
}

const SINCE = 'learning'

/**
 * The day on which the tenant counts as learned. Counted from when Microsoft made the first records available, not from
 * what records say of themselves: one with a wrong year would end learning at once. Days before it that were taught
 * count like days that were watched.
 */
export async function learnedFrom({ histories, state }: Deps, times: readonly Seconds[]): Promise<number> {
  const known = (await state.read<number>(SINCE)) ?? Number.POSITIVE_INFINITY
  const first = Math.min(known, ...times.map(dayOf))
  if (first < known) await state.write(SINCE, first)
  const taught = (await histories.taughtDays()).filter(day => day < first).length
  return first + Math.max(0, LEARNING - taught)
}
