import { expect } from 'vitest'
import { makeParser } from '../../core/feeds/normalise/parse.ts'
import type { Alert } from '../../core/model/alert.ts'
import type { Finding } from '../../core/model/finding.ts'
import type { IncidentFinding } from '../../core/model/incident.ts'
import { rank, worst } from '../../core/model/severity.ts'
import { dayOf } from '../../core/model/time.ts'
import { HEALTH } from '../../core/pipeline/notices.ts'
import { probe, type RawRecord } from '../support/histories.ts'
import { byIdentity, type Expected, oracle } from '../support/oracle.ts'
import { type Chain, everything, facts, TENANT } from './kit.ts'

/** What brute force says about the records, with nothing in between. */
export function expectedOf(records: readonly object[]): Expected[] {
  const parse = makeParser(TENANT)
  return oracle(
    records.flatMap(raw => parse(raw).record ?? []),
    [probe],
    facts,
  )
}

/** What the chain has stored, in the oracle's words. */
export async function storedOf(
  chain: Pick<Chain, 'findings'>,
  days = { from: 0, to: 2.534e11 },
): Promise<Expected[]> {
  const stored = await everything(chain.findings.since(days.from, days.to))
  return stored
    .map(({ finding: { detection, key, term, count, start, end, records } }) => ({
      detection,
      key,
      day: dayOf(end),
      term,
      count,
      start,
      end,
      records,
    }))
    .sort(byIdentity)
}

/**
 * All that holds once every blob was read, whatever happened on the way: the findings are those of the records, every
 * actor has one incident that holds all of his, and its last alert is on its way to every sink, once, unless it is less
 * bad than what is posted.
 */
export async function expectPromisesKept(chain: Chain, records: readonly RawRecord[]): Promise<void> {
  expect(await storedOf(chain)).toEqual(expectedOf(records))

  const isPosted = ({ severity }: Pick<Finding, 'severity'>) => rank(severity) >= rank(chain.alertFrom)
  const stored = await everything(chain.findings.since(0, 2.534e11))
  const incidents = await chain.incidentsOf()
  const actors = new Set(stored.map(({ finding }) => finding.actor))
  expect(incidents.map(({ actor }) => actor).sort()).toEqual([...actors].sort())
  for (const { id, findings, severity, told } of incidents) {
    const own = stored.filter(one => one.incident === id).map(({ finding }) => partsOf(finding))
    expect(findings.map(partsOf)).toEqual(own.sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1)))
    expect(severity).toBe(worst(findings.map(finding => finding.severity)))
    expect(told).toMatchObject(
      isPosted({ severity }) ? { revision: expect.any(Number), severity } : { revision: 0 },
    )
  }
  expect(stored.every(({ incident }) => incident !== undefined)).toBe(true)

  for (const sink of chain.sinks) {
    const alerts = (await chain.outbox.all(sink)).map(({ delivery }) => delivery.alert).filter(isFinding)
    expect(new Set(alerts.map(({ id }) => id)).size).toBe(alerts.length)
    for (const { incident, revision } of alerts) {
      const told = incidents.find(({ id }) => id === incident)?.told
      expect(revision).toBeLessThanOrEqual(told?.revision ?? 0)
    }
    for (const { id, severity, told } of incidents) {
      const last = alerts.filter(({ incident, revision }) => incident === id && revision === told.revision)
      expect(last.map(alert => alert.severity)).toEqual(isPosted({ severity }) ? [severity] : [])
    }
  }

  for (const feed of chain.feeds)
    for (const { state, counts } of await chain.ledgerOf(feed.id)) {
      expect(state).toBe('done')
      expect(counts?.rejected).toEqual({})
    }
}

const partsOf = ({ id, severity, count, start, end }: Omit<IncidentFinding, 'detection'>) => ({
  id,
  severity,
  count,
  start,
  end,
})

/** Notices to the operator are alerts too. */
const isFinding = ({ kind }: Alert) => kind !== HEALTH
