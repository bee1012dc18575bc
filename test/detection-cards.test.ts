import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { detections } from '../core/detections/index.ts'
import { MINUTE } from '../core/model/time.ts'
import { workflowsMessage } from '../core/sinks/teams/adaptive-card.ts'
import { renderCard } from '../core/sinks/teams/card.ts'
import { CARD_BYTES, weigh } from '../core/sinks/teams/fit.ts'
import { makeSchemaCheck, rendererProblems } from './support/card-validity.ts'
import { caseFiles, casesOf } from './support/corpus.ts'
import { alertFor } from './support/first-alert.ts'
import { OWN_DOMAIN } from './support/records.ts'

const GOLDEN = new URL('golden/detections/', import.meta.url)
const golden = readdirSync(GOLDEN)
const schemaProblems = makeSchemaCheck()

/** Detection → its first firing case, of the file without a part in its name. */
const first = await Promise.all(
  detections.map(async ({ id }) => {
    const { cases } = await casesOf(caseFiles.find(file => file === `${id}.cases.ts`) ?? `${id}.cases.ts`)
    const [given] = cases
    if (given?.expect === undefined) throw new Error(`${id} has no firing case`)
    return { id, given }
  }),
)

// Read a card before `npx vitest run test/detection-cards.test.ts -u` makes it the golden one.
describe.each(first)('the card of $id', ({ id, given }) => {
  const alert = { ...alertFor(given), tenantName: 'Birchwood Ltd' }
  const posted = (alert.clock.delivered ?? alert.clock.seen ?? alert.clock.end) + 4 * MINUTE
  const card = renderCard(alert, posted, { ownDomains: [OWN_DOMAIN] })

  it('is the golden one', async () => {
    const written = `${JSON.stringify(card, undefined, 2)}\n`
    await expect(written).toMatchFileSnapshot(fileURLToPath(new URL(`${id}.card.json`, GOLDEN)))
  })

  it('is valid, and within its bytes', () => {
    expect(weigh(card)).toBeLessThanOrEqual(CARD_BYTES)
    expect(Buffer.byteLength(JSON.stringify(workflowsMessage(card)))).toBeLessThanOrEqual(CARD_BYTES)
    expect(rendererProblems(card)).toEqual([])
    expect(schemaProblems?.(card) ?? []).toEqual([])
  })
})

// One that is missing fails above where CI is set, and is written where it is not.
it('no golden card is left of a detection that is gone', () => {
  const wanted = new Set(detections.map(({ id }) => `${id}.card.json`))
  expect(golden.filter(name => !wanted.has(name))).toEqual([])
})
