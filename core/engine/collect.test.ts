import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MIDNIGHT, probe } from '../../test/support/histories.ts'
import { facts, TENANT } from '../../test/support/tenant.ts'
import { makeParser } from '../feeds/normalise/parse.ts'
import { type Detection, defineDetection, type Signal } from '../model/detection.ts'
import { PANE } from '../model/pane.ts'
import { TALLY_CAP } from '../model/tally.ts'
import { makeCollector, seriesId } from './collect.ts'

const parse = makeParser(TENANT)

function record(n: number, more: object = {}) {
  const raw = {
    Id: `00000000-0000-4000-8000-${n.toString().padStart(12, '0')}`,
    CreationTime: new Date((MIDNIGHT + (n % PANE)) * 1000).toISOString().slice(0, 19),
    Operation: 'Flag',
    UserId: 'ada@birchwood.example',
    ...more,
  }
  const { record, rejected } = parse(raw)
  if (record === undefined) throw new Error(rejected)
  return record
}

const saying = (id: string, signals: readonly Signal[], more: Partial<Detection> = {}): Detection => ({
  ...probe,
  id,
  signals: () => signals,
  ...more,
})

const seriesOf = (collector: ReturnType<typeof makeCollector>, subject: string, id: string) =>
  collector.subjects.get(subject)?.get(id)

describe('the collector', () => {
  it('asks a detection only about operations it reads', () => {
    const asked: string[] = []
    const listen = (id: string) => (record: { readonly operation: string }) => {
      asked.push(`${id} ${record.operation}`)
      return []
    }
    const some = defineDetection({
      ...probe,
      id: 'some',
      reads: ['MailItemsAccessed'],
      signals: listen('some'),
    })
    const all = { ...probe, id: 'all', signals: listen('all') }
    const collector = makeCollector([some, all], facts)
    collector.add(record(1))
    collector.add(record(2, { Operation: 'MailItemsAccessed' }))
    expect(asked).toEqual(['all Flag', 'some MailItemsAccessed', 'all MailItemsAccessed'])
    expect(collector.subjects.size).toBe(0)
  })

  it('counts the record itself where a signal names no members', () => {
    const collector = makeCollector([saying('d', [{ key: ['s'], measure: 'm' }])], facts)
    for (const n of [1, 2, 2, 3]) collector.add(record(n))
    const pane = [...(seriesOf(collector, 's', seriesId('d', ['s']))?.panes.values() ?? [])][0]
    expect(pane?.tallies.get('m')?.size).toBe(3)
    expect(pane?.records.size).toBe(3)
  })

  it('keeps series of one subject apart by detection and by the rest of the key', () => {
    const collector = makeCollector(
      [saying('a', [{ key: ['s', 'x'], measure: 'm' }]), saying('b', [{ key: ['s', 'y'], measure: 'm' }])],
      facts,
    )
    collector.add(record(1))
    expect([...(collector.subjects.get('s')?.keys() ?? [])]).toEqual([
      seriesId('a', ['s', 'x']),
      seriesId('b', ['s', 'y']),
    ])
  })

  it('notes first and last sighting and the weight of a member', () => {
    const members = [{ member: 'x', weight: 4 }]
    const collector = makeCollector([saying('d', [{ key: ['s'], measure: 'm', members }])], facts)
    for (const n of [30, 10, 20]) collector.add(record(n))
    const pane = [...(seriesOf(collector, 's', seriesId('d', ['s']))?.panes.values() ?? [])][0]
    expect([...(pane?.tallies.get('m')?.values() ?? [])]).toEqual([
      { first: MIDNIGHT + 10, last: MIDNIGHT + 30, weight: 4 },
    ])
  })

  it('isolates a detection that throws, counts how often, and goes on with the others', () => {
    const broken: Detection = {
      ...probe,
      id: 'broken',
      signals() {
        throw new Error('on purpose')
      },
    }
    const collector = makeCollector([broken, saying('sound', [{ key: ['s'], measure: 'm' }])], facts)
    collector.add(record(1))
    collector.add(record(2))
    expect([...collector.failures]).toEqual([['broken', 2]])
    expect(seriesOf(collector, 's', seriesId('sound', ['s']))).toBeDefined()
  })

  it('adds what a signal says about its record to the context, and cuts a long note', () => {
    const signal = { key: ['s'] as const, measure: 'm', note: 'n'.repeat(300), mailbox: 'box@x.example' }
    const collector = makeCollector([saying('d', [signal])], facts)
    collector.add(record(1, { MailboxOwnerUPN: 'own@x.example', SessionId: 'one' }))
    const pane = [...(seriesOf(collector, 's', seriesId('d', ['s']))?.panes.values() ?? [])][0]
    expect([...(pane?.records.values() ?? [])][0]?.context).toEqual({
      actor: 'ada@birchwood.example',
      mailbox: 'box@x.example',
      session: 'one',
      note: 'n'.repeat(200),
    })
  })

  it('keeps with a record its own context, and what its signal says besides', () => {
    const more = fc.record(
      { mailbox: fc.constantFrom('box'), note: fc.constantFrom('', 'note') },
      { requiredKeys: [] },
    )
    const raw = fc.record(
      {
        UserId: fc.constantFrom('ada@x.example', 'ben@x.example'),
        AppId: fc.constantFrom('a1', 'a2'),
        MailboxOwnerUPN: fc.constantFrom('own@x.example', 'other@x.example'),
        ClientIPAddress: fc.constantFrom('192.0.2.7', '192.0.2.8'),
        ClientInfoString: fc.constantFrom('Client=OWA', 'Client=REST'),
        SessionId: fc.constantFrom('s1', 's2'),
      },
      { requiredKeys: ['UserId'] },
    )
    const given = fc.array(fc.tuple(raw, more), { maxLength: 20 })
    fc.assert(
      fc.property(given, all => {
        const signals = all.map(([, one]): Signal => ({ key: ['s'], measure: 'm', ...one }))
        const records = all.map(([one], n) => record(n, one))
        const detection: Detection = {
          ...probe,
          signals: ({ id }) => [signals[Number(id.slice(-3))] as Signal],
        }
        const collector = makeCollector([detection], facts)
        for (const one of records) collector.add(one)
        expect(collector.failures.size).toBe(0)
        const kept = seriesOf(collector, 's', 'probe')?.panes.values().next().value?.records
        for (const [n, { id, actor, app, mailbox, address, client, session }] of records.entries()) {
          const parts = {
            app,
            mailbox: signals[n]?.mailbox ?? mailbox,
            address: address?.text,
            client: client?.name,
            session,
            note: signals[n]?.note || undefined,
          }
          const known = Object.entries(parts).filter(([, part]) => part !== undefined)
          expect(kept?.get(id)?.context).toStrictEqual({ actor, ...Object.fromEntries(known) })
        }
      }),
    )
  })

  it('stays within its bounds, however much one person does in one pane', () => {
    const collector = makeCollector([saying('d', [{ key: ['s'], measure: 'm' }])], facts)
    const most = () =>
      Math.max(
        ...[...(seriesOf(collector, 's', seriesId('d', ['s']))?.panes.values() ?? [])].map(
          p => p.records.size,
        ),
      )
    for (let n = 0; n < 3 * TALLY_CAP; n++) {
      collector.add(record(n))
      if (n % 1_000 === 0) expect(most()).toBeLessThanOrEqual(2 * TALLY_CAP)
    }
    expect(most()).toBe(TALLY_CAP)
  })
})
