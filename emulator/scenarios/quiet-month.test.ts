import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { DAY, HOUR } from '../clock.ts'
import { networkOf } from './networks.ts'
import { quietMonth } from './quiet-month.ts'
import type { Occurrence } from './scenario.ts'
import { isRead, messageIds, owner, type WireRecord } from './test-readings.ts'

const month = quietMonth()
const all = [...month.occurrences()].map(({ at, record }) => ({
  at,
  availableAt: at,
  n: Math.floor((at - month.firstDay) / DAY),
  record: record as unknown as Wire,
}))
type Seen = (typeof all)[number]

interface Wire extends WireRecord {
  readonly DeviceId?: string
  readonly ActorIpAddress?: string
  readonly DeviceProperties?: readonly { readonly Name: string; readonly Value?: string }[]
  readonly ExtendedProperties?: readonly { readonly Name: string; readonly Value?: string }[]
  readonly ModifiedProperties?: readonly { readonly Name: string; readonly NewValue: string }[]
  readonly Target?: readonly { readonly ID: string }[]
}

const reads = all.filter(({ record }) => isRead(record))
const people = new Map(month.truth.people.map(person => [person.upn, person]))
const of = (operation: string) => all.filter(({ record }) => record.Operation === operation)
const client = (text: string) => reads.filter(({ record }) => record.ClientInfoString?.includes(text))
const kind = (seen: Seen, name: string) =>
  seen.record.OperationProperties?.find(property => property.Name === name)?.Value
const parameter = ({ record }: Seen, name: string) =>
  record.Parameters?.find(property => property.Name === name)?.Value
const addressOf = ({ record }: Seen) =>
  (record.ClientIPAddress ?? record.ClientIP ?? '').replace(/^\[?([^\]]*?)\]?(:\d{5})?$/, '$1')
const who = (what: string) => month.truth.events.find(event => event.what.includes(what))
const days = (seen: readonly Seen[]) => new Set(seen.map(({ n }) => n))
const appReads = (name: string) => {
  const id = month.declared.trustedApps.find(app => app.name === name)?.appId
  return reads.filter(({ record }) => record.UserType === 5 && record.UserKey === id)
}
const perDay = (seen: readonly Seen[]) =>
  Array.from({ length: month.days }, (_, n) => seen.filter(one => one.n === n).flatMap(messageIds).length)
const isWorkday = (n: number) => ![0, 6].includes(new Date(month.firstDay + n * DAY).getUTCDay())
const byPeople = reads.filter(({ record }) => record.UserType === 0 && people.has(record.UserId))

describe('a quiet month', () => {
  test('has 3,000 to 7,000 records on a working day, few on other days, less than 200,000 in all', () => {
    const counts = Array.from({ length: month.days }, (_, n) => all.filter(seen => seen.n === n).length)
    for (const [n, count] of counts.entries()) {
      expect(count).toBeGreaterThan(isWorkday(n) ? 3_000 : 100)
      expect(count).toBeLessThan(isWorkday(n) ? 7_000 : 500)
    }
    expect(all.length).toBeLessThan(200_000)
  })

  test('is in order of time, and names no record twice', () => {
    expect(all.every(({ at }, i) => at >= (all[i - 1]?.at ?? 0))).toBe(true)
    expect(new Set(all.map(({ record }) => record.Id)).size).toBe(all.length)
  })

  test('is the same for the same seed, told by records or occurrences, and another for another', () => {
    const digest = (records: Iterable<object>) => {
      const hash = createHash('sha256')
      for (const record of records) hash.update(JSON.stringify(record))
      return hash.digest('hex')
    }
    expect(digest(quietMonth().records())).toBe(digest(all.map(({ record }) => record)))
    const [mine] = month.records()
    const [other] = quietMonth({ seed: 2 }).records()
    expect(other?.Id).not.toBe(mine?.Id)
  })

  test('is about one tenant, at documentation addresses and those Microsoft publishes', () => {
    const addresses = new Set(all.map(addressOf))
    for (const address of addresses)
      expect(address).toMatch(/^$|^(192\.0\.2|198\.51\.100)\.\d+$|^2001:db8:|^2603:1026:c09::/)
    for (const { record } of all) expect(record.OrganizationId).toBe(month.tenant.tenantId)
  })
})

