import { type Clock, MINUTE } from './clock.ts'

/** Requests per minute of the tenant's clock, one pool per publisher and one for all who name none. */
export function makeQuota(clock: Clock, perMinute: number): { take(publisher: string | undefined): boolean } {
  let minute = -1
  const used = new Map<string, number>()
  return {
    take: publisher => {
      const current = Math.floor(clock.now() / MINUTE)
      if (current !== minute) used.clear()
      minute = current
      const pool = publisher?.toLowerCase() ?? ''
      const count = (used.get(pool) ?? 0) + 1
      used.set(pool, count)
      return count <= perMinute
    },
  }
}
