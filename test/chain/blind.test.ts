import { describe, expect, it } from 'vitest'
import { makeJudge } from '../../cli/replay/judge.ts'
import auditBypass from '../../core/detections/audit-bypass.ts'
import auditOff from '../../core/detections/audit-off.ts'
import auditThrottled from '../../core/detections/audit-throttled.ts'
import auditTrimmed from '../../core/detections/audit-trimmed.ts'
import mailboxAuditOff from '../../core/detections/mailbox-audit-off.ts'
import { makeParser } from '../../core/feeds/normalise/parse.ts'
import type { Alert } from '../../core/model/alert.ts'
import { DAY, HOUR } from '../../core/model/time.ts'
import { type Config, UNTUNED } from '../../core/tuning/config.ts'
import { MIDNIGHT, probe } from '../support/histories.ts'
import { ADMIN, cmdlet } from '../support/record-cmdlets.ts'
import { licence, userChange } from '../support/record-compliance.ts'
import { bind, messages, nameValues, OWN_DOMAIN, person, type RawRecord } from '../support/records.ts'
import { makeTestFeed } from './feed.ts'
import { makeChain, makeClock, TENANT } from './kit.ts'
import { flag } from './records.ts'

const DETECTIONS = [auditThrottled, mailboxAuditOff, auditOff, auditBypass, auditTrimmed, probe]
/** The probe’s flags are low; here they are told all the same. */
const LOUD: Config = { ...UNTUNED, alertFrom: 'low' }
const [anna, bruno] = [person('anna'), person('bruno')]

const off = (at: number) => cmdlet('Set-OrganizationConfig', { AuditDisabled: 'True' }, { at: MIDNIGHT + at })
const on = (at: number) =>
  cmdlet('Set-OrganizationConfig', { AuditDisabled: 'False' }, { at: MIDNIGHT + at, by: person('carla') })
const throttled = (at: number) =>
  bind({
    mailbox: anna,
    at: MIDNIGHT + at,
    messages: messages(1),
    change: { OperationProperties: nameValues({ IsThrottled: 'True' }) },
  })
/** A card of its own about this person. */
const noticed = (at: number, UserId = bruno) => ({ ...flag(at, { UserId, SessionId: '' }) })

/** The newest card about somebody, after every record came in a blob of its own, in this order. */
async function cards(records: readonly object[]): Promise<Alert[]> {
  const clock = makeClock(MIDNIGHT + 6 * DAY)
  const feed = makeTestFeed(clock.seconds, { pageSize: 1 })
  const chain = makeChain({
    clock,
    feeds: [feed],
    detections: DETECTIONS,
    config: LOUD,
    sinkNames: ['teams'],
  })
  for (const record of records) {
    feed.publish([record], { created: clock.seconds() - 60 })
    await chain.poll()
    await chain.drain()
    clock.pass(300)
  }
  return (await chain.outbox.all('teams')).map(({ delivery }) => delivery.alert)
}

function replayed(records: readonly object[]): Alert[] {
  const judge = makeJudge(DETECTIONS, [OWN_DOMAIN], LOUD)
  for (const raw of records) {
    const { record } = makeParser(TENANT)({ ...(raw as RawRecord), OrganizationId: TENANT })
    if (record !== undefined) judge.add(record)
  }
  return [...judge.finish().alerts]
}

const notOnRecord = (alerts: readonly Alert[], actor = bruno) =>
  alerts
    .filter(alert => alert.actor === actor)
    .flatMap(({ facts }) => facts.filter(fact => fact.name === 'Not on record'))
    .map(({ value }) => value)

