import type { Seconds } from '../../core/model/time.ts'
import { count, dayName, timeName } from '../../core/sinks/clock.ts'
import type { AdaptiveCard } from '../../core/sinks/teams/adaptive-card.ts'
import { plain } from '../../core/sinks/text.ts'
import type { PageAssets } from './assets.ts'
import { HOST_CONFIG } from './host-config.ts'
import { escapeHtml, scriptJson } from './html.ts'
import type { PageTimeline } from './timeline.ts'
import { renderTimeline } from './timeline.ts'

export interface PageState {
  readonly tenant: string
  /** In any order. */
  readonly cards: readonly PageCard[]
  readonly timeline?: PageTimeline
}

export interface PageCard {
  readonly card: AdaptiveCard
  readonly postedAt: Seconds
}

/** What the page's own script shows; the served page asks for it again and again. */
export interface ShownState {
  readonly summary: string
  readonly timeline: string
  readonly cards: readonly { readonly card: AdaptiveCard; readonly posted: string }[]
}

/** Newest card first. */
export function shownState(state: PageState): ShownState {
  const newest = state.cards.toSorted((a, b) => b.postedAt - a.postedAt)
  const cards = state.cards.length === 1 ? '1 card' : `${count(state.cards.length)} cards`
  return {
    summary: `${cards} posted, newest first, as Teams would show them. Times are UTC.`,
    timeline: state.timeline ? renderTimeline(state.timeline) : '',
    cards: newest.map(({ card, postedAt }) => ({
      card,
      posted: `${dayName(postedAt)} ${timeName(postedAt)}`,
    })),
  }
}

/**
 * One page that holds everything it needs and loads nothing: the policy in it allows the scripts in it, by their
 * hashes, and no others. `live` lets it ask the server it came from for newer states.
 */
export function renderPage(state: PageState, assets: PageAssets, live = false): string {
  const shown = shownState(state)
  const title = `Waxseal · ${plain(state.tenant)}`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy(assets, live))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>${escapeHtml(title)}</title>
<style>${assets.style.text}</style>
</head>
<body>
<header class="top"><h1>${escapeHtml(title)}</h1><p id="summary">${escapeHtml(shown.summary)}</p>
<p class="stopped">Waxseal has stopped; this is what it last showed.</p></header>
<main><div id="timeline">${shown.timeline}</div><div id="cards"></div></main>
<script type="application/json" id="settings">${scriptJson({ live, hostConfig: HOST_CONFIG })}</script>
<script type="application/json" id="state">${scriptJson(shown)}</script>
${assets.scripts.map(script => `<script>${script.text}</script>`).join('\n')}
</body>
</html>
`
}

function policy(assets: PageAssets, live: boolean): string {
  return [
    "default-src 'none'",
    `script-src ${assets.scripts.map(script => script.hash).join(' ')}`,
    `style-src ${assets.style.hash}`,
    'img-src data:',
    `connect-src ${live ? "'self'" : "'none'"}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
}
