import { expect, it } from 'vitest'
import { raised, SEVERITIES, worst } from './severity.ts'

it('the worst severity is the worst wherever it stands, and low where there is none', () => {
  expect(worst([])).toBe('low')
  for (const [n, severity] of SEVERITIES.entries()) {
    expect(worst(SEVERITIES.slice(0, n + 1))).toBe(severity)
    expect(worst(SEVERITIES.slice(0, n + 1).toReversed())).toBe(severity)
  }
})

it('a severity is raised by one step, and critical stays critical', () => {
  expect(SEVERITIES.map(raised)).toEqual(['medium', 'high', 'critical', 'critical'])
})
