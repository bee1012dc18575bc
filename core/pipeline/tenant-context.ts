import type { ContactSeen, TenantFacts } from '../model/detection.ts'
import { obtain } from '../model/maps.ts'
import type { ContextItems, Domain, MailApplication, MailRight, Snapshot } from '../model/tenant-context.ts'
import { DAY, type Seconds } from '../model/time.ts'
import type { Context } from '../stores/context.ts'
import type { Seen, TenantDomains } from './tenant-domains.ts'

/**
 * How long a domain has to be verified before mail to it stays inside. Whoever takes a tenant over can add a domain of his
 * own in minutes; in a week somebody will have read the message about it.
 */
export const SETTLED: Seconds = 7 * DAY

/**
 * Facts with what is known of the directory. `domains` decide alone where they were configured; else those that the
 * directory has verified do, once it was looked at.
 */
export function withContext(domains: TenantDomains, context: Context, configured: boolean): TenantDomains {
  const seen = lately(context)
  return {
    async facts(records) {
      const [facts, { verified, ...directory }] = await Promise.all([domains.facts(records), seen()])
      return { ...facts, ...(!configured && verified), ...directory }
    },
  }
}

interface Directory extends Seen {
  readonly verified: Pick<TenantFacts, 'domains' | 'domainsKnown' | 'isInternal'> | undefined
}

/** Read anew only after somebody has looked at the directory again: one request tells. */
function lately(context: Context): () => Promise<Directory> {
  let known: { readonly version: string; readonly directory: Directory } | undefined
  return async () => {
    const version = await context.version()
    if (known?.version !== version) known = { version, directory: await directoryOf(context) }
    return known.directory
  }
}

async function directoryOf(context: Context): Promise<Directory> {
  const verified = await context.read('domains')
  const people = await context.read('mailboxes')
  const mailboxes = present(people)
  const contacts = contactsOf(present(await context.read('contacts')), mailboxes, verified?.items)
  const rights = [...present(await context.read('app-roles')), ...present(await context.read('consents'))]
  const applications = applicationsOf(rights)
  return {
    verified: verified && verifiedFacts(verified),
    contact: name => contacts.get(name.toLowerCase()),
    application: id => applications.get(id.toLowerCase()),
    person: id => people?.items.get(id.toLowerCase())?.item.address,
  }
}

function present<T>(part: Snapshot<T> | undefined): T[] {
  const items = part?.items.values() ?? []
  return Array.from(items).flatMap(({ goneAt, item }) => (goneAt === undefined ? [item] : []))
}

/**
 * A domain is the tenant's own from a week after it was first seen, and from ever if it was there at the first look, until it is seen to
 * have gone. By the record's own time: judged late or again, a record is judged alike.
 */
export function verifiedFacts({ at: newest, items, since: first }: Snapshot<Domain>): Directory['verified'] {
  const isInternal = (domain: string, at: Seconds = newest) => {
    const held = items.get(domain)
    if (held === undefined || at >= (held.goneAt ?? Number.POSITIVE_INFINITY)) return false
    return held.since === first || at >= held.since + SETTLED
  }
  const domains = new Set([...items.keys()].filter(domain => isInternal(domain)))
  return { domains, domainsKnown: true, isInternal }
}

/** By address, name and alias. A name that a mailbox goes by as well says nothing: that colleague may be meant. */
function contactsOf(
  contacts: readonly ContextItems['contacts'][],
  mailboxes: readonly ContextItems['mailboxes'][],
  verified: Snapshot<Domain>['items'] = new Map(),
): ReadonlyMap<string, ContactSeen> {
  const taken = new Set(
    mailboxes.flatMap(({ address, name, upn }) =>
      [name, upn, address, upn?.split('@')[0], address?.split('@')[0]].map(one => one?.toLowerCase()),
    ),
  )
  const own = new Set([...verified.keys(), ...mailboxes.map(({ address }) => address?.split('@').at(-1))])
  const found = new Map<string, ContactSeen>()
  for (const { addresses, alias, name } of contacts) {
    const outside = addresses.find(address => !own.has(address.split('@').at(-1)))
    const seen = outside === undefined ? {} : { address: outside }
    for (const known of [...addresses, name?.toLowerCase(), alias])
      if (known !== undefined && !taken.has(known)) found.set(known, seen)
  }
  return found
}

/** By the application's id and by its principal's. */
function applicationsOf(rights: readonly MailRight[]): ReadonlyMap<string, MailApplication> {
  const byPrincipal = new Map<string, MailRight[]>()
  for (const right of rights) obtain(byPrincipal, right.app.objectId, () => []).push(right)
  const found = new Map<string, MailApplication>()
  for (const [objectId, held] of byPrincipal) {
    const [first] = held
    if (first === undefined) continue
    const application = {
      ...first.app,
      rights: held.map(({ permission, how }) => ({ permission, how })),
    }
    found.set(objectId, application).set(application.appId, application)
  }
  return found
}
