import { expect, inject, onTestFinished, test } from 'vitest'
import { DAY, HOUR, MINUTE } from '../../emulator/index.ts'
import { breakIn, publish } from './break-in.ts'
import { complaintsOf, linesOf, makeCommand } from './command.ts'
import { startFirm } from './firm.ts'

const command = makeCommand()

test.runIf(inject('storage'))(
  'waxseal ledger tells what became of every blob, and what is lost',
  async () => {
    const firm = await startFirm()
    onTestFinished(firm.stop)
    const data = await command.folder('state')
    const ledger = (...more: string[]) =>
      command.run(['ledger', '--data', data, ...more], firm.surroundings())

    const nothing = await ledger()
    expect(nothing).toMatchObject({ code: 2, stdout: '' })
    expect(complaintsOf(nothing)).toEqual([expect.stringMatching(/^No state is kept in /)])

    publish(firm.tenant, breakIn(Date.now() - 2 * HOUR), Date.now() - 10 * MINUTE)
    await command.run(['start', '--once', '--data', data], firm.surroundings())

    const told = await ledger('--json')
    const [exchange] = linesOf(told).filter(({ feed }) => feed === 'Audit.Exchange')
    expect(exchange).toMatchObject({
      type: 'ledger',
      listed: 5,
      done: 5,
      pending: 0,
      quarantined: 0,
      expired: 0,
    })
    expect(exchange?.records).toEqual({
      parsed: expect.any(Number),
      evaluated: expect.any(Number),
      duplicates: 0,
      rejected: {},
    })
    const text = (await ledger()).stdout
    expect(text).toContain('5 listed = 5 done + 0 pending + 0 quarantined + 0 expired before they were read')
    expect(text).toMatch(/lost {5}until \S+Z: before the first start/)

    const early = new Date(Date.now() - DAY).toISOString().slice(0, 10)
    const before = await ledger('--from', '2020-01-01', '--to', early, '--json')
    expect(before.code).toBe(1)
    expect(linesOf(before)[0]).toMatchObject({
      listed: 0,
      lost: [{ kind: 'before-start' }, { kind: 'forgotten' }],
    })

    const wrong = await ledger('--from', 'yesterday')
    expect(wrong.code).toBe(2)
    expect(complaintsOf(wrong)).toEqual([expect.stringContaining('--from "yesterday" is no time')])
  },
)

test.runIf(inject('storage'))(
  'waxseal quarantine lists what cannot be read, tries it again, gives it up',
  async () => {
    const firm = await startFirm({
      faults: { seed: 1, faults: [{ kind: 'foreign-content-uri', permanent: true }] },
    })
    onTestFinished(firm.stop)
    const data = await command.folder('quarantine')
    const run = (...args: string[]) => command.run([...args, '--data', data], firm.surroundings())
    const listed = async () => linesOf(await run('quarantine', '--json'))
    publish(firm.tenant, breakIn(Date.now() - 2 * HOUR).slice(0, 1), Date.now() - 10 * MINUTE)
    await run('start', '--once')

    expect((await run('quarantine', 'list')).code).toBe(1)
    const [blob] = await listed()
    expect(blob).toMatchObject({
      type: 'quarantined',
      feed: 'Audit.Exchange',
      reason: 'foreign-origin',
      retries: 0,
    })
    const id = String(blob?.id)
    expect(id).toMatch(/^[0-9a-f]{10}$/)

    expect(await run('quarantine', 'release', id)).toMatchObject({ code: 0, stderr: '' })
    expect(await listed()).toEqual([])
    await run('start', '--once')
    expect(await listed()).toMatchObject([{ id }])

    expect((await run('quarantine', 'drop', id)).code).toBe(2)
    expect(await run('quarantine', 'drop', id, '--reason', 'looked at in Purview')).toMatchObject({ code: 0 })
    expect(await listed()).toMatchObject([{ id, dropped: { reason: 'looked at in Purview' } }])
    const told = await run('quarantine')
    expect(told).toMatchObject({ code: 0, stderr: '' })
    expect(told.stdout).toContain('looked at in Purview')
    expect(complaintsOf(await run('quarantine', 'release', 'nothing'))).toEqual([
      expect.stringMatching(/^No blob "nothing" is set aside/),
    ])
  },
)
