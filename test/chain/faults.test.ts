import { describe, expect, it } from 'vitest'
import { makeRandom } from '../../emulator/index.ts'
import { CASES, titleOf } from './fault-cases.ts'
import { expectGoodManners, HOUR, MINUTE, openTenant, play } from './faulty-day.ts'
import { observedBy } from './observed.ts'
import { storedOf } from './promises.ts'
import { chainOf } from './tenant.ts'

describe('a tenant in which nothing goes wrong', () => {
  it('has a day worth testing with', async () => {
    const run = await play({ seed: 1, faults: [] })
    expect(await expectGoodManners(run)).toEqual([])
    expect(run.audit.again).toEqual([])
    expect((await storedOf(run.chain)).length).toBeGreaterThanOrEqual(3)
    expect(new Set((await storedOf(run.chain)).map(({ term }) => term)).size).toBeGreaterThan(1)
  })
})

describe.each(Object.entries(CASES))('a tenant with the fault %s', (_, cases) => {
  it.each(cases.map(one => [titleOf(one), one] as const))('%s', async (_, { faults, allows }) => {
    const run = await play({ seed: 3, faults })
    const lost = await expectGoodManners(run)
    if (allows === 'loss') expect(lost.length).toBeGreaterThan(0)
    else expect(lost).toEqual([])
    if (allows !== 'unfollowed links') expect(run.audit.unfollowedLinks).toEqual([])
  })
})

describe('a tenant whose collection somebody switches off again and again', () => {
  it('is asked to start it every fifteen minutes and not more often, and it is told', async () => {
    const { clock, tenant } = await openTenant()
    const chain = chainOf(tenant, clock, ['Audit.Exchange'])
    for (let minute = 0; minute < 60; minute++) {
      await chain.poll()
      if (minute % 4 === 0) tenant.disable('Audit.Exchange')
      clock.advance(MINUTE)
    }
    const { calls, startsInCoolDown } = tenant.audit()
    expect(startsInCoolDown).toEqual([])
    expect(calls.start).toEqual({ 200: 4 })
    expect(new Set(await observedBy(chain))).toEqual(
      new Set(['SubscriptionStopped', 'SubscriptionRestarted']),
    )
  })
})

describe('a tenant with many faults at once', () => {
  const mixable = Object.values(CASES)
    .flat()
    .flatMap(({ faults, allows }) => (allows === undefined ? faults : []))

  it.each([1, 2, 3, 4, 5, 6])('is read in full: schedule %i', async seed => {
    const faults = makeRandom(`mixed ${seed}`).sample(mixable, 6)
    const run = await play({ seed, faults })
    expect(await expectGoodManners(run)).toEqual([])
  })

  it('with blobs that cannot be read among them is read in full except for those', async () => {
    const run = await play({
      seed: 8,
      faults: [
        { kind: 'poison', rate: 0.15 },
        { kind: 'expired', rate: 0.1 },
        { kind: 'throttle', rate: 0.2 },
        { kind: 'duplicates-inside', share: 0.5 },
        { kind: 'late', rate: 0.2, delayMs: 5 * HOUR },
      ],
    })
    const lost = await expectGoodManners(run)
    expect(new Set(lost.map(({ state }) => state))).toEqual(new Set(['quarantined', 'expired']))
  })
})
