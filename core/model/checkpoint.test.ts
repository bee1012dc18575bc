import { describe, expect, it } from 'vitest'
import { LOOK_BACK, planListing } from './checkpoint.ts'
import { DAY, MINUTE } from './time.ts'

const NOW = Date.UTC(2026, 10, 20) / 1000

describe('a listing', () => {
  it.each([-10, 0, 10])('never begins too long ago for Microsoft, with a clock %i minutes off', minutes => {
    for (const checkpoint of [undefined, { listedTo: NOW - 9 * DAY }, { listedTo: NOW }]) {
      const { slices } = planListing(NOW + minutes * MINUTE, checkpoint, { overlap: LOOK_BACK })
      expect(slices[0]?.from).toBeGreaterThan(NOW - LOOK_BACK + MINUTE)
    }
  })
})
