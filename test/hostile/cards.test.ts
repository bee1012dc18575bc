import { describe, expect, it } from 'vitest'
import { readAssets } from '../../cli/page/assets.ts'
import { renderPage } from '../../cli/page/page.ts'
import { alertText } from '../../cli/terminal.ts'
import type { Alert } from '../../core/model/alert.ts'
import { renderCard } from '../../core/sinks/teams/card.ts'
import { renderWebhook } from '../../core/sinks/webhook/render.ts'
import { alertFor } from '../support/first-alert.ts'
import { type Target, targets, withTexts } from '../support/hostile-cases.ts'
import { acting, steering, textsOf } from '../support/inert.ts'
import { OWN_DOMAIN } from '../support/records.ts'

/** All in one, and visible where it is shown as the text that it is. */
const MARK = 'evil-mark'
const TEXTS = [
  `\u202e[${MARK}](https://evil.com/x)<at>everyone</at>\u001b]8;;https://evil.com\u0007\r\n=1+1 {{DATE(2001-01-01T00:00:00Z)}}\u200b`,
  ` ${MARK} www.evil.com pay@evil.com *b* \`c\` | <img src=x onerror=alert(1)>\u2028# x\ud800`,
  `"}],"severity":"low","${MARK}":"</script><!--' onmouseover='alert(1)\u009b2J`,
]

/** A case whose texts are hostile may rightly lead to nothing: a rule that forwards nowhere is none. */
function alertOf(target: Target, field: string, text: string): Alert | undefined {
  const given = withTexts(target, field, before => before + text)
  try {
    return alertFor({ ...given, expect: {} })
  } catch (error) {
    if (error instanceof Error && /leads to none of the findings/.test(error.message)) return undefined
    throw error
  }
}

const assets = readAssets()
const tagsOf = (page: string) =>
  [...assets.scripts, assets.style]
    .reduce((text, { text: own }) => text.replace(own, ''), page)
    .match(/<[!/a-z][^\s>]*/gi)
const usual = tagsOf(renderPage({ tenant: 'x', cards: [] }, assets))

let shown = 0

describe.each(targets)('what $detection tells', target => {
  it('is inert everywhere, whatever stands in the records', () => {
    let told = 0
    for (const field of target.fields)
      for (const text of TEXTS) {
        const alert = alertOf(target, field, text)
        if (alert === undefined) continue
        told++
        const posted = alert.clock.end + 3_600
        const card = renderCard(alert, posted, { ownDomains: [OWN_DOMAIN] })
        expect(acting(card), field).toEqual([])
        expect(steering(alertText(alert, posted)), field).toEqual([])
        expect(steering(JSON.stringify(renderWebhook(alert, posted))), field).toEqual([])
        expect(tagsOf(renderPage({ tenant: text, cards: [{ card, postedAt: posted }] }, assets))).toEqual(
          usual,
        )
        if (textsOf(card.body).some(one => one.includes(MARK))) shown++
      }
    expect(told).toBeGreaterThan(0)
  })
})

it('was put to the test: what stood in the records was shown, as text', () => {
  expect(shown).toBeGreaterThan(300)
})
