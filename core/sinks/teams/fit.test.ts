import { describe, expect, it } from 'vitest'
import { SAMPLE_ALERTS } from '../../../test/support/sample-alerts.ts'
import type { Alert } from '../../model/alert.ts'
import type { AdaptiveCard } from './adaptive-card.ts'
import { renderCard } from './card.ts'
import { CARD_BYTES, weigh } from './fit.ts'

const [first] = SAMPLE_ALERTS
if (!first) throw new Error('there is no sample')
const { alert: sample, posted } = first

const elements = (card: AdaptiveCard): string[] => card.body.map(element => element.type)
const factSet = (card: AdaptiveCard) => card.body.find(element => element.type === 'FactSet')

/** An alert whose every text is `piece` over and over. */
function filled(piece: string): Alert {
  const text = piece.repeat(2_000)
  const fact = { name: text, value: `${text}, `.repeat(20) }
  const rule = {
    finding: text,
    detection: text,
    severity: 'low' as const,
    count: 9e99,
    limit: 1e99,
    withinMinutes: 1e99,
  }
  return {
    ...{ ...sample, incident: text, tenant: text, kind: text, headline: text, sentence: text, change: text },
    ...{ facts: Array(9).fill(fact), steps: Array(9).fill(text), notKnown: text, revision: 9e15 },
    timeline: { title: text, from: 0, step: 600, bars: Array(500).fill(1) },
    rules: Array(50).fill({ ...rule, attack: Array(9).fill(text) }),
    links: Array(9).fill({ title: text, url: `https://portal.example/${'x'.repeat(970)}` }),
  }
}

describe('weigh', () => {
  it('is never less than the bytes of the message', () => {
    const card = renderCard({ ...sample, sentence: 'é田😀"\\' }, posted)
    const utf8 = Buffer.byteLength(JSON.stringify(card))
    expect(weigh(card)).toBeGreaterThan(utf8)
  })
})

describe('fitCard', () => {
  it('gives an ordinary alert all it has', () => {
    for (const { alert, posted: at } of SAMPLE_ALERTS)
      expect(weigh(renderCard(alert, at))).toBeLessThan(6_000)
  })

  it('holds an alert that is full of the heaviest text', () => {
    for (const piece of ['😀', '\\', '"', '[', '田', 'é.éé ', '😀.😀😀 ', 'a.bb ', '1. ', 'x, ', '//']) {
      expect(weigh(renderCard(filled(piece), posted))).toBeLessThanOrEqual(CARD_BYTES)
    }
  })

  it('shortens lists before it drops the picture, and the picture before the facts', () => {
    const withFacts = (items: number, length: number) => {
      const value = Array.from({ length: items }, (_, i) => `${'田'.repeat(length)}${i}`).join(', ')
      return renderCard({ ...sample, facts: Array(7).fill({ name: 'From', value }) }, posted)
    }
    const shorter = withFacts(8, 60)
    expect(JSON.stringify(shorter)).toMatch(/\+ \d more/)
    expect(JSON.stringify(shorter)).toContain('Monospace')
    expect(factSet(shorter)?.facts).toHaveLength(7)

    const step = '田'.repeat(280)
    const long = '田'.repeat(700)
    const texts = { tenant: long, kind: long, headline: long, sentence: long, change: long, notKnown: long }
    const crowded = renderCard({ ...sample, ...texts, steps: Array(4).fill(step) }, posted)
    expect(JSON.stringify(crowded)).not.toContain('Monospace')
    expect(elements(crowded)).toContain('FactSet')
    expect(JSON.stringify(crowded)).toContain('田'.repeat(280))
  })
})
