import type { Faults, RequestSubject } from '../faults.ts'
import type { Call } from '../http.ts'

/** Links to the next page of a collection. */
export interface Links {
  /** Opaque, and spelt so that a client which takes it apart and puts it together again gives itself away. */
  offer(call: Call, next: number, subject: RequestSubject): string
  /** Where the page that is asked for begins; `undefined` for a link in any other spelling than ours. */
  skipOf(call: Call): number | undefined
}

export function makeLinks(deps: { faults: Faults; base(): string; foreignBase(): string }): Links {
  const links = new Map<string, number>()
  return {
    offer(call, next, subject) {
      const bare = call.target.replace(/&?\$skiptoken=.*$/, '')
      const token = Buffer.from(`${next}|${bare}`).toString('base64').slice(0, 40)
      const target = `${bare}${bare.includes('?') ? '&' : '?'}$skiptoken=${token}==_$%24_${next}`
      links.set(target, next)
      return (deps.faults.strike(subject, 'foreign-next-page') ? deps.foreignBase() : deps.base()) + target
    },
    skipOf: call => (call.query.has('$skiptoken') ? links.get(call.target) : 0),
  }
}
