import type { ObservedBody } from '../../core/model/bodies.ts'
import { DAY } from '../../core/model/time.ts'
import type { Chain } from './kit.ts'

/** What was observed, each once, in the order in which it was written down. */
export async function observedBy({ observations, now }: Chain): Promise<unknown[]> {
  const seen = new Map<unknown, unknown>()
  const to = Math.floor(now() / 1000) + 1
  for await (const { id } of observations.list({ from: to - 30 * DAY, to }))
    for (const { Id, Operation } of ((await observations.read(id)) ?? []) as ObservedBody[])
      if (!seen.has(Id)) seen.set(Id, Operation)
  return [...seen.values()]
}
