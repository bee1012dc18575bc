import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { renderCard } from '../core/sinks/teams/card.ts'
import { makeSchemaCheck, rendererProblems } from './support/card-validity.ts'
import { SAMPLE_ALERTS } from './support/sample-alerts.ts'

const schemaProblems = makeSchemaCheck()
if (!schemaProblems) {
  console.warn(
    'cards are not checked against the Adaptive Card schema: ../shared/data/adaptive-card-schema is not here',
  )
}

describe.each(SAMPLE_ALERTS)('the $name card', ({ name, alert, posted }) => {
  const card = renderCard(alert, posted)
  const file = new URL(`golden/${name}.card.json`, import.meta.url)

  it('is the golden one (UPDATE_GOLDEN=1 rewrites it)', () => {
    if (process.env.UPDATE_GOLDEN) writeFileSync(file, `${JSON.stringify(card, undefined, 2)}\n`)
    expect(card).toEqual(JSON.parse(readFileSync(file, 'utf8')))
  })

  it('is valid to the Adaptive Card renderer, and to the 1.5 schema where it is at hand', () => {
    expect(rendererProblems(card)).toEqual([])
    expect(schemaProblems?.(card) ?? []).toEqual([])
  })
})

it('the checks find what is wrong', () => {
  expect(rendererProblems({ type: 'AdaptiveCard', version: '1.5', body: [{ type: 'Chart' }] })).not.toEqual(
    [],
  )
  const sample = SAMPLE_ALERTS[0]
  if (!sample || !schemaProblems) return
  const card = renderCard(sample.alert, sample.posted)
  expect(schemaProblems({ ...card, ...{ bdoy: [] } })).not.toEqual([])
})
