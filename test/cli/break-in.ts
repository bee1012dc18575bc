import {
  type ContentType,
  DEFAULT_TENANT_ID,
  MINUTE,
  makeRandom,
  records,
  type Tenant,
} from '../../emulator/index.ts'
import { newMessage } from '../../emulator/scenarios/day.ts'

export const DOMAIN = 'birchwood.example'
/** Where a rule sends mail. */
const DROP = 'ledger.copies@postfast.example'
export const CRM = '22be3aec-8f47-441f-b453-da4f2623f59e'

export type Blob = readonly [ContentType, readonly object[]]

/**
 * What happened at Birchwood in the hour after `from` (milliseconds), in seven blobs: Amara's mail is sent outside,
 * Ben's is read by a script, and an application goes through 12 mailboxes, half of them in one blob and half in
 * another. Some records come twice, and the rest is nothing special.
 */
export function breakIn(from: number): Blob[] {
  const kit = makeKit('break-in')
  const [amara, ben, ...others] = 'amara ben chloe dev elin farid grace hugo imani jonas karim lena mira noor'
    .split(' ')
    .map(name => makePerson(kit, name))
  if (amara === undefined || ben === undefined) throw new Error('Nobody works at Birchwood.')

  const rule = records.newInboxRule(kit, {
    at: from + 20 * MINUTE,
    mailbox: amara,
    ip: '198.51.100.23',
    rule: { Name: '.', ForwardTo: DROP, DeleteMessage: 'True' },
  })
  const read = (mailbox: typeof amara, minute: number, more: Pick<records.Access, 'reader' | 'client'>) =>
    records.bind(kit, {
      at: from + minute * MINUTE,
      mailbox,
      ip: '203.0.113.14',
      ...more,
      folders: [{ folder: records.INBOX, messages: [newMessage(kit), newMessage(kit)] }],
    })
  const visits = others.map((mailbox, i) =>
    read(mailbox, 3 * i, { reader: { kind: 'app', appId: CRM }, client: records.graphApplication(CRM) }),
  )
  const script = records.exchangeWebServices('python-requests/2.32.3', records.APPS.office)
  const own = others.map((mailbox, i) => read(mailbox, 4 * i, { client: records.OWA }))
  const logons = others.map((one, i) =>
    records.signIn(kit, {
      at: from + i * MINUTE,
      person: one,
      ip: '192.0.2.10',
      applicationId: records.APPS.office,
      userAgent: 'Mozilla/5.0',
      os: 'Windows10',
      browser: 'Edge',
      session: kit.random.guid(),
    }),
  )
  const unheardOf = { Id: kit.random.guid(), Operation: 'UnheardOf', CreationTime: rule.CreationTime }
  return [
    ['Audit.Exchange', [...visits.slice(0, 6), ...own.slice(0, 6)]],
    ['Audit.Exchange', [rule, ...own.slice(4)]],
    ['Audit.Exchange', [...visits.slice(6), rule]],
    ['Audit.Exchange', [read(ben, 30, { client: script }), read(ben, 31, { client: script })]],
    ['Audit.Exchange', []],
    ['Audit.AzureActiveDirectory', logons],
    ['Audit.General', [unheardOf]],
  ]
}

/** Ben's mail is opened 240 times in as many turns of five seconds, from `from` (milliseconds) on. */
export function busyHour(from: number): records.BindRecord[] {
  const kit = makeKit('busy hour')
  const mailbox = makePerson(kit, 'ben')
  return Array.from({ length: 240 }, (_, i) =>
    records.bind(kit, {
      at: from + i * 5_000,
      mailbox,
      ip: '192.0.2.10',
      client: records.OWA,
      folders: [{ folder: records.INBOX, messages: [newMessage(kit)] }],
    }),
  )
}

export function makeKit(seed: string): records.RecordKit {
  return {
    random: makeRandom(seed),
    organizationId: DEFAULT_TENANT_ID,
    organizationName: 'birchwood.onmicrosoft.example',
  }
}

export function makePerson({ random }: records.RecordKit, name: string) {
  return {
    upn: `${name}@${DOMAIN}`,
    name,
    mailboxGuid: random.guid(),
    sid: `S-1-5-21-1-2-3-${random.int(1000, 9999)}`,
    puid: `10032${random.hex(11).toUpperCase()}`,
    objectId: random.guid(),
  }
}

/** How many distinct records, and how many more lines. */
export function counts(blobs: readonly Blob[]): { records: number; duplicates: number } {
  const ids = blobs.flatMap(([, all]) => all.map(one => ('Id' in one ? one.Id : one)))
  const distinct = new Set(ids).size
  return { records: distinct, duplicates: ids.length - distinct }
}

/** Puts the blobs where the next listing finds them, delivered at `at` (milliseconds). */
export function publish(tenant: Tenant, blobs: readonly Blob[], at: number): void {
  for (const [contentType, all] of blobs) tenant.publish(contentType, all, { at })
}
