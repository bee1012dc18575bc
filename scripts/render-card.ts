import { readFileSync } from 'node:fs'
import { readAssets } from '../cli/page/assets.ts'
import { renderPage } from '../cli/page/page.ts'
import { findChromium, launchChromium } from '../test/support/chromium.ts'

// Draws an Adaptive Card as the local page shows it, for looking at:
//   npx node scripts/render-card.ts test/golden/bulk-read.card.json card.png [width]
// Takes a card or a whole Workflows message.

const [input, output, width = '760'] = process.argv.slice(2)
if (!input || !output || !/^\d{3,4}$/.test(width))
  fail('Usage: render-card.ts <card.json> <out.png> [width 100-9999]')
const executable = findChromium()
if (!executable) fail('No Chromium was found; set CHROMIUM_PATH to one.')

const json = JSON.parse(readFileSync(input, 'utf8'))
const card = json.attachments?.[0]?.content ?? json
const problems: string[] = []
const browser = await launchChromium(executable)
try {
  const page = await browser.newPage({
    viewport: { width: Number(width), height: 900 },
    deviceScaleFactor: 2,
  })
  page.on('console', message => void (message.type() === 'error' && problems.push(message.text())))
  page.on('pageerror', error => void problems.push(error.message))
  await page.setContent(renderPage({ tenant: 'preview', cards: [{ card, postedAt: 0 }] }, readAssets()))
  const drawn = page.locator('.card').screenshot({ path: output, timeout: 10_000 })
  await drawn.catch((error: Error) => problems.push(error.message))
} finally {
  await browser.close()
}
if (problems.length > 0) fail(`The card was not drawn as it should be:\n${problems.join('\n')}`)

function fail(sentence: string): never {
  console.error(sentence)
  process.exit(1)
}
