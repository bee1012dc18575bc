import { describe, expect, it } from 'vitest'
import { renderCard } from '../../core/sinks/teams/card.ts'
import { HOSTILE_TEXTS } from '../../test/support/hostile.ts'
import { SAMPLE_ALERTS } from '../../test/support/sample-alerts.ts'
import { readAssets } from './assets.ts'
import { escapeHtml, scriptJson } from './html.ts'
import { renderPage, shownState } from './page.ts'

const assets = readAssets()
const cards = SAMPLE_ALERTS.map(({ alert, posted }) => ({
  card: renderCard(alert, posted),
  postedAt: posted,
}))

/** The page without what it inlines. */
function bare(page: string): string {
  return [...assets.scripts, assets.style].reduce((text, asset) => text.replace(asset.text, ''), page)
}

/** What an HTML parser takes for the JSON of the state. */
function embedded(page: string): unknown {
  const json = /<script type="application\/json" id="state">(.*?)<\/script/s.exec(page)?.[1]
  return JSON.parse(json ?? 'null')
}

describe('renderPage', () => {
  const page = renderPage({ tenant: 'Birchwood Ltd', cards }, assets)

  it('shows the cards newest first', () => {
    const posted = shownState({ tenant: '', cards }).cards.map(card => card.posted)
    expect(posted).toEqual([
      '21 Nov 2026 01:40',
      '20 Nov 2026 15:20',
      '20 Nov 2026 10:20',
      '20 Nov 2026 07:32',
      '20 Nov 2026 06:05',
    ])
    expect(embedded(page)).toEqual(shownState({ tenant: '', cards }))
  })

  it('loads nothing from anywhere', () => {
    expect(bare(page)).not.toMatch(/\ssrc=|@import|url\(|href="(?!data:,")/)
    expect(page).not.toContain('sourceMappingURL=')
  })

  it('allows the scripts in it and no others', () => {
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1]?.replaceAll('&#39;', "'")
    expect(policy).toMatch(/^default-src 'none'; script-src( 'sha256-[\w+/=]{44}'){3}; style-src 'sha256-/)
    expect(policy).toContain("connect-src 'none'")
    expect(policy).not.toContain('unsafe')
    expect(page.match(/<script>/g)).toHaveLength(3)
  })

  it('may ask its own server when it is served, and only then', () => {
    const served = renderPage({ tenant: 'x', cards: [] }, assets, true)
    expect(served).toContain('connect-src &#39;self&#39;')
  })

  it('holds hostile text without being changed by it', () => {
    const { tags: usual } = shape(renderPage({ tenant: 'x', cards: cards.slice(0, 1) }, assets))
    for (const text of HOSTILE_TEXTS) {
      const [first] = SAMPLE_ALERTS
      if (!first) throw new Error('there is no sample')
      const alert = { ...first.alert, tenant: text, headline: text, sentence: text, steps: [text] }
      const state = { tenant: text, cards: [{ card: renderCard(alert, 0), postedAt: 0 }] }
      const hostile = renderPage(state, assets)
      expect(shape(hostile).tags).toEqual(usual)
      expect(embedded(hostile)).toEqual(shownState(state))
    }
  })
})

/** Every tag a parser could see outside our own scripts. */
function shape(page: string): { tags: string[] } {
  return { tags: bare(page).match(/<[!/a-z][^\s>]*/gi) ?? [] }
}

it('escapes text for HTML and JSON for a script', () => {
  expect(escapeHtml(`<a href="x" o='y'>&`)).toBe('&lt;a href=&quot;x&quot; o=&#39;y&#39;&gt;&amp;')
  const value = { text: '</script><!--<script>' }
  expect(scriptJson(value)).not.toContain('<')
  expect(JSON.parse(scriptJson(value))).toEqual(value)
})
