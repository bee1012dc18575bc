import { expect, it } from 'vitest'
import { directoryRole } from './directory-roles.ts'

it('a directory role is found by template id, name or old name, in any case', () => {
  const exchange = { name: 'Exchange Administrator', reach: 'mail' }
  expect(directoryRole(['29232CDF-9323-42fd-ade2-1d097af3e4de'])).toEqual(exchange)
  expect(directoryRole([undefined, 'x', ' exchange service administrator '])).toEqual(exchange)
  expect(directoryRole(['Company Administrator'])?.name).toBe('Global Administrator')
})

it('other roles, and parts of names, are none', () => {
  expect(directoryRole(['Teams Administrator', 'Administrator', 'Global', ''])).toBeUndefined()
  expect(directoryRole([])).toBeUndefined()
})
