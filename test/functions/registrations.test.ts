import { fileURLToPath } from 'node:url'
import { app } from '@azure/functions'
import { expect, onTestFinished, test } from 'vitest'
import { FUNCTIONS, summary } from './expected.ts'
import { installFakeCore } from './fake-core.ts'
import { startHost } from './host.ts'

const ENTRY = fileURLToPath(new URL('../../functions/index.ts', import.meta.url))

test('the entry point registers exactly six functions, in an empty environment and in silence', async () => {
  const host = await startHost(ENTRY, {})
  onTestFinished(host.stop)
  expect(summary(host.registrations())).toEqual(FUNCTIONS)
  expect(host.written()).toBe('')
})

test('a second function of the same name is refused', () => {
  const core = installFakeCore()
  const register = () => app.timer('poll', { schedule: '0 0 * * * *', handler() {} })
  register()
  expect(register).toThrow('A function with name "poll" has already been registered.')
  expect(core.registrations()).toHaveLength(1)
})

test('an entry point that cannot be loaded is an error that says why', async () => {
  await expect(startHost(`${ENTRY}.missing`, {})).rejects.toThrow('Cannot find module')
})
