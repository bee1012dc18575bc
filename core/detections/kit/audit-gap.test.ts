import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeFinding } from '../../../test/chain/findings.ts'
import { counted, judge } from '../../../test/support/corpus.ts'
import { cmdlet } from '../../../test/support/record-cmdlets.ts'
import { at, hours, person, TENANT } from '../../../test/support/records.ts'
import { blindOf, gapsOf } from '../../engine/blind.ts'
import { DAY, HOUR } from '../../model/time.ts'
import { tenantFacts } from '../../pipeline/tenant-domains.ts'
import mailboxAuditOff from '../mailbox-audit-off.ts'
import { gap, wasOff } from './audit-gap.ts'

const [START, END] = [at('09:00'), at('10:00')]

/** Switches at whole hours of a few days of three weeks, by several people, often off or on already. */
const switches = fc
  .uniqueArray(
    fc.record({
      hour: fc.tuple(fc.constantFrom(0, 1, 8, 20), fc.nat(7)).map(([day, hour]) => 24 * day + hour),
      off: fc.boolean(),
      by: fc.constantFrom('helen', 'helen', 'carla'),
    }),
    { selector: ({ hour }) => hour, minLength: 1, maxLength: 8 },
  )
  .map(all => all.sort((a, b) => a.hour - b.hour))

describe('the time without records that findings tell of', () => {
  it('is open until an end is known', () => {
    const finding = makeFinding({ start: START, end: END })
    const whose = ['anna@birchwood.example']
    expect(gap(finding, false, whose, 'reads')).toEqual({ whose, what: 'reads', from: START, renewed: END })
    expect(gap(finding, true, 'tenant', 'all')).toEqual({
      whose: 'tenant',
      what: 'all',
      from: START,
      to: END,
    })
  })

  it('holds every hour that was off, and goes on just where it is off or came back after more than a week', () => {
    fc.assert(
      fc.property(switches, all => {
        const records = all.map(({ hour, off, by }) =>
          cmdlet(
            'Set-OrganizationConfig',
            { AuditDisabled: off ? 'True' : 'False' },
            { at: START + hours(hour), by: person(by) },
          ),
        )
        const series = counted(records, tenantFacts(TENANT, new Set(), true))
        const blinds = blindOf(judge(series), new Map([[mailboxAuditOff.id, mailboxAuditOff]]))
        const gaps = gapsOf(blinds.map(({ blind }) => blind))

        const hoursOff = all.flatMap(({ hour, off }, n) => {
          const length = (all[n + 1]?.hour ?? 21 * 24) - hour
          return off ? Array.from({ length }, (_, more) => hour + more) : []
        })
        const inGap = (at: number) =>
          gaps.some(({ from, to = Number.POSITIVE_INFINITY }) => at >= from && at < to)
        for (const hour of hoursOff) expect(inGap(START + hours(hour) + 1), `hour ${hour}`).toBe(true)

        const first = all.find(({ off }) => off)?.hour
        expect(gaps[0]?.from).toBe(first === undefined ? undefined : START + hours(first))
        const onAt = all.filter(({ off }) => !off).map(({ hour }) => START + hours(hour))
        for (const { to } of gaps) if (to !== undefined) expect(onAt).toContain(to)
        const open = gaps.some(({ to }) => to === undefined)
        if (all.at(-1)?.off) expect(open).toBe(true)
        else if (all.every(({ hour }, n) => hour - (all[n - 1]?.hour ?? hour) < (7 * DAY) / HOUR))
          expect(open).toBe(false)
      }),
      { numRuns: 300 },
    )
  })

  it('is told with who switched off and who on again', () => {
    const helen = person('helen')
    const one = makeFinding({ start: START, end: END, actor: helen, actors: [helen], addresses: [] })
    expect(wasOff(one, 'the log was off')).toBe(
      'Between 09:00 and 10:00 UTC on 18 November the log was off: helen@birchwood.example switched it off and on again.',
    )
    const two = { ...one, actors: ['app:robot', helen] }
    expect(wasOff(two, 'the log was off')).toMatch(/ switched it off, the application robot on again\.$/)
    expect(wasOff({ ...two, actor: 'app:robot' }, 'x')).toMatch(
      /the application robot switched it off, helen@birchwood.example on again\.$/,
    )
  })
})
