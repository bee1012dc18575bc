import { describe, inject, test } from 'vitest'
import { HOUR, MINUTE } from '../../emulator/index.ts'
import { breakIn, publish } from './break-in.ts'
import { complaintsOf, makeCommand, ROOT, until } from './command.ts'
import { startFirm } from './firm.ts'
import { childrenOf, isRunning } from './processes.ts'

const command = makeCommand()
const ADDRESS = /http:\/\/127\.0\.0\.1:\d+\//

interface State {
  readonly summary: string
  readonly timeline: string
  readonly cards: readonly unknown[]
}

describe.runIf(inject('storage'))('waxseal start', () => {
  test.concurrent('as npm start: shows an emulated day on a page, until Ctrl-C', async ({ expect }) => {
    const running = command.launchProgram('npm', ['start', '--', '--port', '0'], { cwd: ROOT })
    const [url] = await running.until(ADDRESS)
    expect(await (await fetch(url)).text()).toContain('<title>Waxseal')
    const { timeline } = await stateWithCard(url)
    expect(timeline).toContain('<svg')
    const children = childrenOf(running.pid)

    // In a terminal Ctrl-C goes to everybody, and npm hands it on once more.
    running.send('SIGINT', 'group')
    const { stdout, stderr } = await running.ended
    expect(stderr).not.toMatch(/npm error/)
    expect(stdout).toMatch(/(CRITICAL|HIGH|MEDIUM) · /)
    expect(stdout).toMatch(/ findings? in \d incidents?\.\nIn Azure about US\$[\d.]+ a month, [^\n]+\n$/)
    await until(() => !children.some(isRunning))
    await expect(fetch(url)).rejects.toThrow()
  })

  test.concurrent('watches a configured tenant alone: what is published becomes a card', async ({
    expect,
    onTestFinished,
  }) => {
    const firm = await startFirm({}, { POLL_SCHEDULE: '*/2 * * * * *' })
    onTestFinished(firm.stop)
    const data = await command.folder('live')
    const running = command.launch(['start', '--port', '0', '--data', data], firm.surroundings())
    const [url] = await running.until(ADDRESS)
    await until(() => firm.tenant.audit().calls.content !== undefined)
    const other = command.run(['start', '--once', '--data', data], firm.surroundings())

    publish(firm.tenant, breakIn(Date.now() - 2 * HOUR), Date.now() - MINUTE)
    await until(() => firm.cards().length >= 3)
    const { cards } = await stateWithCard(url)
    expect(JSON.stringify(cards)).toContain(firm.cards()[0]?.incident)
    expect(await other).toMatchObject({ code: 2, stdout: '' })
    expect(complaintsOf(await other)).toEqual([
      expect.stringMatching(/Another run is using .*live-.*--data\.$/),
    ])
    const children = childrenOf(running.pid)

    running.send('SIGINT')
    const ended = await running.ended
    expect(ended).toMatchObject({ code: 0, stderr: '' })
    firm.checkSecrets(ended)
    expect(ended.stdout).toContain(`Watching tenant ${firm.tenant.tenantId}.`)
    expect(children.filter(isRunning)).toEqual([])
  })

  test.concurrent('ends at a Ctrl-C that comes while it looks for the first time', async ({
    expect,
    onTestFinished,
  }) => {
    const firm = await startFirm({
      faults: { seed: 1, faults: [{ kind: 'slow', ms: HOUR, on: ['token'], permanent: true }] },
    })
    onTestFinished(firm.stop)
    const data = await command.folder('early')
    const running = command.launch(['start', '--port', '0', '--data', data], firm.surroundings())
    await until(() => firm.tenant.audit().calls.token !== undefined)
    running.send('SIGINT')
    expect((await running.ended).code).toBe(0)
  })
})

function stateWithCard(url: string): Promise<State> {
  return until(async () => {
    const state = (await (await fetch(`${url}state`)).json()) as State
    return state.cards.length > 0 ? state : undefined
  })
}
