import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DAY } from '../model/time.ts'
import { makeMailboxes } from './mailboxes.ts'
import { makeMemoryTables } from './memory.ts'

const TENANT = '5b6a1d0e-3c47-4f29-9e58-0d1f2a7b6c83'
const seen = (mailbox: string | undefined, operation: string, day: number) => ({
  ...{ mailbox, operation },
  at: day * DAY + 7,
})

test('mailboxes are the same in whatever order, however often and by whichever instance records are noted', async () => {
  const record = fc.record({
    mailbox: fc.constantFrom('a@birchwood.example', 'b@birchwood.example', undefined, 'not-a-name'),
    operation: fc.constantFrom('MailItemsAccessed', 'AttachmentAccess', 'Send', 'New-InboxRule'),
    day: fc.integer({ min: 20_000, max: 20_040 }),
  })
  const property = fc.asyncProperty(fc.array(record), fc.array(fc.nat(4)), async (records, cuts) => {
    const tables = makeMemoryTables()
    const instances = [makeMailboxes(tables, TENANT), makeMailboxes(tables, TENANT)]
    const wire = records.map(({ day, mailbox, operation }) => seen(mailbox, operation, day))
    const pieces = [...cuts.map(cut => wire.slice(cut, cut * 3)), wire]
    await Promise.all(pieces.map((piece, i) => instances[i % 2]?.note(piece)))
    const expected = ['a@birchwood.example', 'b@birchwood.example'].flatMap(mailbox => {
      const own = records.filter(one => one.mailbox === mailbox)
      const days = own.map(({ day }) => day)
      const reads = own.filter(({ operation }) => /Accessed|Access$/.test(operation)).map(({ day }) => day)
      if (own.length === 0) return []
      const read = reads.length === 0 ? {} : { read: Math.max(...reads) }
      return [{ mailbox, first: Math.min(...days), seen: Math.max(...days), ...read }]
    })
    expect(await instances[0]?.all()).toEqual(expected)
  })
  await fc.assert(property, { numRuns: 60 })
})

test('a day that is known costs storage nothing', async () => {
  const tables = makeMemoryTables()
  const mailboxes = makeMailboxes(tables, TENANT)
  await mailboxes.note([seen('a@birchwood.example', 'Send', 20_000)])
  const before = tables.stats()
  await mailboxes.note([seen('a@birchwood.example', 'Send', 20_000)])
  expect(tables.stats()).toEqual(before)
})

test('a mailbox that did nothing for long is forgotten, and may come back', async () => {
  const mailboxes = makeMailboxes(makeMemoryTables(), TENANT)
  await mailboxes.note([
    seen('a@birchwood.example', 'Send', 20_000),
    seen('b@birchwood.example', 'Send', 20_060),
  ])
  expect(await mailboxes.purge(20_050 * DAY)).toBe(1)
  await mailboxes.note([seen('a@birchwood.example', 'Send', 20_061)])
  expect(await mailboxes.all()).toEqual([
    { mailbox: 'a@birchwood.example', first: 20_061, seen: 20_061 },
    { mailbox: 'b@birchwood.example', first: 20_060, seen: 20_060 },
  ])
})
