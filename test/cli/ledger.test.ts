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
