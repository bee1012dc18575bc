import type { Random } from '../random.ts'
import {
  type Client,
  type Mailbox,
  OUTLOOK_ANDROID,
  OUTLOOK_CLASSIC,
  OUTLOOK_IOS,
  OWA,
} from '../records/index.ts'

export interface Person extends Mailbox {
  readonly index: number
  readonly objectId: string
  readonly place: 'office' | 'home'
  /** At the desk: classic Outlook or Outlook on the web. */
  readonly desktop: Client
  readonly phone: Client | undefined
  /** Shared mailboxes, or a director's, that this person works in. */
  readonly delegateOf: readonly Mailbox[]
}

export interface ServiceAccount {
  readonly appId: string
  readonly name: string
  readonly mailboxes: readonly string[]
}

/** The facts of the tenant: what a directory would say about it. */
export interface Firm {
  readonly tenantId: string
  /** What its people call it. */
  readonly name: string
  readonly organizationName: string
  readonly domains: readonly string[]
  readonly officeNetwork: string
  readonly people: readonly Person[]
  readonly sharedMailboxes: readonly Mailbox[]
  readonly serviceAccounts: readonly ServiceAccount[]
}

const FIRST = 'Amara Ben Chloe Dev Elin Farid Grace Hugo Imani Jonas'.split(' ')
const LAST = 'Ashdown Brightwell Castellan Dunmore Ellery'.split(' ')
const SHARED = ['info', 'accounts', 'orders', 'careers']
const DOMAIN = 'birchwood.example'

/** Fifty people of Birchwood, an invented joinery: one office, and nine who work from home. */
export function makeFirm(random: Random, tenantId: string): Firm {
  const mailbox = (name: string, local: string): Mailbox => ({
    name,
    upn: `${local}@${DOMAIN}`,
    mailboxGuid: random.guid(),
    sid: `S-1-5-21-1708537768-${random.int(10 ** 9, 2 * 10 ** 9)}-725345543-${random.int(10 ** 6, 10 ** 7)}`,
    puid: `10032${random.hex(11).toUpperCase()}`,
  })
  const shared = SHARED.map(local => mailbox(`Birchwood ${local}`, local))
  const names = LAST.flatMap(last => FIRST.map(first => [first, last] as const))
  const mailboxes = names.map(([first, last]) =>
    mailbox(`${first} ${last}`, `${first}.${last}`.toLowerCase()),
  )
  const people = mailboxes.map((own, index): Person => {
    const phone = [OUTLOOK_IOS, undefined, OUTLOOK_ANDROID, undefined][index % 4]
    return {
      ...own,
      index,
      objectId: random.guid(),
      place: index > 21 && index % 3 === 0 ? 'home' : 'office',
      desktop: index % 5 < 3 ? OUTLOOK_CLASSIC : OWA,
      phone,
      delegateOf: delegations(index, shared, mailboxes),
    }
  })
  return {
    tenantId,
    name: 'Birchwood Ltd',
    organizationName: 'birchwood.onmicrosoft.example',
    domains: [DOMAIN, 'birchwood-studio.example', 'birchwood.onmicrosoft.example'],
    officeNetwork: '192.0.2.0/24',
    people,
    sharedMailboxes: shared,
    serviceAccounts: [
      {
        appId: random.guid(),
        name: 'Larder CRM',
        mailboxes: shared.slice(1, 3).map(({ upn }) => upn),
      },
    ],
  }
}

/** Eight people look after shared mailboxes, two at a time at most; two assistants read for a director. */
function delegations(index: number, shared: readonly Mailbox[], all: readonly Mailbox[]): Mailbox[] {
  if (index >= 10 && index < 18) return shared.slice((index - 10) % 4, ((index - 10) % 4) + 2)
  if (index === 20 || index === 21) return all.slice(index - 20, index - 19)
  return []
}
