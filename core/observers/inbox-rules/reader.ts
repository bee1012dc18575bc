import type { Graph, GraphQuery } from '../../feeds/graph/transport.ts'
import { FeedError } from '../../model/errors.ts'
import { isObject, lower, text } from '../../model/values.ts'

export interface User {
  /** Lower-case UPN. */
  readonly mailbox: string
  /** What Graph is asked with: the user's id, else the UPN. */
  readonly user: string
}

const RULES = { what: 'inbox rules', permission: 'MailboxSettings.Read' }
const USERS = { what: 'the list of users', permission: 'User.ReadBasic.All' }
const FOLDERS = { what: 'folder names', permission: 'Mail.ReadBasic.All' }

/** A hundred thousand users; no tenant this is made for comes near, nor any mailbox. */
const MAX_PAGES = 100

/** Everybody who may have a mailbox, in order of name. Guests have theirs elsewhere. */
export async function usersWithMail(graph: Graph, signal: AbortSignal): Promise<User[]> {
  const query: GraphQuery = {
    family: 'directory',
    version: 'v1.0',
    path: '/users',
    select: 'id,userPrincipalName,mail',
    top: 999,
    subject: USERS,
  }
  const users = new Map<string, User>()
  for (const entry of await pagesOf(graph, query, signal)) {
    if (!isObject(entry) || text(entry.mail) === undefined) continue
    const [mailbox, user] = [lower(entry.userPrincipalName), lower(entry.id)]
    if (mailbox === undefined || user === undefined || !mailbox.includes('@') || mailbox.includes('#ext#'))
      continue
    users.set(mailbox, { mailbox, user })
  }
  return [...users.values()].sort((a, b) => (a.mailbox < b.mailbox ? -1 : 1))
}

/** The rules of a mailbox as Graph writes them; `undefined` where there is no mailbox that Graph can open. */
export async function rulesOf(
  graph: Graph,
  user: string,
  signal: AbortSignal,
): Promise<unknown[] | undefined> {
  try {
    return await pagesOf(graph, ask(user, '/inbox/messageRules', RULES), signal)
  } catch (error) {
    // 404 MailboxNotEnabledForRESTAPI, ErrorInvalidUser, Request_ResourceNotFound.
    if (error instanceof FeedError && error.code === 'not-in-cloud') return undefined
    throw error
  }
}

/** One folder, by id or well-known name. */
export async function folderOf(graph: Graph, user: string, folder: string, signal: AbortSignal) {
  const query = { ...ask(user, `/${encodeURIComponent(folder)}`, FOLDERS), select: 'id,displayName' }
  const { id, displayName } = await graph.object(query, { signal, retries: 1 })
  return { id: text(id), name: text(displayName) }
}

function ask(user: string, path: string, subject: GraphQuery['subject']): GraphQuery {
  const mailFolders = `/users/${encodeURIComponent(user)}/mailFolders`
  return { family: 'mailbox', version: 'v1.0', path: mailFolders + path, subject }
}

async function pagesOf(graph: Graph, query: GraphQuery, signal: AbortSignal): Promise<unknown[]> {
  const all: unknown[] = []
  let { entries, next } = await graph.page(query, { signal })
  for (let pages = 1; ; pages++) {
    all.push(...entries)
    if (next === undefined) return all
    if (pages >= MAX_PAGES)
      throw new FeedError('page-rejected', `The pages of ${query.subject.what} run in a circle.`)
    const page = await graph.follow(next, query, { signal })
    entries = page.entries
    next = page.next
  }
}
