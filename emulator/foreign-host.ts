import type { Clock } from './clock.ts'
import { jsonReply, type Listener, listen } from './http.ts'
import type { Journal } from './journal.ts'

/**
 * A host that is not the tenant's, started when the schedule hands out foreign links. It serves whoever comes,
 * as a thief would, and the journal tells whether a token came along.
 */
export function startForeignHost(deps: { clock: Clock; journal: Journal }): Promise<Listener> {
  const { clock, journal } = deps
  return listen({
    port: 0,
    date: clock.now,
    tick: journal.tick,
    handle: ({ method, path, headers }) => {
      const token = headers.authorization !== undefined
      journal.add({ type: 'foreign', at: clock.now(), method, path, token })
      return jsonReply(200, [])
    },
  })
}
