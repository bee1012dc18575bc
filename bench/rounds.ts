import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

/**
 * The best time of each task in milliseconds of processor time of this thread, which a busy machine disturbs least.
 * Tasks take turns, round by round, so that a slow moment hits all of them. Each starts on a clean heap.
 */
export async function bestTimes<Name extends string>(
  tasks: Readonly<Record<Name, () => unknown>>,
  rounds: number,
): Promise<Record<Name, number>> {
  const names = Object.keys(tasks) as Name[]
  const best = Object.fromEntries(names.map(name => [name, Number.POSITIVE_INFINITY])) as Record<Name, number>
  for (let round = 0; round < rounds; round++)
    for (const name of names) {
      collectGarbage()
      const start = process.threadCpuUsage()
      await tasks[name]()
      const { user, system } = process.threadCpuUsage(start)
      best[name] = Math.min(best[name], (user + system) / 1_000)
    }
  return best
}