describe('people', () => {
  test('read with the devices that are theirs, from the day they have them', () => {
    for (const { n, record } of byPeople) {
      const device = people.get(record.UserId)?.devices.find(({ id }) => id === record.DeviceId)
      if (record.DeviceId === undefined) expect(record.ClientInfoString).toContain('RESTSystem')
      else expect(device?.since).toBeLessThanOrEqual(n)
    }
  })

  test('read in sessions that a sign-in of the same day began, on the same device', () => {
    const begun = new Map<string, number>()
    for (const { at, n, record } of of('UserLoggedIn')) {
      const property = (name: string) => record.DeviceProperties?.find(one => one.Name === name)?.Value
      const key = [n, record.UserId, property('SessionId'), property('Id')].join()
      begun.set(key, Math.min(at, begun.get(key) ?? at))
    }
    const own = byPeople.filter(({ record }) => record.SessionId !== undefined)
    expect(own.length).toBeGreaterThan(20_000)
    const late = own.filter(({ at, n, record }) => {
      const since = begun.get([n, record.UserId, record.SessionId, record.DeviceId].join())
      return since === undefined || since > at + HOUR
    })
    // Delegates look into a shared mailbox before their own now and then, and their laptop was on already.
    expect(late.length / own.length).toBeLessThan(0.01)
  })

  test('work in classic and new Outlook, on the web and on phones, and sync whole folders', () => {
    for (const name of ['MSExchangeRPC', 'Client=OWA', 'Outlook-iOS', 'Outlook-Android'])
      expect(client(name).filter(seen => kind(seen, 'MailAccessType') === 'Bind').length).toBeGreaterThan(500)
    const syncs = client('MSExchangeRPC').filter(seen => kind(seen, 'MailAccessType') === 'Sync')
    expect(syncs.length).toBeGreaterThan(5_000)
    const fresh = reads.filter(({ record }) => record.ClientAppId?.startsWith('5d661950'))
    const changed = who('new Outlook')
    expect(fresh.length).toBeGreaterThan(50)
    expect(new Set(fresh.map(({ record }) => record.UserId))).toEqual(new Set([changed?.who]))
    expect(Math.min(...days(fresh))).toBe(changed?.n)
  })

  test('are on home, office and carrier networks, of which phones see many and desks few', () => {
    const networks = (text: RegExp, user: string) =>
      new Set(
        byPeople
          .filter(({ record }) => record.UserId === user && text.test(record.ClientInfoString ?? ''))
          .map(seen => networkOf(addressOf(seen))),
      )
    const seen = [...people.keys()].map(user => ({
      desk: networks(/MSExchangeRPC|OWA/, user).size,
      phone: networks(/OutlookService/, user).size,
    }))
    expect(seen.filter(({ desk }) => desk > 6).length).toBeLessThanOrEqual(1)
    expect(seen.filter(({ phone }) => phone > 15).length).toBeGreaterThan(15)
    const renewed = all.map(addressOf).filter(address => address.startsWith('198.51.100.'))
    expect(new Set(renewed).size).toBeGreaterThan(10)
    const traveller = who('travels')
    const abroad = byPeople.filter(
      seen => seen.record.UserId === traveller?.who && /^2001:db8:7[01]:/.test(addressOf(seen)),
    )
    expect(days(abroad).size).toBe(3)
    const inTheTrain = byPeople.filter(
      seen =>
        seen.record.UserId === traveller?.who &&
        seen.n === traveller.n &&
        !seen.record.ClientInfoString?.includes('OutlookService') &&
        /^2001:db8:c0\d:/.test(addressOf(seen)),
    )
    expect(new Set(inTheTrain.map(seen => networkOf(addressOf(seen)))).size).toBeGreaterThan(2)
  })

  test('read more on some days than on others, and mail of all sizes', () => {
    const totals = [...people.keys()]
      .slice(0, 20)
      .flatMap(user =>
        perDay(byPeople.filter(({ record }) => record.UserId === user)).filter((_, n) => isWorkday(n)),
      )
    const sorted = totals.filter(total => total > 0).sort((a, b) => a - b)
    expect(sorted.at(-1)).toBeLessThan(500)
    expect(sorted[Math.floor(sorted.length * 0.9)]).toBeGreaterThan(
      1.5 * (sorted[Math.floor(sorted.length / 4)] ?? 0),
    )
    const sizes = JSON.stringify(reads.slice(0, 5_000).map(({ record }) => record.Folders)).match(
      /(?<="SizeInBytes":)\d+/g,
    )
    expect(Math.min(...(sizes ?? []).map(Number))).toBeLessThan(10_000)
    expect(Math.max(...(sizes ?? []).map(Number))).toBeGreaterThan(1_000_000)
  })

  test('mistype passwords, and strangers guess them', () => {
    const failed = of('UserLoginFailed')
    const guessed = failed.filter(seen => addressOf(seen).startsWith('2001:db8:bad:'))
    expect(guessed.length).toBeGreaterThan(20)
    expect(failed.length - guessed.length).toBeGreaterThan(20)
    const inside = of('UserLoggedIn').filter(seen => addressOf(seen).startsWith('2001:db8:bad:'))
    expect(inside).toEqual([])
  })
})

