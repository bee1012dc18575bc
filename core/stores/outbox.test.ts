import { expect, it } from 'vitest'
import { sampleAlert } from '../../test/chain/sink.ts'
import { makeMemoryTables } from './memory.ts'
import { makeOutbox } from './outbox.ts'

const NOW = 1_795_132_800

it('an alert is there once per sink, in the state it has, however often it is added', async () => {
  const outbox = makeOutbox(makeMemoryTables(), 't')
  const alert = sampleAlert('one')
  const answers = await Promise.all([
    outbox.add('teams', alert, NOW),
    outbox.add('teams', alert, NOW + 9),
    outbox.add('webhook', alert, NOW),
  ])
  expect(answers.filter(added => added)).toHaveLength(2)
  const [stored] = await outbox.all('teams')
  if (stored === undefined) throw new Error('It was added')
  await outbox.update(stored, { state: 'done', endedAt: NOW + 60 })
  expect(await outbox.add('teams', { ...alert, headline: 'Another' }, NOW + 99)).toBe(false)
  const [kept, ...more] = await outbox.all('teams')
  expect(kept?.delivery).toMatchObject({
    state: 'done',
    attempts: 0,
    createdAt: stored.delivery.createdAt,
    alert,
  })
  expect(more).toEqual([])
})

it('a change that rests on an old state is refused', async () => {
  const outbox = makeOutbox(makeMemoryTables(), 't')
  await outbox.add('teams', sampleAlert('one'), NOW)
  const first = await outbox.get('teams', 'one-1')
  const second = await outbox.get('teams', 'one-1')
  if (first === undefined || second === undefined) throw new Error('It was added')
  expect(await outbox.update(first, { attempts: 1 })).toBe(true)
  expect(await outbox.update(second, { attempts: 1 })).toBe(false)
  expect((await outbox.get('teams', 'one-1'))?.delivery.attempts).toBe(1)
})

it('tenants and sinks do not see each other', async () => {
  const tables = makeMemoryTables()
  const mine = makeOutbox(tables, 't')
  await mine.add('teams', sampleAlert('one'), NOW)
  expect(await makeOutbox(tables, 'u').all('teams')).toEqual([])
  expect(await mine.all('webhook')).toEqual([])
  await mine.remove('webhook', ['one-1'])
  expect(await mine.all('teams')).toHaveLength(1)
  await mine.remove('teams', ['one-1', 'never'])
  expect(await mine.all('teams')).toEqual([])
})
