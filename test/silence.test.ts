import { describe, expect, it } from 'vitest'
import { DAY, HOUR } from '../core/model/time.ts'
import { type Occurrence, quietMonth } from '../emulator/index.ts'
import { blobsOf, listen, type Told } from './support/heard.ts'

const month = quietMonth()
const occurrences = [...month.occurrences()]
const FIRST = month.firstDay / 1000
const END = FIRST + month.days * DAY
/** A Tuesday of the fourth week, at ten. */
const STRUCK = FIRST + 23 * DAY + 10 * HOUR

const heard = (all: Iterable<Occurrence>, own = month, step = 3 * HOUR) =>
  listen(own.tenant.tenantId, blobsOf(all), END, step)
const from = ({ at }: Occurrence) => at / 1000 >= STRUCK
const reads = ({ record }: Occurrence) => Reflect.get(record, 'Operation') === 'MailItemsAccessed'
const owner = ({ record }: Occurrence) => Reflect.get(record, 'MailboxOwnerUPN')
const brief = ({ operation, mailbox, object }: Told) => [operation, mailbox ?? object]

describe('a quiet month', () => {
  it.each([1, 2, 3])('with seed %i has no silence in it', async seed => {
    const own = quietMonth({ seed })
    expect((await heard(seed === 1 ? occurrences : own.occurrences(), own, HOUR)).map(brief)).toEqual([])
  })
})

describe('silence planted in the fourth week', () => {
  // Somebody who neither leaves nor goes on holiday.
  const victim = month.tenant.people[11]?.upn ?? ''

  it('of one mailbox, while its owner works on, is found on the second day, and nothing besides', async () => {
    const told = await heard(occurrences.filter(one => !(from(one) && reads(one) && owner(one) === victim)))
    expect(told.map(brief)).toEqual([['MailboxSilent', victim]])
    const [{ at = 0, now = 0, observed } = {}] = told
    expect(at).toBeGreaterThanOrEqual(STRUCK - 2 * HOUR)
    expect(at).toBeLessThanOrEqual(STRUCK + 4 * HOUR)
    expect(now - STRUCK).toBeGreaterThanOrEqual(20 * HOUR)
    expect(now - STRUCK).toBeLessThanOrEqual(48 * HOUR)
    expect(observed?.signs).toBeGreaterThanOrEqual(8)
  })

  it('of a mailbox whose owner is gone as well is nothing', async () => {
    const away = occurrences.filter(
      one => !(from(one) && [owner(one), Reflect.get(one.record, 'UserId')].includes(victim)),
    )
    expect((await heard(away)).map(brief)).toEqual([])
  })

  it('that ends is told as ended', async () => {
    const back = (STRUCK + 4 * DAY) * 1000
    const told = await heard(
      occurrences.filter(one => !(from(one) && one.at < back && reads(one) && owner(one) === victim)),
    )
    expect(told.map(brief)).toEqual([
      ['MailboxSilent', victim],
      ['MailboxHeard', victim],
    ])
    expect(told[1]?.at).toBeGreaterThanOrEqual(back / 1000 - HOUR)
  })

  it('of all reads is one silence, and not one for each mailbox', async () => {
    const told = await heard(occurrences.filter(one => !(from(one) && reads(one))))
    expect(told.map(brief)).toEqual([['FeedSilent', 'MailItemsAccessed']])
    expect((told[0]?.now ?? 0) - STRUCK).toBeLessThanOrEqual(36 * HOUR)
  })

  it('of mail as a whole is one silence, found within two days', async () => {
    const told = await heard(occurrences.filter(one => !(from(one) && one.contentType === 'Audit.Exchange')))
    expect(told.map(brief)).toEqual([['FeedSilent', 'Audit.Exchange']])
    expect((told[0]?.now ?? 0) - STRUCK).toBeLessThanOrEqual(48 * HOUR)
  })

  it('of another content type is found in the third working day: two could be holidays', async () => {
    const told = await heard(occurrences.filter(one => !(from(one) && one.contentType === 'Audit.General')))
    expect(told.map(brief)).toEqual([['FeedSilent', 'Audit.General']])
    expect((told[0]?.now ?? 0) - STRUCK).toBeLessThanOrEqual(4 * DAY)
  })

  it('of everything is no tampering', async () => {
    expect((await heard(occurrences.filter(one => !from(one)))).map(brief)).toEqual([])
  })
})
