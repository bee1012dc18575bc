import { expect, it, onTestFinished } from 'vitest'
import aitmSignIn from '../core/detections/aitm-sign-in.ts'
import developerClientSignIn from '../core/detections/developer-client-sign-in.ts'
import { makeGraphFeed } from '../core/feeds/graph/feed.ts'
import { STREAMS } from '../core/feeds/graph/streams.ts'
import { makeGraph } from '../core/feeds/graph/transport.ts'
import { silent } from '../core/log.ts'
import { makeTokenSource } from '../core/net/token.ts'
import { makeMemoryTables } from '../core/stores/memory.ts'
import { makeState } from '../core/stores/state.ts'
import {
  type GraphEntry,
  HOUR,
  MINUTE,
  makeManualClock,
  makeSleeper,
  publishedAgain,
  startTenant,
} from '../emulator/index.ts'
import { makeChain, TENANT } from './chain/kit.ts'
import { credentialOf } from './chain/tenant.ts'
import { BROKER, OFFICE_HOME, RESOURCES } from './support/record-sign-ins.ts'
import { guid, person } from './support/records.ts'

const NINE = Date.UTC(2026, 10, 18, 9)
const anna = person('anna')

/** A sign-in as it is first listed, before anybody knows how the second factor went or what the risk was. */
const entry = (more: object): GraphEntry => ({
  log: 'signIns',
  availableAt: NINE + 3 * MINUTE,
  entry: {
    id: guid(`request ${JSON.stringify(more)}`),
    createdDateTime: '2026-11-18T09:00:30.1234567Z',
    userPrincipalName: anna,
    userId: guid(anna),
    ipAddress: '198.51.100.23',
    correlationId: guid('correlation'),
    userAgent: 'Mozilla/5.0',
    signInEventTypes: ['interactiveUser'],
    status: { errorCode: 0, failureReason: 'Other.' },
    deviceDetail: { deviceId: '' },
    riskState: 'none',
    riskLevelDuringSignIn: 'none',
    ...more,
  },
})
const BY_CODE = { appId: BROKER, resourceId: RESOURCES.graph, authenticationProtocol: 'deviceCode' }
const AT_HOME = { appId: OFFICE_HOME, resourceId: OFFICE_HOME }
const RISKY = { riskState: 'atRisk', riskLevelDuringSignIn: 'high' }

/** Three days of polling, every half hour. The tenant's pages are in no order, and one sign-in in three is late. */
async function told(entries: readonly GraphEntry[]) {
  const clock = makeManualClock(NINE - HOUR)
  const on = ['signIns'] as const
  const faults = [
    { kind: 'unordered-page', on, permanent: true },
    { kind: 'late-entry', on, rate: 0.3, delayMs: 40 * MINUTE },
  ] as const
  const tenant = await startTenant({ clock, tokenLifeSeconds: 400_000, faults: { seed: 2, faults } })
  onTestFinished(() => tenant.stop())
  tenant.publishGraph(entries)
  const { now } = clock
  const tables = makeMemoryTables()
  const state = makeState(tables, TENANT)
  const scope = 'https://graph.microsoft.com/.default'
  const tokens = makeTokenSource({ credential: () => credentialOf(tenant), scope, now })
  const deps = { now, random: () => 0.5, sleep: makeSleeper(clock) }
  const graph = makeGraph({ origin: tenant.graphUrl, tokens, ...deps })
  const memory = {
    recall: () => state.read<never>('capability'),
    remember: (value: object) => state.write('capability', value),
  }
  const feeds = STREAMS.filter(({ id }) => id === 'graph-sign-ins').map(stream =>
    makeGraphFeed({ stream, graph, memory, now, log: silent }),
  )
  const chain = makeChain({
    clock: {
      now,
      seconds: () => Math.floor(now() / 1000),
      pass: seconds => clock.advance(seconds * 1000),
    },
    feeds,
    tables,
    detections: [aitmSignIn, developerClientSignIn],
    sinkNames: ['teams'],
  })
  while (now() < NINE + 72 * HOUR) {
    await chain.poll()
    await chain.drain()
    clock.advance(30 * MINUTE)
  }
  return {
    incidents: await chain.incidentsOf(),
    alerts: (await chain.outbox.all('teams')).map(({ delivery }) => delivery.alert),
  }
}

it('a sign-in published again with more detail is one incident, judged by what is known last', async () => {
  const [once, ...others] = await Promise.all([
    told([entry(BY_CODE)]),
    told([entry(BY_CODE), publishedAgain(entry(BY_CODE), NINE + 2 * HOUR, { mfaDetail: 'text message' })]),
    told([entry(AT_HOME), publishedAgain(entry(AT_HOME), NINE + 20 * HOUR, RISKY)]),
  ])
  const card = { actor: anna, revision: 1, severity: 'high' }
  for (const { alerts, incidents } of [once, ...others]) {
    expect(alerts).toMatchObject([card])
    expect(incidents).toMatchObject([{ actor: anna, severity: 'high', findings: [{ count: 1 }] }])
  }
  expect(others[0]?.alerts[0]).toMatchObject({ id: once.alerts[0]?.id })
  expect(others[1]?.alerts[0]?.sentence).toContain('Entra rates as a risk')
})

it('what becomes known later of a sign-in already told updates its incident', async () => {
  const code = { ...BY_CODE, appId: guid('a program') }
  const { alerts, incidents } = await told([
    entry(code),
    publishedAgain(entry(code), NINE + 20 * HOUR, { riskEventTypes_v2: ['attackerinTheMiddle'] }),
  ])
  expect(incidents).toMatchObject([{ actor: anna, severity: 'critical' }])
  expect(alerts.map(({ incident }) => incident)).toEqual([incidents[0]?.id, incidents[0]?.id])
  expect(alerts.map(({ revision, severity }) => [revision, severity])).toEqual([
    [1, 'medium'],
    [2, 'critical'],
  ])
})

it('a sign-in that comes late and in no order is told all the same, each once', async () => {
  const people = [...Array(9).keys()].map(n => {
    const upn = person(`staff${n}`)
    return entry({ ...BY_CODE, userPrincipalName: upn, userId: guid(upn) })
  })
  const { alerts } = await told(people)
  expect(alerts.map(({ actor }) => actor).toSorted()).toEqual(
    [...Array(9).keys()].map(n => person(`staff${n}`)),
  )
})
