import { DOMAIN_CHANGES, domainChange } from '../../detections/kit/domain-changes.ts'
import { asciiDomain } from '../../detections/kit/recipients.ts'
import type { Graph } from '../../feeds/graph/transport.ts'
import type { Domain } from '../../model/tenant-context.ts'
import { HOUR } from '../../model/time.ts'
import { text } from '../../model/values.ts'
import { entriesOf, notEmpty, type Part } from './part.ts'

const CHANGES: ReadonlySet<string> = new Set(DOMAIN_CHANGES)

/** The domains that the tenant has proved to be its own. */
export function domains(graph: Graph): Part<'domains'> {
  const what = 'verified domains'
  const subject = {
    what,
    permission: 'Domain.Read.All',
    adds: 'which tells your own domains from one that was added today, without INTERNAL_DOMAINS',
  }
  return {
    part: 'domains',
    what,
    // Twice within the grace that what appears is given.
    every: 6 * HOUR,
    async read(signal) {
      const found = new Map<string, Domain>()
      for await (const entry of entriesOf(graph, { path: '/domains', subject }, signal)) {
        const name = keyable(text(entry.id))
        if (name !== undefined && entry.isVerified === true) found.set(name, { name })
      }
      return notEmpty(found, what)
    },
    wants: record =>
      CHANGES.has(record.operation) && record.succeeded ? keyable(domainChange(record)?.domain) : undefined,
    watch: {
      isExplained: ({ name }, subject) => name === subject,
      observation: ({ item: { name }, since }) => ({ operation: 'DomainFound', at: since, object: name }),
    },
  }
}

/** Records and directory write what somebody typed; a key of storage is short. */
function keyable(domain = ''): string | undefined {
  const name = asciiDomain(domain)
  return name !== undefined && name.length <= 200 ? name : undefined
}
