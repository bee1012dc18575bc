import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { collect } from './testing.ts'

const data = join(import.meta.dirname, '..', '..', '..', 'shared', 'data')

it('every file of the public collections is read or rejected cleanly', async ctx => {
  if (!existsSync(data)) ctx.skip('the public collections (../shared/data) are not on this machine')
  const { records, rejected, error } = await collect([data])
  expect(error).toBeUndefined()
  expect(records.length).toBeGreaterThan(100)
  expect(new Set(rejected)).toEqual(new Set(['unrecognised-file']))
})
