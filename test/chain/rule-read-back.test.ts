import { describe, expect, it } from 'vitest'
import { detections } from '../../core/detections/index.ts'
import { makeObservationFeed } from '../../core/feeds/observations.ts'
import { DAY, forward, MINUTE, OUTSIDE, setUp, upn } from '../../core/observers/inbox-rules/rules.test-kit.ts'
import { inboxRule, restampedRule } from '../support/record-rules.ts'
import type { RawRecord } from '../support/records.ts'
import { makeTestFeed } from './feed.ts'
import { makeChain } from './kit.ts'

const HOUR = 60 * MINUTE
const anna = upn('anna')

/** The tenant, the whole chain behind it, and an audit feed. */
async function setUpChain() {
  const world = await setUp()
  const seconds = () => Math.floor(world.clock.now() / 1000)
  const clock = { seconds, now: world.clock.now, pass: (s: number) => world.clock.advance(s * 1000) }
  const audit = makeTestFeed(seconds)
  const feeds = [audit, makeObservationFeed(world.observations)]
  const { observers, tables, wanted } = world
  const chain = makeChain({ clock, feeds, tables, observers, wanted, detections, sinkNames: ['cards'] })
  const work = async () => {
    // What is seen is listed from the next second on.
    world.clock.advance(MINUTE)
    await chain.poll()
    await chain.drain()
  }
  await world.round()
  await work()
  return {
    ...world,
    work,
    /** Records come in, and a quarter of an hour later the mailboxes are looked at. */
    async records(...records: readonly RawRecord[]) {
      audit.publish(records)
      await work()
      world.clock.advance(15 * MINUTE)
      await world.round()
      await work()
    },
    alerts: async () =>
      (await chain.outbox.all('cards'))
        .map(({ delivery: { alert } }) => alert)
        .filter(({ kind }) => kind !== 'health'),
    findings: async () =>
      (await chain.incidentsOf()).flatMap(({ actor, findings }) =>
        findings.map(({ detection, severity, count }) => `${actor} ${detection} ${severity} ${count}`),
      ),
  }
}

const seconds = (ms: number) => Math.floor(ms / 1000)

describe('a change of a rule whose record is blank', () => {
  it('is a card within one round, about what the rule does now', async () => {
    const chain = await setUpChain()
    chain.mailboxes.plant({ mailbox: anna, rule: forward() })
    const changed = chain.clock.now() + 7 * MINUTE
    chain.clock.advance(90 * MINUTE)
    await chain.records(restampedRule(seconds(changed)))
    const [card, ...others] = await chain.alerts()
    expect(others).toEqual([])
    expect(card).toMatchObject({ severity: 'high', kind: 'Inbox rule sends mail outside', actor: anna })
    expect(Object.keys(card?.clock ?? {})).toEqual(['start', 'end', 'seen'])
    expect(card?.sentence).toBe(
      `At 09:08 UTC on 18 November an inbox rule named "Invoices" was set in the mailbox ${anna} from 198.51.100.23` +
        ` (read from the mailbox, as the record of the change does not tell all). It sends mail to ${OUTSIDE}.`,
    )
  })

  it('tells nothing where the rules are what they were', async () => {
    const chain = await setUpChain()
    chain.clock.advance(HOUR)
    await chain.records(restampedRule(seconds(chain.clock.now())))
    expect(await chain.findings()).toEqual([])
  })
})

describe('a rule that its record tells of', () => {
  const record = (at: number, parameters = {}) =>
    inboxRule(
      { Name: 'Invoices', SubjectContainsWords: 'invoice', ForwardTo: OUTSIDE, ...parameters },
      { at: seconds(at), owner: anna },
    )

  it('makes no second card when it is read back, nor when the day is swept', async () => {
    const chain = await setUpChain()
    chain.mailboxes.plant({ mailbox: anna, rule: forward() })
    const made = chain.clock.now()
    chain.clock.advance(90 * MINUTE)
    await chain.records(record(made))
    chain.clock.advance(DAY)
    await chain.round()
    await chain.work()
    expect(await chain.findings()).toEqual([`${anna} inbox-rule-forwarding high 1`])
    expect(await chain.alerts()).toHaveLength(1)
  })

  it('makes no second card when it was read first', async () => {
    const chain = await setUpChain()
    const made = chain.clock.now() + MINUTE
    chain.mailboxes.plant({ mailbox: anna, rule: forward() })
    chain.clock.advance(HOUR)
    // Something else made us look.
    await chain.ask('anna', made - HOUR)
    await chain.round()
    await chain.work()
    expect(await chain.alerts()).toMatchObject([
      { sentence: expect.stringContaining('no audit record tells') },
    ])
    chain.clock.advance(HOUR)
    await chain.records(record(made))
    expect(await chain.findings()).toEqual([`${anna} inbox-rule-forwarding high 1`])
    expect(await chain.alerts()).toHaveLength(1)
  })

  it('of which it told a part becomes worse by what was read', async () => {
    const chain = await setUpChain()
    const rule = { ...forward(), actions: { ...forward().actions, delete: true } }
    chain.mailboxes.plant({ mailbox: anna, rule })
    const made = chain.clock.now()
    chain.clock.advance(HOUR)
    await chain.records({ ...record(made), Operation: 'Set-InboxRule' })
    expect(await chain.findings()).toContain(`${anna} inbox-rule-forwarding critical 1`)
    expect((await chain.alerts()).map(({ severity, revision }) => [severity, revision])).toEqual([
      ['high', 1],
      ['critical', 2],
    ])
  })
})

describe('rules of before the watch', () => {
  it('are one card, and no alarm of any mailbox', async () => {
    const world = await setUp()
    for (const name of ['anna', 'bruno', 'carla'])
      world.mailboxes.plant({ mailbox: upn(name), rule: forward() })
    const clock = {
      seconds: () => seconds(world.clock.now()),
      now: world.clock.now,
      pass: (s: number) => world.clock.advance(s * 1000),
    }
    const { observers, tables, wanted } = world
    const feeds = [makeObservationFeed(world.observations)]
    const chain = makeChain({ clock, feeds, tables, observers, wanted, detections, sinkNames: ['cards'] })
    for (let day = 0; day < 3; day++) {
      await world.round()
      world.clock.advance(MINUTE)
      await chain.poll()
      await chain.drain()
      world.clock.advance(DAY)
    }
    const alerts = (await chain.outbox.all('cards')).map(({ delivery }) => delivery.alert)
    expect(alerts).toMatchObject([
      { severity: 'medium', headline: '3 inbox rules to look through, made before the watch' },
    ])
    expect(
      (await chain.incidentsOf()).flatMap(({ findings }) => findings.map(({ detection }) => detection)),
    ).toEqual(['rule-read-back'])
  })
})
