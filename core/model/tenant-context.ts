import type { Seconds } from './time.ts'

/** What the directory says of the tenant, part by part. Each is read by itself and takes a permission of its own. */
export const CONTEXT_PARTS = ['domains', 'mailboxes', 'contacts', 'app-roles', 'consents'] as const
export type ContextPart = (typeof CONTEXT_PARTS)[number]

/** Something as it was last seen, and since when it is there. */
export interface Held<T> {
  readonly item: T
  /** When it was first seen, or seen again after it had gone. */
  readonly since: Seconds
  /** First look at which it was there no more. */
  readonly goneAt?: Seconds
  /** It appeared after the first look, and neither has a record told of it nor have we. */
  readonly open?: true
}

/** One part as of its newest look. */
export interface Snapshot<T> {
  /** The first look. What was there then says nothing about when it came. */
  readonly since: Seconds
  /** The newest look. */
  readonly at: Seconds
  /** Row → what is held, also what has gone lately. */
  readonly items: ReadonlyMap<string, Held<T>>
}

export interface Domain {
  /** Lower-case, in its ASCII form. */
  readonly name: string
}

export interface Mailbox {
  readonly name?: string
  readonly upn?: string
  /** Primary address, lower-case. */
  readonly address?: string
}

/** A directory entry with addresses that stands for somebody elsewhere. */
export interface MailContact {
  readonly name?: string
  readonly alias?: string
  /** All that is visible, lower-case. Exchange shows where mail goes among them, mostly. */
  readonly addresses: readonly string[]
}

/** An application as this tenant knows it. The name is whatever its maker chose. */
export interface Principal {
  readonly objectId: string
  /** Lower-case, as the object id is. */
  readonly appId: string
  readonly name: string
  readonly publisher: Publisher
}

/** Entra assigns the owning tenant, so `microsoft` and `own` cannot be claimed; `unverified` is everybody else. */
export type Publisher = 'microsoft' | 'own' | 'verified' | 'unverified'

/** One right on mail of one application. */
export interface MailRight {
  readonly app: Principal
  /** As Microsoft writes it: `Mail.Read`. */
  readonly permission: string
  /** `app`: with no user present; `everybody`: in the name of whoever uses it; `people`: of some who consented. */
  readonly how: 'app' | 'everybody' | 'people'
  /** Of a right with no user present: what it opens. */
  readonly reach?: string
}

/** What a part holds. */
export interface ContextItems {
  domains: Domain
  mailboxes: Mailbox
  contacts: MailContact
  'app-roles': MailRight
  consents: MailRight
}

/** An application that holds rights on mail. */
export interface MailApplication extends Principal {
  readonly rights: readonly Pick<MailRight, 'permission' | 'how'>[]
}
