import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY } from '../model/time.ts'
import { digestAlert, lastWeek, type Week } from './digest-text.ts'

const QUIET: Week = {
  span: { from: Date.UTC(2026, 10, 9) / 1000, to: Date.UTC(2026, 10, 16) / 1000 },
  blobs: 812,
  records: 61_204,
  unread: 0,
  dropped: 0,
  rejected: 0,
  lost: [],
  pending: 0,
  posted: {},
  held: 0,
  allowed: 0,
  blind: [],
  working: ['Audit.Exchange'],
  missing: [],
  refused: [],
}
const told = (week: Partial<Week>) => {
  const { facts, ...rest } = digestAlert({ ...QUIET, ...week }, { tenant: 't', incident: 'digest-1' })
  return { ...rest, facts: Object.fromEntries(facts.map(({ name, value }) => [name, value])) }
}

describe('the digest', () => {
  it('of a quiet week says so first, and that it is alive', () => {
    const { facts, headline, sentence, steps } = told({})
    expect(headline).toBe('All quiet: nothing needs you')
    expect(sentence).toBe(
      '61,204 audit records in 812 packages were read and judged from 2026-11-09 to 2026-11-15. Nothing was found that is worth a message.',
    )
    expect(facts).toEqual({ Feeds: 'Exchange' })
    expect(steps).toHaveLength(1)
  })

  it('never calls a week quiet in which something was not seen or not told', () => {
    const lost = [{ feed: 'Audit.Exchange', why: 'the subscription was not running' }]
    for (const week of [{ blind: ['Audit.Exchange'] }, { unread: 1 }, { refused: ['teams'] }, { lost }]) {
      const { headline, steps } = told(week)
      expect(headline).toBe('We did not see or tell everything this week')
      expect(steps).toHaveLength(2)
    }
  })

  it('says of what time nothing is known, and what was given up or not understood', () => {
    const { from } = QUIET.span
    const lost = [
      {
        feed: 'Audit.Exchange',
        from: from + 3_600,
        to: from + 9_000,
        why: 'the subscription was not running',
      },
      { feed: 'Audit.General', from, why: 'auditing was switched off in the tenant' },
    ]
    expect(told({ lost, dropped: 1, rejected: 3 }).facts).toMatchObject({
      Lost:
        'Exchange from 2026-11-09 01:00 to 2026-11-09 02:30 UTC: the subscription was not running; ' +
        'General from 2026-11-09 00:00 until now UTC: auditing was switched off in the tenant',
      'Given up': '1 package',
      'Not understood': '3 records',
    })
    expect(told({ dropped: 1, rejected: 3 }).headline).toBe('All quiet: nothing needs you')
  })

  it('names what was posted, the worst first, and what was held back', () => {
    const { facts, headline, sentence } = told({ posted: { medium: 2, critical: 1 }, held: 1, allowed: 12 })
    expect(headline).toBe('3 incidents this week')
    expect(sentence).toContain('3 incidents were posted.')
    expect(facts).toMatchObject({
      Posted: '1 critical, 2 medium',
      'Held back': '1 finding below what is posted, 12 findings allowed in waxseal.config.json',
    })
  })

  it('names optional feeds that are left out, and what it all costs', () => {
    const month = { compute: 0, storage: 0.048, logs: 0, total: 0.048 }
    const { facts } = told({ missing: ['graph-sign-ins: not licensed'], cost: { month, asOf: '2026-11' } })
    expect(facts).toMatchObject({
      'Not seen': 'graph-sign-ins: not licensed',
      Cost: 'about US$0.05 a month, prices of 2026-11',
    })
  })
})

it('the last week is the seven days before the latest Monday', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1_000_000, max: 4_000_000_000 }), now => {
      const { from, to } = lastWeek(now)
      expect(new Date(to * 1000).getUTCDay()).toBe(1)
      expect([to % DAY, to - from]).toEqual([0, 7 * DAY])
      expect(to <= now && now - to < 7 * DAY).toBe(true)
    }),
  )
})
