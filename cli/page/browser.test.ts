import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renderCard } from '../../core/sinks/teams/card.ts'
import { findChromium, launchChromium, surprisesOf } from '../../test/support/chromium.ts'
import { HOSTILE_TEXTS } from '../../test/support/hostile.ts'
import { SAMPLE_ALERTS } from '../../test/support/sample-alerts.ts'
import type { PageCard } from './page.ts'
import type { PageServer } from './server.ts'
import { servePage } from './server.ts'

const executable = findChromium()
if (!executable)
  console.warn('the page is not tried in a browser: no Chromium was found, and CHROMIUM_PATH is not set')

const [sample] = SAMPLE_ALERTS
if (!sample) throw new Error('there is no sample')

const hostile: PageCard[] = HOSTILE_TEXTS.map(text => {
  const facts = [{ name: text, value: text }]
  const timeline = { title: text, from: 0, step: 600, bars: [1] }
  const texts = { tenant: text, kind: text, headline: text, sentence: text, change: text, notKnown: text }
  return { card: renderCard({ ...sample.alert, ...texts, facts, timeline, steps: [text] }, 0), postedAt: 0 }
})

describe.runIf(executable)('the page in a browser', () => {
  let browser: Browser
  let server: PageServer
  let cards: readonly PageCard[] = hostile

  beforeAll(async () => {
    browser = await launchChromium(executable ?? '')
    server = await servePage(() => ({ tenant: '<img src=x onerror=alert(1)>', cards }), { port: 0 })
  }, 30_000)
  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })

  /** Opens the page and keeps whatever it did that it should not. */
  async function open(): Promise<{ page: Page; surprises: string[] }> {
    const page = await browser.newPage({ viewport: { width: 400, height: 900 } })
    const surprises = surprisesOf(page, url => /^http:\/\/127\.0\.0\.1:\d+\/(state)?$/.test(url))
    await page.goto(server.url)
    await page.locator('.card').first().waitFor()
    return { page, surprises }
  }

  it('shows hostile cards as text, runs nothing and asks nobody', async () => {
    const { page, surprises } = await open()
    const seen = await page.evaluate<{ cards: number; tags: string[]; width: number }>(`({
      cards: document.querySelectorAll('.card').length,
      tags: [...new Set([...document.querySelectorAll('.card *')].map(e => e.tagName))].sort(),
      width: document.documentElement.scrollWidth,
    })`)
    expect(seen.cards).toBe(HOSTILE_TEXTS.length)
    expect(seen.tags).toEqual(['BUTTON', 'DIV', 'LI', 'OL', 'P', 'STRONG', 'TABLE', 'TD', 'TR'])
    expect(seen.width).toBeLessThanOrEqual(400)
    expect(await page.locator('.card', { hasText: '<script>alert(1)</script>' }).count()).toBeGreaterThan(0)
    expect(surprises).toEqual([])
    await page.close()
  }, 20_000)

  it('shows a new card without being reloaded', async () => {
    cards = []
    const page = await browser.newPage()
    await page.goto(server.url)
    expect(await page.locator('.card').count()).toBe(0)
    cards = [{ card: renderCard(sample.alert, sample.posted), postedAt: sample.posted }]
    await page.locator('.card', { hasText: sample.alert.headline }).waitFor()
    expect(await page.locator('#summary').textContent()).toMatch(/^1 card posted/)
    await page.close()
  }, 20_000)
})
