import type { Finding } from '../../model/finding.ts'
import type { MailRoute } from './graph-requests.ts'
import { fromAddresses, many, names } from './words.ts'

/** What an application did, after its name; the first part alone is short enough for a headline. */
const DEEDS: Readonly<Record<MailRoute | 'rules' | 'settings', string>> = {
  search: 'searched the mail',
  subscription: 'subscribed to be told of changes, while it may read mail',
  delta: 'followed all changes to the mail',
  content: 'fetched whole messages or attachments',
  pages: 'fetched pages of a hundred messages',
  batch: 'sent requests in bundles, while it may read mail',
  rules: 'changed inbox rules',
  settings: 'changed mailbox settings',
}

export function deedOf(name: string | undefined): string {
  return Object.entries(DEEDS).find(([deed]) => deed === name)?.[1] ?? 'reached mail'
}

/** Who asked, at the head of a sentence: `the application <id>, by itself,` or `…, in the name of user <id>,`. */
export function callerWords(app: string, { actor, actors }: Pick<Finding, 'actor' | 'actors'>): string {
  const people = [...new Set([actor, ...actors])].filter(one => !one.startsWith('app:'))
  const whose = people.length === 1 ? 'user' : `${people.length} users:`
  return `the application ${app}, ${people.length === 0 ? 'by itself' : `in the name of ${whose} ${names(people)}`},`
}

/** ` of their own mailbox`, ` of the mailbox <name>`, ` of 5 mailboxes (…)`; nothing where none is known. */
export function ofMailboxes({ actor, mailboxes }: Pick<Finding, 'actor' | 'mailboxes'>): string {
  const [only, second] = mailboxes
  if (only === undefined) return ''
  if (second !== undefined)
    return ` of ${many(mailboxes.length, 'mailbox', 'mailboxes')} (${names(mailboxes)})`
  return only === actor ? ' of their own mailbox' : ` of the mailbox ${only}`
}

/** ` from 192.0.2.1, with curl/8.5.0` */
export function fromWith(finding: Finding): string {
  return fromAddresses(finding) + (finding.clients.length === 0 ? '' : `, with ${names(finding.clients, 2)}`)
}
