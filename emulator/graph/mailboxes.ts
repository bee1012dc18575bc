import type { Clock } from '../clock.ts'
import { fraction } from '../random.ts'

/** A user of the tenant. */
export interface GraphUser {
  readonly id: string
  readonly userPrincipalName: string
  readonly mail?: string | null
  /** Without a licence there is no mailbox to open; `on-premises` and guests are answered alike. */
  readonly mailbox?: 'cloud' | 'none'
}

/** A rule as Graph writes it, and from when on it is there: tenant clock, milliseconds; now unless told. */
export interface PlantedRule {
  readonly mailbox: string
  readonly rule: Readonly<Record<string, unknown>> & { readonly displayName: string }
  readonly from?: number
}

export interface Folder {
  readonly id: string
  readonly displayName: string
  readonly wellKnown?: string
}

export interface Mailboxes {
  addUsers(users: readonly GraphUser[]): void
  /** A rule of the same name takes the place of the earlier one from its time on. */
  plant(planted: PlantedRule): void
  /** From `at` on the rule is gone. */
  takeAway(mailbox: string, displayName: string, at?: number): void
  users(): readonly GraphUser[]
  /** By id or UPN, in any case. */
  user(name: string): GraphUser | undefined
  rules(user: GraphUser): Readonly<Record<string, unknown>>[]
  folders(user: GraphUser): readonly Folder[]
}

/** Deleted Items, as every mailbox made in the cloud numbers it; the others have ids of their own. */
const FOLDERS = [
  ['deleteditems', 'Gelöschte Elemente', 'AAAAAAEKAAA='],
  ['inbox', 'Posteingang', 'AAAAAAEMAAA='],
  ['junkemail', 'Junk-E-Mail', undefined],
  ['archive', 'Archiv', undefined],
  ['conversationhistory', 'Aufgezeichnete Unterhaltungen', undefined],
  [undefined, 'Suppliers', undefined],
  [undefined, 'RSS Feeds', undefined],
] as const

export function makeMailboxes(clock: Clock): Mailboxes {
  const people = new Map<string, GraphUser>()
  const planted: (Omit<PlantedRule, 'rule'> & {
    readonly name: string
    readonly rule?: PlantedRule['rule']
  })[] = []

  const user = (name: string) => {
    const wanted = name.toLowerCase()
    return [...people.values()].find(
      ({ id, userPrincipalName: upn }) => id === wanted || upn.toLowerCase() === wanted,
    )
  }

  return {
    addUsers: users => {
      for (const one of users) people.set(one.id, one)
    },
    plant: one => void planted.push({ from: clock.now(), ...one, name: one.rule.displayName }),
    takeAway: (mailbox, name, from = clock.now()) => void planted.push({ mailbox, name, from }),
    users: () => [...people.values()],
    user,
    rules: ({ userPrincipalName }) => {
      const now = new Map<string, PlantedRule['rule'] | undefined>()
      const due = planted
        .filter(({ mailbox, from = 0 }) => mailbox === userPrincipalName && from <= clock.now())
        .sort((a, b) => (a.from ?? 0) - (b.from ?? 0))
      for (const { name, rule } of due) now.set(name, rule)
      return [...now.values()].flatMap((rule, i) =>
        rule === undefined
          ? []
          : [
              {
                id: Buffer.from(`${userPrincipalName}/${rule.displayName}`).toString('base64url'),
                sequence: i + 1,
                isEnabled: true,
                hasError: false,
                isReadOnly: false,
                conditions: null,
                exceptions: null,
                ...rule,
              },
            ],
      )
    },
    folders: ({ id }) =>
      FOLDERS.map(([wellKnown, displayName, ending]) => ({
        id: folderIdOf(id, displayName, ending),
        displayName,
        ...(wellKnown && { wellKnown }),
      })),
  }
}

/** The id under which Graph knows a folder of a user. */
export function folderIdOf(user: string, displayName: string, ending?: string): string {
  const known = ending ?? FOLDERS.find(([, name]) => name === displayName)?.[2]
  const body = Buffer.from(`${user}/${known === undefined ? displayName : ''}`.padEnd(75, '.')).toString(
    'base64url',
  )
  return `AAMk${body.slice(0, 84)}${known ?? `${Math.floor(fraction(user, displayName) * 1e8)}AAA=`}`
}
