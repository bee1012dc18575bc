import { HOUR, MINUTE, SECOND } from '../clock.ts'
import {
  APPS,
  bind,
  exchangeWebServices,
  graphApplication,
  INBOX,
  newInboxRule,
  SENT,
  signIn,
} from '../records/index.ts'
import { type Day, newMessage } from './day.ts'
import { deliver } from './delivery.ts'
import type { Person } from './firm.ts'
import { INTRUDER_IPS } from './networks.ts'
import { background, dayOf } from './quiet-day.ts'
import {
  type Expectation,
  happens,
  type Occurrence,
  type Scenario,
  type ScenarioOptions,
} from './scenario.ts'

export const STOLEN_MESSAGES = 1284
const STOLEN_MAILBOXES = 14
const DROP = 'ledger.copies@postfast.example'

/** The same day, and a thief in it. */
export function takeover(options: ScenarioOptions = {}): Scenario {
  const day = dayOf(options)
  const { occurrences, expected } = attackOn(day)
  return {
    name: 'takeover',
    about:
      'The quiet day with a stolen mailbox in it: 1,284 messages read by a script, a forwarding rule named ".", ' +
      'and the CRM’s credentials used on 14 mailboxes it never touched.',
    tenant: day.firm,
    timeline: deliver(day.random.fork('delivery'), day.midnight, [...background(day), ...occurrences]),
    expected,
  }
}

/** What the thief does on any day, apart from it. */
export function attackOn(day: Day): { occurrences: Occurrence[]; expected: Expectation[] } {
  const { victim, spread } = cast(day)
  const [app] = day.firm.serviceAccounts
  if (!victim || !app) throw new Error('The firm has no one to rob.')
  const mine = (detection: Expectation['detection']): Expectation => ({
    detection,
    actor: victim.upn,
    mailboxes: [victim.upn],
  })
  return {
    occurrences: [
      entry(day, victim),
      ...bulkRead(day, victim),
      forwardingRule(day, victim),
      ...spreading(day, app.appId, spread),
    ],
    expected: [
      mine('bulk-mail-read'),
      mine('many-networks'),
      mine('suspicious-client'),
      mine('inbox-rule-forwarding'),
      mine('hiding-rule'),
      mine('suspicious-rule-name'),
      { detection: 'cross-mailbox-access', actor: app.appId, mailboxes: spread.map(({ upn }) => upn) },
    ],
  }
}

/** The victim works in the office with classic Outlook; the app goes for others, none of them its own. */
function cast(day: Day): { victim: Person | undefined; spread: readonly Person[] } {
  const [victim] = day.firm.people.slice(26)
  const others = day.firm.people.filter(person => person !== victim)
  return { victim, spread: day.random.fork('cast').sample(others, STOLEN_MAILBOXES) }
}

const at = (day: Day, hours: number, minutes: number) => day.midnight + hours * HOUR + minutes * MINUTE

/** 08:55, from a network this firm never saw. */
function entry(day: Day, victim: Person): Occurrence {
  const kit = day.kit('takeover/entry')
  return happens(
    'Audit.AzureActiveDirectory',
    signIn(kit, {
      at: at(day, 8, 55),
      person: victim,
      ip: INTRUDER_IPS[0],
      applicationId: APPS.office,
      userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
      os: 'Linux',
      browser: 'Firefox',
      session: kit.random.guid(),
    }),
  )
}

/** 09:02 to 09:41: a record a minute, each from the next address, all in one session. */
function bulkRead(day: Day, victim: Person): Occurrence[] {
  const kit = day.kit('takeover/read')
  const session = kit.random.guid()
  const client = exchangeWebServices('python-requests/2.32.3', APPS.office)
  const messages = Array.from({ length: STOLEN_MESSAGES }, () => newMessage(kit))
  const steps = 40
  const until = (step: number) => Math.round((step * messages.length) / steps)
  return Array.from({ length: steps }, (_, i) => {
    const read = messages.slice(until(i), until(i + 1))
    const some = Math.floor(read.length / 4)
    const folders = [
      { folder: INBOX, messages: read.slice(some) },
      { folder: SENT, messages: read.slice(0, some) },
    ]
    const ip = INTRUDER_IPS[i % INTRUDER_IPS.length] ?? INTRUDER_IPS[0]
    const when = at(day, 9, 2) + i * MINUTE - (i ? kit.random.int(0, 20) * SECOND : 0)
    return happens('Audit.Exchange', bind(kit, { at: when, mailbox: victim, client, ip, session, folders }))
  })
}

/** 14:07: a rule named "." sends every message about money out and deletes it. */
function forwardingRule(day: Day, victim: Person): Occurrence {
  const kit = day.kit('takeover/rule')
  const record = newInboxRule(kit, {
    at: at(day, 14, 7),
    mailbox: victim,
    ip: INTRUDER_IPS[1],
    session: kit.random.guid(),
    rule: {
      Name: '.',
      SubjectOrBodyContainsWords: 'invoice;payment;bank details;IBAN;remittance',
      ForwardTo: DROP,
      DeleteMessage: 'True',
      StopProcessingRules: 'True',
    },
  })
  return happens('Audit.Exchange', record)
}

/** 15:00 to 15:40: the CRM's own credentials, in mailboxes of people. Few messages each; it is looking around. */
function spreading(day: Day, appId: string, mailboxes: readonly Person[]): Occurrence[] {
  const kit = day.kit('takeover/spread')
  return mailboxes.map((mailbox, i) => {
    const messages = Array.from({ length: kit.random.int(4, 8) }, () => newMessage(kit))
    return happens(
      'Audit.Exchange',
      bind(kit, {
        at: at(day, 15, 0) + Math.floor((i * 40 * 60) / (mailboxes.length - 1)) * SECOND,
        mailbox,
        reader: { kind: 'app', appId },
        client: graphApplication(appId),
        ip: day.serviceIp(9),
        folders: [{ folder: INBOX, messages }],
      }),
    )
  })
}
