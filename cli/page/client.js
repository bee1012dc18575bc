// Runs in the browser, beside the Adaptive Cards renderer and markdown-it. Shows the state in the page and, where the
// page is served, asks for a newer one every two seconds.
/* global AdaptiveCards, markdownit */

const settings = JSON.parse(document.getElementById('settings').textContent)

// What Teams reads in a TextBlock: bold, italic, lists, links. Headings, tables, images and HTML are text to it.
const markdown = markdownit('zero', { html: false, linkify: false }).enable([
  'emphasis',
  'list',
  'link',
  'escape',
  'entity',
  'newline',
])
AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = markdown.render(text)
  result.didProcess = true
}

function renderCard(json) {
  const card = new AdaptiveCards.AdaptiveCard()
  card.hostConfig = new AdaptiveCards.HostConfig(settings.hostConfig)
  card.onAnchorClicked = () => true
  card.onExecuteAction = action => {
    if (action.url?.startsWith('https://')) window.open(action.url, '_blank', 'noopener,noreferrer')
  }
  card.parse(json)
  return card.render()
}

function element(tag, className, text) {
  const made = document.createElement(tag)
  made.className = className
  if (text !== undefined) made.textContent = text
  return made
}

function message({ card, posted }) {
  const frame = element('article', 'message')
  const head = element('header', 'sender')
  head.append(element('span', 'name', 'Waxseal'), element('time', 'when', posted))
  const body = element('div', 'card')
  body.append(renderCard(card) ?? element('p', 'broken', 'This card could not be shown.'))
  frame.append(element('span', 'avatar', 'W'), head, body)
  return frame
}

function show(state) {
  document.getElementById('timeline').innerHTML = state.timeline
  document.getElementById('summary').textContent = state.summary
  document.getElementById('cards').replaceChildren(...state.cards.map(message))
  document.documentElement.dataset.ready = 'true'
}

show(JSON.parse(document.getElementById('state').textContent))

let tag = ''
async function refresh() {
  try {
    const answer = await fetch('/state', { headers: tag ? { 'if-none-match': tag } : {} })
    if (answer.status === 200) {
      tag = answer.headers.get('etag') ?? ''
      show(await answer.json())
    }
    document.documentElement.dataset.live = answer.status < 400 ? 'yes' : 'no'
  } catch {
    document.documentElement.dataset.live = 'no'
  }
  setTimeout(refresh, 2000)
}
if (settings.live) void refresh()
