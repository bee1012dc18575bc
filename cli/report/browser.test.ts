import { globSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Evidence } from '../../core/pipeline/evidence.ts'
import { findChromium, launchChromium, surprisesOf } from '../../test/support/chromium.ts'
import { HOSTILE_TEXTS } from '../../test/support/hostile.ts'
import { evidenceOf, madeOf } from '../../test/support/hostile-evidence.ts'
import { reportFiles } from './build.ts'
import { writeFolder } from './folder.ts'

const executable = findChromium()
if (!executable)
  console.warn('the report is not tried in a browser: no Chromium was found, and CHROMIUM_PATH is not set')

/** A report in which every text that can come from a record is one of these. */
function hostile(): Evidence {
  const all = [...new Set(HOSTILE_TEXTS)].map(evidenceOf)
  const [first] = all
  if (first === undefined) throw new Error('there are no texts')
  // Lone surrogates are one text once written to a file.
  const folders = new Map(
    all.flatMap(({ incidents }) => incidents.map(one => [Buffer.from(one.incident.id).toString(), one])),
  )
  return { ...first, incidents: [...folders.values()], ledger: all.flatMap(({ ledger }) => ledger) }
}

describe.runIf(executable)('the report in a browser', () => {
  let browser: Browser
  let out: string
  beforeAll(async () => {
    browser = await launchChromium(executable ?? '')
    out = join(await mkdtemp(join(tmpdir(), 'waxseal-report-')), 'report')
    await writeFolder(out, reportFiles(hostile(), madeOf('<img src=x onerror=alert(1)>')))
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    await rm(join(out, '..'), { recursive: true, force: true })
  })

  it('shows hostile texts as text on a phone, runs nothing and asks nobody', async () => {
    const page = await browser.newPage({ viewport: { width: 420, height: 900 } })
    let opened = 0
    const surprises = surprisesOf(page, url => {
      opened++
      return url.startsWith(pathToFileURL(out).href)
    })
    const pages = globSync('**/*.html', { cwd: out })
    expect(pages.length).toBeGreaterThan(100)
    for (const path of pages) {
      await page.goto(pathToFileURL(join(out, path)).href)
      const seen = await page.evaluate<{ tags: string[]; width: number; links: string[] }>(`({
        tags: [...new Set([...document.body.querySelectorAll('*')].map(e => e.tagName))].filter(tag =>
          !/^(A|BDI|BR|CODE|D[DLT]|DIV|H[123]|HEADER|LI|[OU]L|P|PRE|SECTION|SPAN|TABLE|T(BODY|D|H|HEAD|R)|TIME)$/.test(tag)),
        width: document.documentElement.scrollWidth,
        links: [...document.links].map(a => a.href),
      })`)
      expect(seen.tags, path).toEqual([])
      expect(seen.width, path).toBeLessThanOrEqual(420)
      const leading = seen.links.filter(link => !link.startsWith(`${pathToFileURL(out).href}/`))
      expect(new Set(leading), path).toEqual(
        new Set(path === 'index.html' ? [] : ['https://purview.microsoft.com/audit/auditsearch']),
      )
    }
    expect(surprises).toEqual([])
    expect(opened).toBe(pages.length)
    await page.close()
  }, 120_000)

  it('lets its style sheet in, and prints', async () => {
    const [path = ''] = globSync('*/report.html', { cwd: out })
    const page = await browser.newPage()
    await page.goto(pathToFileURL(join(out, path)).href)
    const colour = "getComputedStyle(document.querySelector('.severity')).backgroundColor"
    expect(await page.evaluate(colour)).toBe('rgb(251, 227, 162)')
    expect((await page.pdf()).subarray(0, 5).toString()).toBe('%PDF-')
    expect(await readFile(join(out, path), 'utf8')).not.toMatch(/<script|<link|<img|url\(/)
    await page.close()
  })
})
