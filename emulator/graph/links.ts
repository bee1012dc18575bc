import type { Faults, RequestSubject } from '../faults.ts'
import type { Call } from '../http.ts'

/** Page links of Graph: opaque, and known by their spelling alone. */
export interface PageLinks {
  /** Where a call goes on; `undefined` for a link that was never handed out in this spelling. */
  startOf(call: Call): number | undefined
  linkTo(call: Call, next: number, subject: RequestSubject): string
}

export function makePageLinks(deps: { faults: Faults; base(): string; foreignBase(): string }): PageLinks {
  /** Link → where it goes on. A link that comes back in any other spelling is not ours. */
  const links = new Map<string, number>()
  return {
    startOf: call => (call.query.has('$skiptoken') ? links.get(call.target) : 0),

    /** Spelt so that a client which takes it apart and puts it together again gives itself away. */
    linkTo(call, next, subject) {
      const bare = call.target.replace(/[?&]\$skiptoken=.*$/, '')
      const token = Buffer.from(`${next}|${bare}`).toString('base64').slice(0, 40)
      const target = `${bare}${bare.includes('?') ? '&' : '?'}$skiptoken=${token}==_$%24_${next}`
      links.set(target, next)
      return (deps.faults.strike(subject, 'foreign-next-page') ? deps.foreignBase() : deps.base()) + target
    },
  }
}
