import fc from 'fast-check'
import MarkdownIt from 'markdown-it'
import { describe, expect, it } from 'vitest'
import { makeSchemaCheck, rendererProblems } from '../../../test/support/card-validity.ts'
import { HOSTILE_TEXTS } from '../../../test/support/hostile.ts'
import { hostileAlert } from '../../../test/support/hostile-alert.ts'
import { SAMPLE_ALERTS } from '../../../test/support/sample-alerts.ts'
import type { Alert } from '../../model/alert.ts'
import type { CardElement } from './adaptive-card.ts'
import { workflowsMessage } from './adaptive-card.ts'
import { renderCard } from './card.ts'
import { CARD_BYTES, weigh } from './fit.ts'

const [first] = SAMPLE_ALERTS
if (!first) throw new Error('there is no sample')
const { alert: sample, posted } = first
const schemaProblems = makeSchemaCheck()
const renderer = new MarkdownIt({ html: false, linkify: true })

const RUNS = 60

/** Every text that Teams reads as Markdown. */
function texts(elements: readonly CardElement[]): string[] {
  return elements.flatMap(element => {
    if (element.type === 'Container') return texts(element.items)
    if (element.type === 'FactSet') return element.facts.flatMap(fact => [fact.title, fact.value])
    return [element.text]
  })
}

const shown = (alert: Alert, at = posted): string => texts(renderCard(alert, at).body).join('\n')

describe('renderCard', () => {
  it('stays within its bytes for any alert', () => {
    fc.assert(
      fc.property(hostileAlert, fc.integer({ min: 0, max: 2_000_000_000 }), (alert, at) => {
        const card = renderCard(alert, at)
        expect(weigh(card)).toBeLessThanOrEqual(CARD_BYTES)
        expect(Buffer.byteLength(JSON.stringify(workflowsMessage(card)))).toBeLessThanOrEqual(CARD_BYTES)
      }),
      { numRuns: RUNS },
    )
  })

  it('is a valid card for any alert, with no link but those of its buttons', () => {
    fc.assert(
      fc.property(hostileAlert, alert => {
        const card = renderCard({ ...alert, mailboxes: [] }, posted)
        expect(rendererProblems(card)).toEqual([])
        expect(schemaProblems?.(card) ?? []).toEqual([])
        expect(renderer.render(texts(card.body).join('\n\n'))).not.toMatch(/<(?!\/?(?:p|ol|li|strong)>|br)/)
        for (const action of card.actions ?? []) expect(action.url).toMatch(/^https:\/\/\w/)
      }),
      { numRuns: RUNS },
    )
  })

  it('shows hostile text in every place as text', () => {
    for (const text of HOSTILE_TEXTS) {
      const card = renderCard(
        {
          ...sample,
          ...{
            incident: text,
            tenant: text,
            kind: text,
            headline: text,
            sentence: text,
            change: text,
            notKnown: text,
          },
          ...{ actor: text, mailboxes: [text], steps: [text], facts: [{ name: text, value: text }] },
          timeline: { title: text, from: posted, step: 600, bars: [1] },
          rules: [{ finding: text, detection: text, severity: 'low', count: 2, limit: 2, attack: [text] }],
          links: [{ title: text, url: text }],
        },
        posted,
      )
      for (const source of texts(card.body)) {
        // An address that is the mailbox itself is the one thing a client may make a (mail) link of.
        expect(renderer.render(source)).not.toMatch(/<(?!\/?(?:p|ol|li|strong|a)>|br|a href="mailto:)/)
      }
      expect(card.fallbackText).not.toMatch(/[\p{Cc}\p{Cf}]/u)
      for (const action of card.actions ?? []) expect(action.url).toMatch(/^https:\/\//)
    }
  })

  it('says how bad in words and colour', () => {
    const bars = (['critical', 'high', 'medium', 'low'] as const).map(severity => {
      const [bar] = renderCard({ ...sample, severity }, posted).body
      return bar?.type === 'Container' ? [bar.style, texts([bar])[0]?.split(' ')[0]] : []
    })
    expect(bars).toEqual([
      ['attention', 'CRITICAL'],
      ['attention', 'HIGH'],
      ['warning', 'MEDIUM'],
      ['accent', 'LOW'],
    ])
  })

  it('says why it updates, and nothing of updates on the first card', () => {
    expect(shown(sample)).not.toContain('Update')
    expect(shown({ ...sample, revision: 3, change: '14 mailboxes now.' })).toContain(
      '**Update 3:** 14 mailboxes now.',
    )
  })

  it('leaves out what there is none of', () => {
    const { timeline: _, ...bare } = sample
    const card = renderCard({ ...bare, facts: [], steps: [], rules: [], links: [], notKnown: '' }, posted)
    expect(card.body.map(element => element.type)).toEqual([
      'Container',
      'TextBlock',
      'TextBlock',
      'TextBlock',
    ])
    expect(card.actions).toBeUndefined()
  })

  it('counts what a long list leaves out', () => {
    const value = Array.from({ length: 20 }, (_, i) => `203.0.113.${i}`).join(', ')
    expect(shown({ ...sample, facts: [{ name: 'From', value }] })).toMatch(/203\.0\.113\.5 \+ 14 more/)
  })

  it('compares with the limit only where there is one to compare with', () => {
    const [rule] = sample.rules
    if (!rule) throw new Error('the sample has no rule')
    expect(shown(sample)).toContain('bulk-mail-read 1,284 ≥ 500 in 60 min (T1114.002)')
    expect(shown({ ...sample, rules: [{ ...rule, limit: 1 }] })).toContain('· bulk-mail-read (T1114.002)')
    expect(shown({ ...sample, rules: [{ ...rule, withinMinutes: 1440 }] })).toContain('in 24 h')
  })

  it('opens https addresses and no others', () => {
    const links = [
      'https://entra.microsoft.com/#x',
      'http://entra.microsoft.com',
      'javascript:alert(1)',
      'no url',
    ].map(url => ({ title: 'Open', url }))
    expect(renderCard({ ...sample, links }, posted).actions).toEqual([
      { type: 'Action.OpenUrl', title: 'Open', url: 'https://entra.microsoft.com/#x' },
    ])
  })

  it('keeps addresses at own domains readable', () => {
    expect(shown(sample)).toContain('a.larsen@birchwood.example')
    const other = { ...sample, sentence: 'j.meyer@birchwood.onmicrosoft.com did.' }
    expect(shown(other)).toContain('j.meyer@birchwood[.]onmicrosoft[.]com')
    const card = renderCard(other, posted, { ownDomains: ['birchwood.onmicrosoft.com'] })
    expect(texts(card.body).join()).toContain('j.meyer@birchwood.onmicrosoft.com')
  })
})
