import { expect, it } from 'vitest'
import { sourceOf, unitedSource } from './source.ts'

it('a source names feed, blob and content: two versions of one blob both count', async () => {
  const sources = [
    sourceOf('Audit.Exchange', 'id', '[1]'),
    sourceOf('Audit.Exchange', 'id', '[1,2]'),
    sourceOf('Audit.Exchange', 'id2', '[1]'),
    sourceOf('Audit.General', 'id', '[1]'),
  ]
  expect(new Set(sources).size).toBe(4)
  expect(sourceOf('Audit.Exchange', 'id', '[1]')).toBe(sources[0])
})

it('sources that are written together have a name of their own, and one alone keeps its name', () => {
  expect(unitedSource(['a'])).toBe('a')
  expect(new Set([['a'], ['a', 'b'], ['b', 'a'], ['ab']].map(unitedSource)).size).toBe(4)
})
