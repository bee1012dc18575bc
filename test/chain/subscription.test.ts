import { expect, it } from 'vitest'
import { obtain } from '../../core/model/maps.ts'
import { makeMemoryTables } from '../../core/stores/memory.ts'
import type { Tables } from '../../core/stores/port.ts'
import { openTenant } from './faulty-day.ts'
import { observedBy } from './observed.ts'
import { chainOf } from './tenant.ts'

const TYPES = ['Audit.Exchange', 'Audit.General'] as const
const QUARTER = 900_000

/** Each cool-down is read by two before either goes on. */
function readByTwo(tables: Tables): Tables {
  const reads = new Map<string, PromiseWithResolvers<void>>()
  const second = (row: string) => {
    reads.get(row)?.resolve()
    return obtain(reads, row, () => Promise.withResolvers<void>()).promise
  }
  return {
    ...tables,
    table(name) {
      const table = tables.table(name)
      return {
        ...table,
        async get<T>(partition: string, row: string) {
          const found = await table.get<T>(partition, row)
          if (row.startsWith('subscription.')) await second(row)
          return found
        },
      }
    },
  }
}

it('is started once by two first polls at the same time, and both types are listed by the next', async () => {
  const { clock, tenant } = await openTenant()
  const chain = chainOf(tenant, clock, TYPES, readByTwo(makeMemoryTables(clock)))
  await Promise.all([chain.poll(), chain.poll()])
  expect(tenant.audit().startsInCoolDown).toEqual([])
  clock.advance(QUARTER)
  expect((await chain.poll()).map(({ problem }) => problem)).toEqual([undefined, undefined])
  expect(await observedBy(chain)).toEqual([])
})

it('is told as stopped and running again once each by two polls at the same time that find it stopped', async () => {
  const { clock, tenant } = await openTenant()
  const chain = chainOf(tenant, clock, ['Audit.Exchange'])
  await chain.poll()
  clock.advance(QUARTER)
  tenant.disable('Audit.Exchange')
  await Promise.all([chain.poll(), chain.poll()])
  clock.advance(QUARTER)
  await chain.poll()
  expect((await observedBy(chain)).toSorted()).toEqual(['SubscriptionRestarted', 'SubscriptionStopped'])
  expect(tenant.audit().startsInCoolDown).toEqual([])
})
