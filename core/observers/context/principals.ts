import type { Graph, GraphQuery } from '../../feeds/graph/transport.ts'
import type { Principal, Publisher } from '../../model/tenant-context.ts'
import { isObject, text } from '../../model/values.ts'
import { bounded, entriesOf, guid, TOP } from './part.ts'

/** The tenants Microsoft's own applications belong to. */
const MICROSOFT = ['f8cdef31-a31e-4b4a-93e4-5f571e91255a', '72f988bf-86f1-41af-91ab-2d7cd011db47']

/** Every application in the tenant by the id of its principal: a few thousand at most, and few of them hold anything. */
export async function principals(
  graph: Graph,
  tenant: string,
  subject: GraphQuery['subject'],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Principal>> {
  const found = new Map<string, Principal>()
  const select = 'id,appId,displayName,appOwnerOrganizationId,verifiedPublisher'
  for await (const entry of entriesOf(
    graph,
    { path: '/servicePrincipals', select, top: TOP, subject },
    signal,
  )) {
    const objectId = guid(entry.id)
    if (objectId === undefined) continue
    const verified = isObject(entry.verifiedPublisher) && text(entry.verifiedPublisher.verifiedPublisherId)
    found.set(objectId, {
      objectId,
      appId: guid(entry.appId) ?? objectId,
      name: bounded(text(entry.displayName) ?? 'without a name'),
      publisher: publisherOf(guid(entry.appOwnerOrganizationId), tenant, verified),
    })
  }
  return found
}

function publisherOf(owner: string | undefined, tenant: string, verified: unknown): Publisher {
  if (owner !== undefined && MICROSOFT.includes(owner)) return 'microsoft'
  if (owner === tenant.toLowerCase()) return 'own'
  return verified ? 'verified' : 'unverified'
}

/** A principal that was there when the right was read and not when the principals were. */
export function nameless(objectId: string): Principal {
  return { objectId, appId: objectId, name: 'without a name', publisher: 'unverified' }
}
