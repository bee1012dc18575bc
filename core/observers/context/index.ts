import type { Graph } from '../../feeds/graph/transport.ts'
import type { Log } from '../../log.ts'
import type { Context } from '../../stores/context.ts'
import type { Observer } from '../observer.ts'
import { domains } from './domains.ts'
import { makeContextObserver } from './part.ts'
import { contacts, mailboxes } from './people.ts'
import { appRoles, consents } from './rights.ts'

/** What the directory says of the tenant. Each part takes a permission of its own, and fails alone. */
export function contextObservers(graph: Graph, tenant: string, context: Context, log: Log): Observer[] {
  return [
    makeContextObserver(domains(graph), context, log),
    makeContextObserver(mailboxes(graph), context, log),
    makeContextObserver(contacts(graph), context, log),
    makeContextObserver(appRoles(graph, tenant), context, log),
    makeContextObserver(consents(graph, tenant), context, log),
  ]
}
