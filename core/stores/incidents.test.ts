import fc from 'fast-check'
import { expect, it } from 'vitest'
import { makeFinding } from '../../test/chain/findings.ts'
import { everything } from '../../test/chain/kit.ts'
import { inTurns } from '../../test/chain/turns.ts'
import { MIDNIGHT } from '../../test/support/histories.ts'
import type { Incident } from '../model/incident.ts'
import { DAY } from '../model/time.ts'
import { INCIDENTS, makeIncidents } from './incidents.ts'
import { makeMemoryTables } from './memory.ts'
import type { Tables } from './port.ts'

const ADA = 'ada@birchwood.example'

async function incidentsIn(tables: Tables): Promise<Incident[]> {
  const rows = await everything(tables.table(INCIDENTS).range<Incident[]>('t', '', '~'))
  return rows.flatMap(({ value }) => value)
}

it('findings of one actor that come together are told together', async () => {
  const incidents = makeIncidents(makeMemoryTables(), 't')
  const findings = ['low', 'critical', 'medium'].map((severity, n) =>
    makeFinding({
      key: [`k${n}`],
      severity: severity === 'low' || severity === 'critical' ? severity : 'medium',
    }),
  )
  const [incident, ...more] = await incidents.add(ADA, findings)
  expect(more).toEqual([])
  expect(incident).toMatchObject({
    severity: 'critical',
    told: { revision: 1, severity: 'critical', news: '' },
  })
  expect(incident?.findings).toHaveLength(3)
})

it('findings far apart are incidents of their own, both returned', async () => {
  const incidents = makeIncidents(makeMemoryTables(), 't')
  const findings = [0, 2].map(day => makeFinding({ start: MIDNIGHT + day * DAY }))
  expect(await incidents.add(ADA, findings)).toHaveLength(2)
})

it('adding the same again changes nothing and says the same', async () => {
  const tables = makeMemoryTables()
  const incidents = makeIncidents(tables, 't')
  const first = await incidents.add(ADA, [makeFinding()])
  expect(await incidents.add(ADA, [makeFinding()])).toEqual(first)
  expect(await incidentsIn(tables)).toEqual(first)
})

it('instances that race open one incident for one story, with all their findings in it', async () => {
  const findings = Array.from({ length: 4 }, (_, n) =>
    makeFinding({ key: [`k${n}`], start: MIDNIGHT + n * 3_600 }),
  )
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async scheduler => {
      const tables = makeMemoryTables()
      const racing = findings.map(finding =>
        makeIncidents(inTurns(tables, scheduler), 't').add(ADA, [finding]),
      )
      const answers = await scheduler.waitFor(Promise.all(racing))
      const [incident, ...more] = await incidentsIn(tables)
      expect(more).toEqual([])
      expect(incident?.findings.map(({ id }) => id)).toEqual(findings.map(({ id }) => id))
      expect(new Set(answers.flat().map(({ id }) => id))).toEqual(new Set([incident?.id]))
    }),
    { numRuns: 80, seed: 1 },
  )
})

it('incidents two weeks older than what comes in are let go, unless it is they that grow', async () => {
  const tables = makeMemoryTables()
  const incidents = makeIncidents(tables, 't')
  const [old] = await incidents.add(ADA, [makeFinding({ start: MIDNIGHT })])
  await incidents.add(ADA, [makeFinding({ start: MIDNIGHT + 13 * DAY })])
  expect(await incidentsIn(tables)).toHaveLength(2)
  await incidents.add(ADA, [makeFinding({ start: MIDNIGHT }), makeFinding({ start: MIDNIGHT + 15 * DAY })])
  expect((await incidentsIn(tables)).map(({ id }) => id)).toContain(old?.id)
  await incidents.add(ADA, [makeFinding({ start: MIDNIGHT + 16 * DAY })])
  expect((await incidentsIn(tables)).map(({ id }) => id)).not.toContain(old?.id)
})

it('an actor is forgotten when the last of the incidents is old, and not before', async () => {
  const tables = makeMemoryTables()
  const incidents = makeIncidents(tables, 't')
  await incidents.add(ADA, [makeFinding()])
  await incidents.add('ben@birchwood.example', [
    makeFinding(),
    makeFinding({ key: ['k2'], start: MIDNIGHT + 9 * DAY, end: MIDNIGHT + 9 * DAY }),
  ])
  const first = makeFinding()
  expect(await incidents.purge(first.end)).toBe(0)
  expect(await incidents.purge(first.end + 1)).toBe(1)
  expect(await incidentsIn(tables)).toHaveLength(2)
  expect(await incidents.purge(MIDNIGHT + 10 * DAY)).toBe(1)
  expect(await incidentsIn(tables)).toEqual([])
})
