import { describe, expect, it } from 'vitest'
import ownAccess from '../../core/detections/own-access.ts'
import { makeObservationFeed } from '../../core/feeds/observations.ts'
import { makeTokenSource } from '../../core/net/token.ts'
import { makeOwnAppObserver, OWN_APP, type OwnApp } from '../../core/observers/own-app.ts'
import { observe } from '../../core/pipeline/observe.ts'
import { configuredDomains, knowingSelf } from '../../core/pipeline/tenant-domains.ts'
import { makeMemoryTables } from '../../core/stores/memory.ts'
import { makeObservations } from '../../core/stores/observations.ts'
import { makeState } from '../../core/stores/state.ts'
import { makeWanted } from '../../core/stores/wanted.ts'
import { OWN_APP as EMULATED } from '../../emulator/index.ts'
import { directoryRecord } from '../support/record-directory.ts'
import { MINUTE, openTenant } from './faulty-day.ts'
import { makeTestFeed } from './feed.ts'
import { everything, makeChain, ongoing, TENANT } from './kit.ts'
import { credentialOf } from './tenant.ts'

const QUARTER = 15 * MINUTE

/** The observer on an emulated tenant, and the pipeline behind it. */
async function world() {
  const { clock, tenant } = await openTenant({ roles: ['ActivityFeed.Read', 'AuditLog.Read.All'] })
  const { now } = clock
  const seconds = () => Math.floor(now() / 1000)
  const tables = makeMemoryTables()
  const state = makeState(tables, TENANT)
  const tokens = (scope: string) => () =>
    makeTokenSource({ credential: () => credentialOf(tenant), scope: `${scope}/.default`, now })
  const observer = makeOwnAppObserver({
    state,
    tokens: {
      'Office 365 Management APIs': tokens('https://manage.office.com'),
      'Microsoft Graph': tokens('https://graph.microsoft.com'),
    },
  })
  const feed = makeTestFeed(seconds, { id: 'Audit.AzureActiveDirectory' })
  const ids = async () => new Set((await state.read<OwnApp>(OWN_APP))?.ids ?? [])
  const chain = {
    ...makeChain({
      clock: { seconds, now, pass: by => clock.advance(by * 1000) },
      feeds: [feed, makeObservationFeed(makeObservations(tables, TENANT))],
      tables,
      detections: [ownAccess],
      sinkNames: ['teams'],
      domains: knowingSelf(configuredDomains(TENANT, []), ids),
    }),
    observers: [observer],
    wanted: makeWanted(tables, TENANT),
  }
  const quarter = async () => {
    await observe(chain, ongoing())
    clock.advance(QUARTER)
    await chain.poll()
    await chain.drain()
  }
  const findings = async () =>
    (await everything(chain.findings.since(0, 2.534e11))).map(({ finding }) => finding)
  return { tenant, feed, quarter, findings, seconds, cards: () => chain.outbox.all('teams') }
}

describe('our own access', () => {
  it('is told when a role is taken away, of every service, once', async () => {
    const { tenant, quarter, findings, cards } = await world()
    await quarter()
    expect(await findings()).toEqual([])
    tenant.revoke('AuditLog.Read.All')
    await quarter()
    await quarter()
    expect(await findings()).toMatchObject([
      {
        detection: 'own-access',
        term: 'permission',
        count: 1,
        notes: ['AuditLog.Read.All'],
        actor: 'waxseal',
      },
    ])
    expect(await cards()).toHaveLength(1)
  })

  it('is known by our tokens, so that a new secret of ours is told and one of another application is not', async () => {
    const { feed, quarter, findings, seconds } = await world()
    const secretFor = (id: string) => ({
      ...directoryRecord('Add service principal credentials', {
        at: seconds(),
        target: [
          { ID: 'ServicePrincipal', Type: 2 },
          { ID: id, Type: 2 },
        ],
      }),
      OrganizationId: TENANT,
    })
    await quarter()
    feed.publish([secretFor('5f1d8f6c-40f5-4c4e-9d0e-2a1b3c4d5e6f')])
    await quarter()
    expect(await findings()).toEqual([])
    feed.publish([secretFor(EMULATED.objectId)])
    await quarter()
    expect(await findings()).toMatchObject([{ term: 'credential', severity: 'medium' }])
  })
})
