import type { Faults, RequestSubject } from '../faults.ts'
import { type Call, jsonReply, type Reply } from '../http.ts'
import type { Role } from '../options.ts'
import type { GraphPart } from './api.ts'
import type { Directory } from './directory.ts'
import { enterGraph, type GraphHost, pageOf } from './enter.ts'
import type { Mailboxes } from './mailboxes.ts'
import { accessDenied, badRequest, noMailbox, notFound, notPermitted } from './replies.ts'

const USERS = /^\/v1\.0\/users$/
const FOLDER = /^\/v1\.0\/users\/([^/]+)\/mailFolders\/([^/]+)(\/messageRules)?$/

/** Granted one app for one mailbox. */
const QUOTA = { requests: 10_000, perMs: 600_000 }

/** The list of users, inbox rules and mail folders of one tenant. */
export function makeRulesApi(
  deps: GraphHost & {
    faults: Faults
    mailboxes: Mailboxes
    /** What the directory knows of the same users, besides. */
    directory(): Directory
    base(): string
    foreignBase(): string
  },
): GraphPart {
  const { faults, mailboxes, settings } = deps
  const links = new Map<string, number>()
  const arrivals = new Map<string, number[]>()

  function isOverQuota(mailbox: string): boolean {
    const since = settings.clock.now() - QUOTA.perMs
    const lately = (arrivals.get(mailbox) ?? []).filter(at => at > since)
    arrivals.set(mailbox, [...lately, settings.clock.now()])
    return lately.length >= QUOTA.requests
  }

  function page(call: Call, all: readonly unknown[], subject: RequestSubject, most: number): Reply {
    const token = call.query.get('$skiptoken')
    const skip = token === undefined ? 0 : links.get(call.target)
    if (skip === undefined) return badRequest('Skip token is null or expired.')
    const end = skip + most
    const next = faults.strike(subject, 'endless-pages') ? skip : end < all.length ? end : undefined
    return jsonReply(200, {
      '@odata.context': `${deps.base()}/v1.0/$metadata#${subject.kind}`,
      ...(next === undefined ? {} : { '@odata.nextLink': linkTo(call, next, subject) }),
      value: all.slice(skip, end),
    })
  }

  function linkTo(call: Call, next: number, subject: RequestSubject): string {
    const bare = call.target.replace(/[?&]\$skiptoken=.*$/, '')
    const target = `${bare}${bare.includes('?') ? '&' : '?'}$skiptoken=RFN_${next}==`
    links.set(target, next)
    return (faults.strike(subject, 'foreign-next-page') ? deps.foreignBase() : deps.base()) + target
  }

  function users(call: Call, subject: RequestSubject): Reply {
    const top = Number(call.query.get('$top') ?? 100)
    if (!Number.isInteger(top) || top < 1 || top > 999) return badRequest('Invalid page size specified.')
    const selected = call.query.get('$select')?.split(',')
    const shown = mailboxes.users().map(({ id, userPrincipalName, mail = userPrincipalName }) => {
      const known = deps.directory().users.find(user => user.userPrincipalName === userPrincipalName)
      const all = { displayName: null, jobTitle: null, ...known, id, userPrincipalName, mail }
      return selected
        ? Object.fromEntries(Object.entries(all).filter(([name]) => selected.includes(name)))
        : all
    })
    return page(call, shown, subject, Math.min(top, settings.graphPageSize))
  }

  function inMailbox(
    call: Call,
    subject: RequestSubject,
    name: string,
    folder: string,
    rules: boolean,
  ): Reply {
    const user = mailboxes.user(name)
    if (user === undefined) return notFound(name)
    if (user.mailbox === 'none') return noMailbox()
    if (rules) return page(call, mailboxes.rules(user), subject, settings.graphPageSize)
    const found = mailboxes.folders(user).find(({ id, wellKnown }) => id === folder || wellKnown === folder)
    return found === undefined
      ? notFound(folder)
      : jsonReply(200, { id: found.id, displayName: found.displayName })
  }

  function handle(call: Call): Reply {
    const [, user = '', folder = '', rules] = FOLDER.exec(call.path) ?? []
    const isList = USERS.test(call.path)
    if ((!isList && user === '') || call.method !== 'GET' || settings.graph === 'absent')
      return notFound(call.path.split('/').at(-1) ?? '')
    const kind = isList ? 'users' : rules ? 'messageRules' : 'mailFolders'
    const role: Role = isList ? 'User.ReadBasic.All' : rules ? 'MailboxSettings.Read' : 'Mail.ReadBasic.All'
    const subject = pageOf(kind, call)
    return enterGraph(deps, call, {
      subject,
      overQuota: isOverQuota(user),
      refuse(roles) {
        if (roles.includes(role) || (isList && roles.includes('Directory.Read.All'))) return undefined
        return isList ? notPermitted() : accessDenied()
      },
      answer: () =>
        isList
          ? users(call, subject)
          : inMailbox(
              call,
              subject,
              decodeURIComponent(user),
              decodeURIComponent(folder),
              rules !== undefined,
            ),
    })
  }

  const claims = (path: string) => FOLDER.test(path) || (USERS.test(path) && mailboxes.users().length > 0)
  return { claims, handle }
}
