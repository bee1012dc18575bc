import { expect, it } from 'vitest'
import { LOOK_BACK } from '../model/checkpoint.ts'
import { DAY } from '../model/time.ts'
import { RETENTION } from './retention.ts'

it('what can bring rows back is always older than the rows: look-back < ledger < tallies < findings and outbox', () => {
  const { ledger, tallies, findings, outbox } = RETENTION
  expect(ledger).toBeGreaterThan(LOOK_BACK)
  // A record reaches its blob up to a day late, and a window reaches back a day.
  expect(tallies).toBeGreaterThanOrEqual(ledger + 2 * DAY)
  expect(findings).toBeGreaterThan(tallies)
  expect(outbox).toBeGreaterThan(tallies)
})