describe.each([
  ['live', cards],
  ['replayed', async (records: readonly object[]) => replayed(records)],
])('a card, %s', (_, told) => {
  it('says since when nothing is on record, of mailboxes that are no longer audited', async () => {
    const alerts = await told([off(HOUR), noticed(5 * HOUR)])
    expect(notOnRecord(alerts)).toEqual(['what is done in mailboxes since 2026-11-20 01:00 UTC'])
  })

  it('says from when to when, once auditing is on again, whoever switched it on', async () => {
    const alerts = await told([off(HOUR), on(DAY + 2 * HOUR), noticed(DAY + 5 * HOUR)])
    expect(notOnRecord(alerts)).toEqual([
      'what is done in mailboxes from 2026-11-20 01:00 to 2026-11-21 02:00 UTC',
    ])
  })

  it('says so whichever of the two records came first', async () => {
    const alerts = await told([on(DAY + 2 * HOUR), off(HOUR), noticed(DAY + 5 * HOUR)])
    expect(notOnRecord(alerts)).toEqual([
      'what is done in mailboxes from 2026-11-20 01:00 to 2026-11-21 02:00 UTC',
    ])
  })

  it('says nothing of a gap that was over a day before, or began after it', async () => {
    expect(notOnRecord(await told([off(HOUR), on(2 * HOUR), noticed(2 * DAY)]))).toEqual([])
    expect(notOnRecord(await told([off(HOUR), noticed(HOUR - 1)]))).toEqual([])
  })

  it('about a mailbox read too much says that reads are missing for 24 hours, and no other card does', async () => {
    const alerts = await told([throttled(HOUR), noticed(20 * HOUR, anna), noticed(20 * HOUR + 1)])
    const missing = 'reads of mail of anna@birchwood.example from 2026-11-20 01:00 to 2026-11-21 01:00 UTC'
    expect(notOnRecord(alerts, anna).at(-1)).toBe(missing)
    expect(notOnRecord(alerts)).toEqual([])
  })

  it('about a mailbox read too much two days ago says nothing of it', async () => {
    const alerts = await told([throttled(HOUR), noticed(2 * DAY + 2 * HOUR, anna)])
    expect(
      notOnRecord(
        alerts.filter(({ kind }) => kind === probe.title),
        anna,
      ),
    ).toEqual([])
  })

  it('about auditing that was off is one, of whoever switched it off', async () => {
    const alerts = await told([off(HOUR), on(3 * HOUR)])
    expect(new Set(alerts.map(({ incident }) => incident)).size).toBe(1)
    expect(new Set(alerts.map(({ actor }) => actor))).toEqual(new Set([ADMIN]))
  })
})

describe('what is not on record', () => {
  const SINCE = '2026-11-20 01:00'
  const run = (operation: string, parameters: RawRecord, at = HOUR) =>
    cmdlet(operation, parameters, { at: MIDNIGHT + at })
  const log = (setting: string, value: string, at = HOUR) =>
    run('Set-AdminAuditLogConfig', { [setting]: value }, at)
  const bypass = (AuditBypassEnabled: string, at = HOUR) =>
    run('Set-MailboxAuditBypassAssociation', { Identity: bruno, AuditBypassEnabled }, at)
  const mailbox = (parameters: RawRecord, at = HOUR) =>
    run('Set-Mailbox', { Identity: bruno, ...parameters }, at)
  const PLAN = licence('M365_ADVANCED_AUDITING')
  const plan = (before: string, after: string, at = HOUR) =>
    userChange(bruno, before, after, { at: MIDNIGHT + at })
  const switches = 'UnifiedAuditLogIngestionEnabled'
  const IN_BETWEEN = `from ${SINCE} to 2026-11-20 03:00 UTC`

  it.each<[string, RawRecord[], string]>([
    ['whatever is done', [log(switches, 'False')], `whatever is done in the tenant since ${SINCE} UTC`],
    [
      'whatever was done',
      [log(switches, 'False'), log(switches, 'True', 3 * HOUR)],
      `whatever is done in the tenant ${IN_BETWEEN}`,
    ],
    [
      'what administrators do',
      [log('AdminAuditLogEnabled', 'False')],
      `what administrators do since ${SINCE} UTC`,
    ],
    ['what one account does', [bypass('True')], `mailbox access of ${bruno} since ${SINCE} UTC`],
    [
      'what one account did',
      [bypass('True'), bypass('False', 3 * HOUR)],
      `mailbox access of ${bruno} ${IN_BETWEEN}`,
    ],
    [
      'some actions of a mailbox',
      [mailbox({ AuditOwner: 'None' })],
      `reads, sends or rules of ${bruno} since ${SINCE} UTC`,
    ],
    [
      'some actions of a mailbox, for a while',
      [mailbox({ AuditOwner: 'None' }), mailbox({ DefaultAuditSet: 'Owner' }, 3 * HOUR)],
      `reads, sends or rules of ${bruno} ${IN_BETWEEN}`,
    ],
    [
      'what the plan recorded, for a while',
      [plan(licence(), PLAN), plan(PLAN, licence(), 3 * HOUR)],
      `reads or searches of ${bruno} ${IN_BETWEEN}`,
    ],
  ])('is %s', (_, records, missing) => {
    expect(notOnRecord(replayed([...records, noticed(5 * HOUR)]))).toEqual([missing])
  })

  it('is nothing where a setting is turned that nobody goes by', () => {
    expect(notOnRecord(replayed([mailbox({ AuditEnabled: 'False' }), noticed(5 * HOUR)]))).toEqual([])
    expect(notOnRecord(replayed([log('AdminAuditLogAgeLimit', '7.00:00:00'), noticed(5 * HOUR)]))).toEqual([])
  })
})
