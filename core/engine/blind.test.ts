import { describe, expect, it } from 'vitest'
import { makeFinding } from '../../test/chain/findings.ts'
import { MIDNIGHT, probe } from '../../test/support/histories.ts'
import type { Blind } from '../model/detection.ts'
import type { Incident } from '../model/incident.ts'
import { DAY, HOUR } from '../model/time.ts'
import { blindOf, gapsOf, missing } from './blind.ts'
import { join } from './incidents.ts'

const ADA = 'ada@birchwood.example'
const BEN = 'ben@birchwood.example'
const T = MIDNIGHT + 9 * HOUR

const incident: Incident = join([], makeFinding({ start: T, end: T + HOUR, mailboxes: [BEN] })).incident
const blind = (more: Partial<Blind> = {}): Blind => ({
  whose: 'tenant',
  from: T - HOUR,
  what: 'all',
  ...more,
})
const told = (...blinds: Blind[]) => missing(blinds, incident)

describe('what is missing from the records of an incident', () => {
  it('is told with its times, of the tenant, of its mailboxes and of who did it', () => {
    expect(told(blind({ to: T }))).toEqual(['all from 2026-11-20 08:00 to 2026-11-20 09:00 UTC'])
    expect(told(blind())).toEqual(['all since 2026-11-20 08:00 UTC'])
    expect(told(blind({ whose: [BEN], what: 'reads' }))).toEqual([
      `reads of ${BEN} since 2026-11-20 08:00 UTC`,
    ])
    expect(told(blind({ whose: [ADA] }))).toHaveLength(1)
  })

  it('is nothing that happened to others, ended a day before or began afterwards', () => {
    expect(told(blind({ whose: ['cyd@birchwood.example'] }))).toEqual([])
    expect(told(blind({ from: T - 3 * DAY, to: T - DAY - 1 }))).toEqual([])
    expect(told(blind({ from: T - 3 * DAY, to: T - DAY }))).toHaveLength(1)
    expect(told(blind({ from: T + HOUR }))).toHaveLength(1)
    expect(told(blind({ from: T + HOUR + 1 }))).toEqual([])
  })

  it('names of many only those it concerns, together where it is the same', () => {
    const many = blind({ whose: ['cyd@birchwood.example', BEN, ADA], what: 'reads' })
    expect(told(many)).toEqual([`reads of ${BEN}, ${ADA} since 2026-11-20 08:00 UTC`])
  })

  it('is told in order of time, and of many mailboxes three are named', () => {
    const people = ['ben', 'cyd', 'dan', 'eve'].map(name => `${name}@birchwood.example`)
    const { incident } = join([], makeFinding({ start: T, mailboxes: people }))
    const reads = (count: number, from: number) =>
      blind({ whose: people.slice(0, count), from, what: 'reads' })
    expect(missing([{ ...reads(4, T), what: 'sends' }, reads(3, T - HOUR)], incident)).toEqual([
      `reads of ${people.slice(0, 3).join(', ')} since 2026-11-20 08:00 UTC`,
      `sends of ${people.slice(0, 3).join(', ')} + 1 more since 2026-11-20 09:00 UTC`,
    ])
  })

  it('ends for the one mailbox that a later finding knows the end of, and for no other', () => {
    const both = blind({ whose: [ADA, BEN], what: 'reads' })
    const ended = blind({ whose: [BEN], what: 'reads', to: T })
    expect(told(both, ended)).toEqual([
      `reads of ${ADA} since 2026-11-20 08:00 UTC`,
      `reads of ${BEN} from 2026-11-20 08:00 to 2026-11-20 09:00 UTC`,
    ])
    for (const other of [{ what: 'sends' }, { whose: 'tenant' }] as const)
      expect(told(both, { ...ended, ...other })).toContain(
        `reads of ${ADA}, ${BEN} since 2026-11-20 08:00 UTC`,
      )
  })

  it('is what findings tell of, whatever else they are about', () => {
    const quiet = makeFinding()
    const loud = makeFinding({ detection: 'loud' })
    const gone = makeFinding({ detection: 'gone' })
    const byId = new Map([
      ['probe', probe],
      ['loud', { ...probe, id: 'loud', blind: () => blind() }],
    ])
    expect(blindOf([quiet, gone, loud], byId)).toEqual([{ finding: loud, blind: blind() }])
  })
})

describe('gaps of one kind', () => {
  it.each<[string, Parameters<typeof gapsOf>[0], ReturnType<typeof gapsOf>]>([
    ['go on where no end is known', [{ from: 5 }], [{ from: 5 }]],
    [
      'end with the first end after them',
      [{ from: 5 }, { from: 7, to: 9 }, { from: 7, to: 30 }],
      [{ from: 5, to: 30 }],
    ],
    [
      'end with the first end after them, in whatever order the ends are told',
      [{ from: 5 }, { from: 40, to: 50 }, { from: 7, to: 9 }, { from: 60, to: 70 }],
      [
        { from: 5, to: 9 },
        { from: 40, to: 50 },
        { from: 60, to: 70 },
      ],
    ],
    [
      'are not ended by what ended before them',
      [{ from: 1, to: 4 }, { from: 5 }],
      [{ from: 1, to: 4 }, { from: 5 }],
    ],
    ['end in the second they began in', [{ from: 5 }, { from: 5, to: 5 }], [{ from: 5, to: 5 }]],
    [
      'go on when recording was stopped again after an end',
      [
        { from: 5, renewed: 20 },
        { from: 5, to: 10 },
      ],
      [{ from: 5 }],
    ],
    [
      'end after recording was stopped for the last time',
      [
        { from: 5, renewed: 20 },
        { from: 5, to: 25 },
      ],
      [{ from: 5, to: 25 }],
    ],
    [
      'become one where they overlap',
      [
        { from: 8, to: 12 },
        { from: 1, to: 9 },
      ],
      [{ from: 1, to: 12 }],
    ],
    [
      'stay two where they do not',
      [
        { from: 8, to: 12 },
        { from: 1, to: 7 },
      ],
      [
        { from: 1, to: 7 },
        { from: 8, to: 12 },
      ],
    ],
    ['are none where there are none', [], []],
  ])('%s', (_, blinds, gaps) => {
    expect(gapsOf(blinds)).toEqual(gaps)
    expect(gapsOf(blinds.toReversed())).toEqual(gaps)
  })
})
