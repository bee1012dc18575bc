import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { costOf, type Usage } from './cost.ts'
import { estimate, estimateText } from './estimate.ts'
import { MEASURED, scaled } from './measured.ts'
import { PRICES } from './prices.ts'
import { usageOf } from './usage.ts'

const NOTHING: Usage = {
  executions: 0,
  gbSeconds: 0,
  tableOperations: 0,
  queueOperations: 0,
  storedGigabytes: 0,
  loggedGigabytes: 0,
}

describe('the cost of a month', () => {
  it('is nothing inside the free grants, and the rate beyond them', () => {
    const free = { ...NOTHING, executions: 250_000, gbSeconds: 100_000, loggedGigabytes: 5 }
    expect(costOf(free, PRICES).total).toBe(0)
    const beyond = { ...free, executions: 1_250_000, gbSeconds: 200_000, loggedGigabytes: 6 }
    const { compute, logs, storage, total } = costOf(beyond, PRICES)
    expect([compute, storage, logs, total].map(amount => amount.toFixed(6))).toEqual([
      '3.000000',
      '0.000000',
      '2.300000',
      '5.300000',
    ])
  })

  it('counts storage from the first operation', () => {
    const { storage } = costOf(
      { ...NOTHING, tableOperations: 1e4, queueOperations: 1e4, storedGigabytes: 1 },
      PRICES,
    )
    expect(storage).toBeCloseTo(0.00036 + 0.0004 + 0.045)
  })

  it('never falls when more is recorded or instances are larger', () => {
    const total = (records: number, gigabytes: number) =>
      costOf(usageOf(scaled(MEASURED, records), gigabytes), PRICES).total
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.nat(1_000_000), fc.constantFrom(0.5, 2, 4), (a, b, gigabytes) => {
        const [less, more] = a < b ? [a, b] : [b, a]
        expect(total(less, gigabytes)).toBeLessThanOrEqual(total(more, gigabytes))
        expect(total(more, 0.5)).toBeLessThanOrEqual(total(more, gigabytes))
      }),
    )
  })

  it('of the measured tenant stays under five dollars at 512 MB', () => {
    expect(costOf(usageOf(MEASURED, 0.5), PRICES).total).toBeLessThan(5)
  })
})

describe('an estimate in words', () => {
  it('is never nothing', () => {
    const said = (total: number) =>
      estimateText({ asOf: '2026-11', month: { compute: 0, storage: total, logs: 0, total } })
    expect([0, 0.004, 1.234, 12.6].map(said)).toEqual(
      ['0.01', '0.01', '1.23', '13'].map(dollars => `about US$${dollars} a month, prices of 2026-11`),
    )
  })

  it('is that of the measured tenant where as many records come', () => {
    expect(estimate(MEASURED.records).month).toEqual(costOf(usageOf(MEASURED, 0.5), PRICES))
  })
})
