import type { Person } from '../firm.ts'
import { WHEN } from './calendar.ts'
import type { Month } from './month.ts'

/** What really went on, for whoever judges a judge. Days are numbers from 0. */
export interface Truth {
  readonly people: readonly TruePerson[]
  readonly events: readonly { readonly n: number; readonly who: string; readonly what: string }[]
}

export interface TruePerson {
  readonly upn: string
  readonly objectId: string
  /** Mailboxes of others that are worked in. */
  readonly worksIn: readonly string[]
  readonly devices: readonly {
    readonly id: string
    readonly kind: string
    readonly client: string
    readonly since: number
  }[]
}

export function truthOf(month: Month): Truth {
  const { cast, firm } = month
  const on = (n: number, { upn }: Pick<Person, 'upn'>, what: string) => ({ n, who: upn, what })
  return {
    people: [...firm.people, cast.joiner].map(person => ({
      upn: person.upn,
      objectId: person.objectId,
      worksIn: person.delegateOf.map(({ upn }) => upn),
      devices: month.devices(person).map(({ id, kind, client, since }) => ({
        id,
        kind,
        client: client.ClientInfoString,
        since,
      })),
    })),
    events: [
      on(WHEN.crmConsent, cast.admin, 'lets the CRM’s add-in into everybody’s mail'),
      on(WHEN.accountMade, cast.joiner, 'gets an account, a licence and a mailbox'),
      on(WHEN.joins, cast.joiner, 'begins, with a laptop and a phone'),
      on(WHEN.joins, cast.admin, 'gives the new colleague rights on info@ and sales@'),
      on(WHEN.firstAway[0], cast.firstAway, 'is away for a week'),
      on(WHEN.secondAway[0], cast.secondAway, 'is away for a week'),
      on(WHEN.forwards, cast.forwarder, 'forwards orders inside the firm'),
      on(WHEN.trip[0], cast.traveller, 'travels for three days'),
      on(WHEN.newClient, cast.newClient, 'changes to the new Outlook'),
      on(WHEN.newPhone, cast.newPhone, 'gets a new phone'),
      on(WHEN.consent, cast.consenter, 'lets a harmless application in'),
      on(WHEN.list, cast.admin, 'makes a distribution list and changes licences'),
      on(WHEN.passwords, cast.admin, 'resets two passwords'),
      on(WHEN.disclaimer, cast.admin, 'edits the disclaimer under outgoing mail'),
      on(WHEN.newLaptop, cast.newLaptop, 'gets a new laptop'),
      on(WHEN.search, cast.admin, 'searches one mailbox for a lost mail'),
      on(WHEN.teamRights, cast.admin, 'changes the team’s rights on orders@'),
      on(WHEN.leaves, cast.leaver, 'has left'),
      on(WHEN.leaves, cast.admin, 'blocks who left, and gives the manager the mailbox'),
    ],
  }
}
