import { beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest'
import type { Finding } from '../../core/model/finding.ts'
import { type Fault, HOUR, MINUTE, type RequestKind } from '../../emulator/index.ts'
import { breakIn, publish } from './break-in.ts'
import { makeCommand, until } from './command.ts'
import { type Firm, startFirm } from './firm.ts'
import { childrenOf, isRunning } from './processes.ts'
import { storedFindings } from './stored.ts'

const command = makeCommand()
const blobs = breakIn(Date.now() - 2 * HOUR)
const delivered = Date.now() - 10 * MINUTE
const once = (data: string) => ['start', '--once', '--json', '--data', data]

/** The process is killed at this call. `held`: the call is worked off, but its answer does not come in time. */
interface Moment {
  readonly title: string
  readonly kind: RequestKind
  readonly call: number
  readonly held?: boolean
}

const MOMENTS: readonly Moment[] = [
  { title: 'before it has a token', kind: 'token', call: 1, held: true },
  { title: 'between two listings', kind: 'content', call: 9 },
  { title: 'when it has asked for the first blobs', kind: 'blob', call: 1, held: true },
  { title: 'when it has read all blobs', kind: 'blob', call: blobs.length },
  { title: 'when a card was taken and it does not know yet', kind: 'teams', call: 1, held: true },
  { title: 'when the second card was taken', kind: 'teams', call: 2 },
]

describe.runIf(inject('storage'))('waxseal start --once, killed', () => {
  let undisturbed: Finding[] = []
  let cards: string[] = []

  beforeAll(async () => {
    const firm = await startFirm()
    publish(firm.tenant, blobs, delivered)
    const data = await command.folder('undisturbed')
    expect((await command.run(once(data), firm.surroundings())).code).toBe(0)
    undisturbed = await storedFindings(data, firm.tenant.tenantId)
    cards = texts(firm)
    expect(undisturbed.length).toBeGreaterThanOrEqual(3)
    expect(cards).toHaveLength(3)
    await firm.stop()
  })

  test.for(MOMENTS)('$title: the next run makes it good', async moment => {
    const hold = { kind: 'slow', ms: HOUR, on: [moment.kind], until: Date.now() + HOUR } satisfies Fault
    const firm = await startFirm({ faults: { seed: 1, faults: moment.held ? [hold] : [] } })
    onTestFinished(firm.stop)
    publish(firm.tenant, blobs, delivered)
    const data = await command.folder('killed')
    await killedAt(moment, firm, once(data))
    const mayBeUnknown = firm.cards().length > 0 ? 1 : 0

    firm.pass(2 * HOUR)
    expect(await command.run(once(data), firm.surroundings())).toMatchObject({ code: 0, stderr: '' })
    expect(await storedFindings(data, firm.tenant.tenantId)).toEqual(undisturbed)
    const posted = texts(firm)
    expect([...new Set(posted)].sort()).toEqual(cards.toSorted())
    // Only who dies between "taken" and "written down" has to post a card again, the very same.
    expect(posted.length - cards.length).toBeLessThanOrEqual(mayBeUnknown)
    expect(firm.tenant.audit()).toMatchObject({ never: [], withoutPublisher: {}, unfollowedLinks: [] })
  })
})

const texts = (firm: Firm) => firm.cards().map(({ text }) => text)

/** Ends when its storage, which outlives it for a moment, is gone too. */
async function killedAt({ kind, call }: Moment, firm: Firm, args: readonly string[]): Promise<void> {
  const running = command.launch(args, firm.surroundings())
  const calls = () => Object.values(firm.tenant.audit().calls[kind] ?? {}).reduce((sum, n) => sum + n, 0)
  await until(() => calls() >= call)
  const children = childrenOf(running.pid)
  running.send('SIGKILL')
  expect(await running.ended).toMatchObject({ signal: 'SIGKILL' })
  await until(() => !children.some(isRunning))
}
