import { expect, it } from 'vitest'
import { spanName } from './search.ts'

it('a span is named by its times', () => {
  expect(spanName({ from: 1_790_000_000, to: 1_790_003_600 })).toBe(
    '2026-09-21T14:13:20Z.2026-09-21T15:13:20Z',
  )
})
