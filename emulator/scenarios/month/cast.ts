import { fraction, type Random } from '../../random.ts'
import { type Mailbox, OUTLOOK_IOS, OWA, type Principal } from '../../records/index.ts'
import { type Firm, makeFirm, type Person } from '../firm.ts'

/** Who plays what. Numbers are places in the firm's list of people; nobody here is the one takeover robs. */
const ROLES = {
  boss: 0,
  newClient: 3,
  newLaptop: 6,
  admin: 7,
  firstAway: 8,
  forwarder: 16,
  traveller: 18,
  assistant: 20,
  newPhone: 28,
  manager: 30,
  secondAway: 32,
  leaver: 34,
  consenter: 44,
} as const
const TEAM = [10, 11, 12, 13, 14, 15]

/** Everybody the month tells a story about. */
export type Cast = Readonly<Record<keyof typeof ROLES, Person>> & {
  /** Works in info@ and sales@ all day. */
  readonly team: readonly Person[]
  /** Comes in the second week and joins the team. */
  readonly joiner: Person
  readonly crm: Principal
  readonly backup: Principal
}

/** What the story is played on. */
export interface Stage {
  readonly random: Random
  readonly firm: Firm
  readonly cast: Cast
  /** In [0, 1), for ever the same for the same question. */
  luck(...question: readonly (string | number)[]): number
}

/** The quiet day's firm, with a sales mailbox, a backup, and one who will come. */
export function stageOf(seed: number, random: Random, tenantId: string): Stage {
  const plain = makeFirm(random.fork('firm'), tenantId)
  const own = random.fork('month/firm')
  const domain = plain.domains[0] ?? ''
  const mailbox = (name: string, local: string): Mailbox => ({
    name,
    upn: `${local}@${domain}`,
    mailboxGuid: own.guid(),
    sid: `S-1-5-21-1708537768-1500000017-725345543-${own.int(10 ** 6, 10 ** 7)}`,
    puid: `10032${own.hex(11).toUpperCase()}`,
  })
  const [info] = plain.sharedMailboxes
  const sales = mailbox('Birchwood sales', 'sales')
  const shared = info === undefined ? [sales] : [info, sales]
  const people = plain.people.map(person =>
    TEAM.includes(person.index) ? { ...person, delegateOf: shared } : person,
  )
  const joiner: Person = {
    ...mailbox('Noor Fairbank', 'noor.fairbank'),
    index: people.length,
    objectId: own.guid(),
    place: 'office',
    desktop: OWA,
    phone: OUTLOOK_IOS,
    delegateOf: shared,
  }
  const role = (index: number): Person => {
    const person = people[index]
    if (person === undefined) throw new Error(`The firm has no person number ${index}.`)
    return person
  }
  const [crmApp] = plain.serviceAccounts
  if (crmApp === undefined) throw new Error('The firm has no CRM.')
  const crm = { name: crmApp.name, appId: crmApp.appId, objectId: own.guid() }
  const backup = { name: 'Strongroom Backup', appId: own.guid(), objectId: own.guid() }
  const sharedMailboxes = [...plain.sharedMailboxes, sales]
  const firm: Firm = {
    ...plain,
    people,
    sharedMailboxes,
    serviceAccounts: [
      { ...crmApp, mailboxes: [...crmApp.mailboxes, sales.upn] },
      { appId: backup.appId, name: backup.name, mailboxes: people.map(({ upn }) => upn) },
    ],
  }
  const roles = Object.fromEntries(Object.entries(ROLES).map(([name, index]) => [name, role(index)])) as {
    [name in keyof typeof ROLES]: Person
  }
  const cast = { ...roles, team: TEAM.map(role), joiner, crm, backup }
  return { random, firm, cast, luck: (...question) => fraction(seed, ...question) }
}