describe('applications', () => {
  test('of Microsoft’s own read mailboxes from its own network', () => {
    for (const id of ['cc15fd57', '66a88757', '13937bba']) {
      const own = reads.filter(({ record }) => record.AppId?.startsWith(id))
      expect(days(own).size).toBe(month.days)
      expect(own.every(seen => addressOf(seen).startsWith('2603:1026:'))).toBe(true)
    }
  })

  test('that back up read every mailbox every night, as much as came', () => {
    const nights = appReads('Strongroom Backup')
    for (let n = 0; n < month.days; n++) {
      const mailboxes = new Set(nights.filter(seen => seen.n === n).map(({ record }) => owner(record)))
      expect(mailboxes.size).toBe(n > 8 ? 51 : 50)
    }
    const workdays = perDay(nights).filter((_, n) => isWorkday(n) && isWorkday(n - 1))
    expect(Math.max(...workdays) / Math.min(...workdays)).toBeLessThan(1.2)
  })

  test('like the CRM read three shared mailboxes every day, by themselves and through Graph', () => {
    const runs = appReads('Larder CRM')
    expect(days(runs).size).toBe(month.days)
    expect(new Set(runs.map(({ record }) => owner(record))).size).toBe(3)
    expect(new Set(runs.map(({ record }) => record.AppId)).size).toBe(1)
    expect(of('AttachmentAccess').length).toBeGreaterThan(100)
  })

  test('are let in: the CRM by the administrator for everybody, a harmless one by somebody for himself', () => {
    const scopes = of('Consent to application.').map(({ record }) => {
      const text = record.ModifiedProperties?.find(
        ({ Name }) => Name === 'ConsentAction.Permissions',
      )?.NewValue
      return [record.UserId, /ConsentType: (\w+), Scope: {2}([\w. ]+)/.exec(text ?? '')?.slice(1)]
    })
    expect(scopes).toEqual([
      [who('CRM')?.who, ['AllPrincipals', 'openid profile User.Read Mail.Read Contacts.Read']],
      [who('harmless')?.who, ['Principal', 'openid profile User.Read']],
    ])
  })
})

