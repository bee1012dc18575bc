import { expect } from 'vitest'
import { everything } from '../chain/kit.ts'
import { expectedOf, storedOf } from '../chain/promises.ts'
import type { Run } from './memory.ts'
import { SINKS } from './plan.ts'

/** All that is promised of any run: nothing lost, nothing twice, nothing left open. */
export async function expectPromisesKeptBy(run: Run): Promise<void> {
  const { chain, plan, poison } = run
  const readable = plan.blobs.filter(({ poison }) => !poison)
  expect(await storedOf(chain)).toEqual(expectedOf(readable.flatMap(({ records }) => records)))
  await expectLedgerClosed(run)
  await expectDelivered(run)
  expect(poison.size).toBe(plan.blobs.length - readable.length)
}

async function expectLedgerClosed({ chain, plan, poison }: Run): Promise<void> {
  const entries = (await Promise.all(chain.feeds.map(({ id }) => chain.ledgerOf(id)))).flat()
  expect(entries).toHaveLength(plan.blobs.length)
  for (const { blob, state } of entries) {
    if (poison.has(blob.id)) expect(state).toBe('quarantined')
    else expect(state, blob.id).toBe('done')
  }
}

/**
 * Each alert that stands reached every receiver. One came twice only if a sender died, or never heard the answer, in between:
 * those are counted apart, and carry the same id.
 */
async function expectDelivered({ chain, deaths, posted, unknownSends }: Run): Promise<void> {
  const incidents = await chain.incidentsOf()
  for (const sink of SINKS) {
    const outbox = (await chain.outbox.all(sink)).map(({ delivery }) => delivery)
    expect(outbox.filter(({ state }) => state === 'pending' || state === 'parked')).toEqual([])
    const got = posted.filter(one => one.sink === sink)
    const known = new Set(outbox.map(({ alert }) => alert.id))
    expect(got.filter(({ alert }) => !known.has(alert))).toEqual([])
    for (const { id, told } of incidents) {
      const revisions = got.filter(({ incident }) => incident === id).map(({ revision }) => revision)
      if (told.revision > 0) expect(revisions, `${sink} has the last word on ${id}`).toContain(told.revision)
    }
    for (const { alert, state } of outbox)
      if (state === 'done') expect(got.map(one => one.alert)).toContain(alert.id)
    const repeats = got.length - new Set(got.map(({ alert }) => alert)).size
    expect(repeats, 'cards posted twice').toBeLessThanOrEqual(deaths + unknownSends)
    if (deaths + unknownSends === 0) expect(repeats).toBe(0)
  }
  const stored = await everything(chain.findings.since(0, 2.534e11))
  expect(stored.every(({ incident }) => incident !== undefined)).toBe(true)
  expect(
    posted.every(
      ({ incident }) => incident.startsWith('health') || incidents.some(({ id }) => id === incident),
    ),
  ).toBe(true)
}
