import fc from 'fast-check'
import { type Detection, TENANT_KEY } from '../../core/model/detection.ts'
import { DAY, iso } from '../../core/model/time.ts'
import { list, text } from '../../core/model/values.ts'
import { MIDNIGHT, probe, type RawRecord } from './histories.ts'

/** Detections of every kind of past, with limits that worlds of weeks and a few records a day reach. */
const rest = { ...probe, signals: undefined }
const term = { counts: 'things', atLeast: 1 } as const

/** `Flag` is an alarm of its own: its records teach nothing. `Grant` is a first step. */
const isFlag = (operation: string) => operation === 'Flag'

const alarm: Detection = {
  ...rest,
  id: 'alarm',
  terms: [
    { ...term, id: 'flags', measures: ['flag'], severity: 'medium' },
    { ...term, id: 'whispers', measures: ['whisper'], severity: 'low' },
  ],
  *signals({ actor, operation }) {
    if (isFlag(operation)) yield { key: [actor], measure: 'flag' }
    if (operation === 'Whisper') yield { key: [actor], measure: 'whisper' }
  },
}

const novelty: Detection = {
  ...rest,
  id: 'novelty',
  parts: ['thing', 'place'],
  unlearned: ['granted'],
  terms: [
    {
      ...term,
      id: 'granted',
      measures: ['seen'],
      after: { measures: ['granted'] },
      withinMinutes: 3 * 1440,
      fresh: ['thing'],
      severity: 'critical',
    },
    { ...term, id: 'both', measures: ['seen'], fresh: ['thing', 'place'], severity: 'high' },
    { ...term, id: 'thing', measures: ['seen'], fresh: ['thing'], severity: 'medium' },
    { ...term, id: 'places', measures: ['seen'], atLeast: 2, fresh: ['place'], severity: 'low' },
  ],
  *signals({ actor, body, operation, session }) {
    for (const given of list(body.Folders)) {
      const thing = text(given) ?? ''
      const key = session === 's2' ? ([actor, thing] as const) : ([actor, thing, session ?? ''] as const)
      yield { key, measure: operation === 'Grant' ? 'granted' : 'seen' }
    }
  },
}

/** Shares the name of a part with the one before, on the same people and on the tenant as a whole. */
const rarity: Detection = {
  ...rest,
  id: 'rarity',
  parts: ['thing'],
  terms: [{ ...term, id: 'rare', measures: ['rare'], fresh: ['thing'], severity: 'high' }],
  *signals({ actor, body, operation }) {
    if (operation === 'Whisper') return
    for (const given of list(body.Folders)) yield { key: [TENANT_KEY, text(given) ?? ''], measure: 'rare' }
    if (operation === 'Read') yield { key: [actor, 'm1'], measure: 'rare' }
  },
}

const volume: Detection = {
  ...rest,
  id: 'volume',
  terms: [
    {
      ...term,
      id: 'p95',
      measures: ['light', 'heavy'],
      atLeast: 4,
      above: { by: 'p95', times: 1.5, days: 9, minDays: 3 },
      severity: 'high',
    },
    {
      ...term,
      id: 'mad',
      measures: ['heavy'],
      atLeast: 2,
      above: { by: 'mad', times: 2, days: 20, minDays: 2 },
      severity: 'medium',
    },
  ],
  *signals({ actor, body, id }) {
    const things = list(body.Folders).map(given => text(given) ?? '')
    const light = things.filter(thing => !thing.startsWith('h'))
    if (light.length > 0) yield { key: [actor], measure: 'light', members: light }
    const weight = things.length - light.length
    if (weight > 0) yield { key: [actor], measure: 'heavy', members: [{ member: id, weight }] }
  },
}

export const probes: readonly Detection[] = [alarm, novelty, rarity, volume]

/** A dozen to 45 records of two people on the days given, at any time of the day. */
export const historyOver = (days: fc.Arbitrary<number>) =>
  fc
    .array(
      fc.record({
        day: days,
        second: fc.integer({ min: 0, max: DAY - 1 }),
        Operation: fc.constantFrom('Read', 'Read', 'Read', 'Read', 'Grant', 'Whisper', 'Flag'),
        UserId: fc.constantFrom('ada@birchwood.example', 'ada@birchwood.example', 'ben@birchwood.example'),
        SessionId: fc.constantFrom('s1', 's2', 's3'),
        Folders: fc.array(fc.constantFrom('m1', 'm2', 'm3', 'h1', 'h2'), { minLength: 1, maxLength: 3 }),
      }),
      { minLength: 12, maxLength: 45 },
    )
    .map(records =>
      records.map(
        ({ day, second, ...fields }, index): RawRecord => ({
          Id: `00000000-0000-4000-8000-${index.toString().padStart(12, '0')}`,
          CreationTime: iso(MIDNIGHT + day * DAY + second).slice(0, 19),
          ...fields,
        }),
      ),
    )