describe('the story', () => {
  const admin = who('CRM')?.who

  test('has somebody who joins: account, licence, mailbox, second factor, devices, rights', () => {
    const joiner = who('begins, with')
    const about = all.filter(({ record }) => JSON.stringify(record).includes(joiner?.who ?? '?'))
    const operations = new Set(about.map(({ record }) => record.Operation))
    for (const operation of [
      'Add user.',
      'Change user license.',
      'Enable-Mailbox',
      'Change user password.',
      'User registered security info.',
      'Add registered owner to device.',
      'Add-MailboxPermission',
      'Add-RecipientPermission',
    ])
      expect(operations).toContain(operation)
    const first = byPeople.filter(({ record }) => record.UserId === joiner?.who)
    expect(Math.min(...days(first))).toBe(joiner?.n)
    expect(first.some(({ record }) => owner(record).startsWith('info@'))).toBe(true)
  })

  test('has somebody who leaves: the account blocked, the mailbox shared, the manager in it', () => {
    const leaver = who('has left')
    expect(of('Disable account.')).toHaveLength(1)
    expect(
      of('Set-Mailbox')
        .filter(seen => parameter(seen, 'Type') === 'Shared')
        .map(({ n }) => n),
    ).toEqual([leaver?.n])
    const own = byPeople.filter(({ record }) => record.UserId === leaver?.who)
    expect(Math.max(...days(own))).toBeLessThan(leaver?.n ?? 0)
    const visits = byPeople.filter(({ record }) => owner(record) === leaver?.who && record.LogonType === 2)
    expect(visits.length).toBeGreaterThan(5)
    expect(visits.every(({ n }) => n >= (leaver?.n ?? 0))).toBe(true)
  })

  test('has two weeks of holidays: an automatic reply, the phone now and then, and much to read afterwards', () => {
    const away = month.truth.events.filter(({ what }) => what.startsWith('is away'))
    expect(away).toHaveLength(2)
    for (const { n, who } of away) {
      const own = byPeople.filter(
        ({ record }) => record.UserId === who && owner(record) === who && record.DeviceId !== undefined,
      )
      const week = own.filter(seen => seen.n >= n && seen.n < n + 7)
      expect(week.length).toBeGreaterThan(3)
      expect(week.every(({ record }) => record.ClientInfoString?.includes('OutlookService'))).toBe(true)
      const totals = perDay(own)
      expect(totals[n + 7]).toBeGreaterThan(2.5 * (totals[n - 3] ?? 0))
      const replies = of('Set-MailboxAutoReplyConfiguration').filter(({ record }) => record.UserId === who)
      expect(replies.map(seen => seen.n)).toEqual([n - 3])
    }
  })

  test('has an administrator’s week', () => {
    const did = (operation: string) => of(operation).filter(({ record }) => record.UserId === admin)
    expect(did('New-DistributionGroup').map(({ n }) => n)).toEqual([22])
    expect(did('Set-TransportRule').map(seen => parameter(seen, 'ApplyHtmlDisclaimerLocation'))).toEqual([
      'Append',
    ])
    expect(did('Reset user password.').filter(({ n }) => n === 23)).toHaveLength(2)
    expect(did('SearchStarted')).toHaveLength(1)
    expect(did('New-ComplianceSearch')).toHaveLength(1)
    expect(did('Add-MailboxPermission').filter(({ n }) => n === 25)).toHaveLength(2)
    expect(did('Remove-MailboxPermission')).toHaveLength(1)
    expect(did('Change user license.').length).toBeGreaterThan(3)
    expect(did('Set-Mailbox').filter(seen => parameter(seen, 'ProhibitSendQuota'))).toHaveLength(1)
  })

  test('has a new phone and a new laptop, which replace the old ones', () => {
    for (const what of ['new phone', 'new laptop']) {
      const event = who(what)
      const after = people.get(event?.who ?? '')?.devices.find(({ since }) => since === event?.n)
      const used = byPeople.filter(({ record }) => record.DeviceId === after?.id)
      expect(used.length).toBeGreaterThan(10)
      const added = of('Add device.').filter(({ record }) =>
        JSON.stringify(record.Target).includes(after?.id ?? '?'),
      )
      expect(added.map(({ n }) => n)).toEqual([event?.n])
      const before = people
        .get(event?.who ?? '')
        ?.devices.find(one => one.kind === after?.kind && one !== after)
      const stale = byPeople.filter(({ n, record }) => record.DeviceId === before?.id && n >= (event?.n ?? 0))
      expect(stale).toEqual([])
    }
    expect(of('User registered security info.').map(({ n }) => n)).toEqual([
      who('begins, with')?.n,
      who('new phone')?.n,
    ])
  })

  test('has six people, and soon seven, in info@ and sales@ all day, writing in their names', () => {
    const team = [...people.values()].filter(({ worksIn }) => worksIn.some(upn => upn.startsWith('sales@')))
    expect(team).toHaveLength(7)
    const inside = byPeople.filter(({ record }) => /^(info|sales)@/.test(owner(record)))
    expect(new Set(inside.map(({ record }) => record.UserId))).toEqual(new Set(team.map(({ upn }) => upn)))
    expect(inside.every(({ record }) => record.LogonType === 2)).toBe(true)
    expect(of('SendAs').length).toBeGreaterThan(500)
  })

  test('has a boss whose assistant reads, writes and keeps the calendar', () => {
    const boss = month.tenant.people[0]?.upn
    const assistant = [...people.values()].find(({ worksIn }) => worksIn.includes(boss ?? '?'))
    const inside = (operation: string) =>
      of(operation).filter(({ record }) => record.UserId === assistant?.upn && owner(record) === boss)
    for (const operation of ['MailItemsAccessed', 'SendOnBehalf', 'Update'])
      expect(inside(operation).length).toBeGreaterThan(10)
  })

  test('has rules of every ordinary kind, one that forwards inside, and Outlook stamping rules anew', () => {
    const made = of('New-InboxRule')
    expect(made.length).toBeGreaterThan(5)
    expect(made.filter(seen => parameter(seen, 'MoveToFolder') === 'Newsletters')).toHaveLength(2)
    expect(
      made.filter(seen => parameter(seen, 'MarkAsRead') ?? parameter(seen, 'MarkImportance')),
    ).toHaveLength(2)
    const forwards = made.flatMap(seen => parameter(seen, 'ForwardTo') ?? [])
    expect(forwards).toEqual([expect.stringMatching(/@birchwood\.example$/)])
    const shapes = of('UpdateInboxRules').map(seen => kind(seen, 'RuleOperation'))
    expect(new Set(shapes)).toEqual(new Set(['AddMailboxRule', 'Create', 'ModifyMailboxRule']))
  })

  test('has what nobody did: provisioning, groups, holiday calendars, Teams and files', () => {
    const system = all.filter(({ record }) => record.UserId.startsWith('NT AUTHORITY'))
    expect(days(system).size).toBe(month.days)
    expect(
      all.filter(({ record }) => record.ClientInfoString?.includes('ConfigureGroupMailbox')),
    ).toHaveLength(6)
    expect(of('ModifyFolderPermissions').length).toBeGreaterThan(20)
    expect(of('MessageSent').length).toBeGreaterThan(1_000)
    expect(of('FileAccessed').length).toBeGreaterThan(1_000)
    const types = new Set<Occurrence['contentType']>()
    for (const { contentType } of month.occurrences()) types.add(contentType)
    expect(types.size).toBe(4)
  })
})
