import { describe, expect, it } from 'vitest'
import { factsOf, read } from '../../../test/support/corpus.ts'
import { type Access, at, bind, graphApp, guid, person } from '../../../test/support/records.ts'
import { TALLY_CAP } from '../../model/tally.ts'
import readVolumeAnomaly from '../read-volume-anomaly.ts'
import { mailWords, UNIT, volumeSignals } from './volumes.ts'

const anna = person('anna')
const facts = factsOf({
  detection: '',
  title: '',
  records: [],
  learned: false,
  declared: {},
  config: {},
  expect: {},
})

/** [subject, measure, weight] of what a record of some sizes counts. */
function counted(sizes: readonly number[], access: Partial<Access> = {}) {
  const FolderItems = sizes.map(SizeInBytes => ({ SizeInBytes }))
  const raw = bind({
    mailbox: anna,
    at: at('09:05'),
    messages: [],
    ...access,
    change: { Folders: [{ FolderItems }] },
  })
  return read([raw]).flatMap(record =>
    [...volumeSignals(record, facts)].map(({ key, measure, members = [] }) => [
      key[0],
      measure,
      members.map(member => (typeof member === 'string' ? 1 : member.weight)),
    ]),
  )
}

describe('a record counts', () => {
  it('its messages, and its bytes in units rounded up, from a hundred thousand on', () => {
    expect(counted([60_000, 39_999])).toEqual([[anna, 'messages', [2]]])
    expect(counted([60_000, 40_001])).toEqual([
      [anna, 'messages', [2]],
      [anna, 'bytes', [5]],
    ])
  })

  it('its network, from a megabyte on', () => {
    expect(counted([999_999]).map(([, measure]) => measure)).toEqual(['messages', 'bytes'])
    expect(counted([1_000_000])).toContainEqual(['net:198.51.100.0/24', 'network-bytes', [40]])
  })

  it('for the reader and for the application the reader let in', () => {
    const app = guid('an application')
    expect(counted([1], { client: graphApp(app) }).map(([subject]) => subject)).toEqual([anna, `app:${app}`])
    expect(counted([1], { app }).map(([subject]) => subject)).toEqual([`app:${app}`])
  })
})

describe('the smallest records', () => {
  it('that count no bytes cannot add up to a limit, one in two minutes all day long', () => {
    const perDay = (24 * 60) / 2
    const limit = Math.min(
      ...readVolumeAnomaly.terms
        .filter(({ measures }) => measures.some(measure => measure.includes('bytes')))
        .map(({ atLeast }) => atLeast),
    )
    expect(perDay * 100_000).toBeLessThan(limit * UNIT)
    expect(limit).toBeLessThanOrEqual(TALLY_CAP)
  })
})

describe('units in words', () => {
  it.each([
    [4, '0.1 MB of mail'],
    [4_000, '100 MB of mail'],
    [40_000, '1.0 GB of mail'],
  ])('%j are %s', (units, words) => {
    expect(mailWords(units)).toBe(words)
  })
})
