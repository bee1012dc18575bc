import type { Graph } from '../../feeds/graph/transport.ts'
import type { Mailbox, MailContact } from '../../model/tenant-context.ts'
import { DAY } from '../../model/time.ts'
import { list, lower, text } from '../../model/values.ts'
import { bounded, entriesOf, guid, notEmpty, type Part, TOP } from './part.ts'

/** Longer is no address; RFC 5321 allows 254 characters. */
const isAddress = (value: string | undefined): value is string =>
  value?.includes('@') === true && value.length <= 254

/** Members of the directory with a mail address. Guests have theirs elsewhere. */
export function mailboxes(graph: Graph): Part<'mailboxes'> {
  const what = 'mailboxes'
  const subject = {
    what: 'the list of users',
    permission: 'User.ReadBasic.All',
    adds: 'which shows which mailboxes there are, also those that nothing is heard of',
  }
  return {
    part: 'mailboxes',
    what,
    every: DAY,
    async read(signal) {
      const found = new Map<string, Mailbox>()
      const query = { path: '/users', select: 'id,displayName,userPrincipalName,mail', top: TOP, subject }
      for await (const { id, displayName, mail, userPrincipalName } of entriesOf(graph, query, signal)) {
        const [row, name, upn, address] = [
          lower(id),
          text(displayName),
          lower(userPrincipalName),
          lower(mail),
        ]
        if (row === undefined || !isAddress(address) || upn?.includes('#ext#')) continue
        found.set(row, {
          ...(name !== undefined && { name: bounded(name) }),
          ...(upn !== undefined && { upn: upn.slice(0, 254) }),
          address,
        })
      }
      return notEmpty(found, what)
    },
    wants: ({ operation }) => (USERS.has(operation) ? 'users' : undefined),
  }
}

const USERS = new Set(['Add user', 'Delete user', 'Restore user'])

/** Entries of the directory that stand for people elsewhere. */
export function contacts(graph: Graph): Part<'contacts'> {
  const subject = {
    what: 'mail contacts',
    permission: 'OrgContact.Read.All',
    adds: 'which shows where mail goes that is forwarded to a contact of your own directory',
  }
  return {
    part: 'contacts',
    what: 'mail contacts',
    every: DAY,
    async read(signal) {
      const found = new Map<string, MailContact>()
      const query = {
        path: '/contacts',
        select: 'id,displayName,mail,mailNickname,proxyAddresses',
        top: TOP,
        subject,
      }
      for await (const { id, displayName, mail, mailNickname, proxyAddresses } of entriesOf(
        graph,
        query,
        signal,
      )) {
        const [row, name, alias] = [guid(id), text(displayName), lower(mailNickname)]
        if (row === undefined) continue
        const proxies = list(proxyAddresses).map(one => lower(one)?.replace(/^smtp:/, ''))
        found.set(row, {
          ...(name !== undefined && { name: bounded(name) }),
          ...(alias !== undefined && { alias: bounded(alias) }),
          addresses: [...new Set([lower(mail), ...proxies].filter(isAddress))].sort().slice(0, 20),
        })
      }
      return found
    },
    wants: ({ operation }) => (/-MailContact$/.test(operation) ? 'contacts' : undefined),
  }
}
