import { describe, expect, it } from 'vitest'
import { detections } from '../core/detections/index.ts'
import { distance } from '../core/model/distance.ts'
import { ELSEWHERE, EVASIONS } from '../scripts/detections-page/evasion/index.ts'
import { PUBLIC_DOCUMENTS } from '../scripts/detections-page/public-rules.ts'
import { caseFiles, casesOf } from './support/corpus.ts'

const rules = new Map(PUBLIC_DOCUMENTS.flatMap(document => document.rules).map(rule => [rule.name, rule]))
const covered = new Set(detections.flatMap(({ covers }) => covers))

describe('the public documents', () => {
  it('are there in full', () => {
    const rows = PUBLIC_DOCUMENTS.map(document => document.rules.map(({ name }) => name))
    expect(rows.map(names => names.length)).toEqual([8, 5, 4, 19, 5])
    for (const names of rows) expect(new Set(names).size).toBe(names.length)
    const catalogue = rows[3] ?? []
    expect(catalogue.filter(name => name.startsWith('Elastic: '))).toHaveLength(7)
    expect(catalogue.filter(name => name.startsWith('Splunk: '))).toHaveLength(12)
  })

  it('say the same of a rule wherever it is listed', () => {
    for (const rule of PUBLIC_DOCUMENTS.flatMap(document => document.rules))
      expect(rule).toEqual(rules.get(rule.name))
  })

  it.each([...rules.values()])('$name is covered, or it is said why not', ({ name, unseen }) => {
    if (unseen === undefined) expect([...covered]).toContain(name)
    else expect([...covered], 'The rule is covered: take away the reason').not.toContain(name)
  })
})

describe('what detections say they cover', () => {
  it.each([...covered])('%s is a rule as it is called, of a source that is named', name => {
    expect(name).toMatch(/^\w[\w .]*: \S/)
    if (rules.has(name)) return
    const alike = [...rules.keys()].filter(rule => distance(rule, name, 5) <= 5)
    expect(alike, 'Written otherwise than in the list of rules').toEqual([])
    expect(name.split(':')[0], 'Not in the list of rules').not.toMatch(/^df00tech|^D3FEND/)
  })
})

const cases = (await Promise.all(caseFiles.map(casesOf))).flatMap(file => file.cases)

describe('what attackers try', () => {
  const moves = [...EVASIONS, ...ELSEWHERE].map(({ move }) => move)

  it('is told once each', () => {
    expect(moves.length).toBeGreaterThanOrEqual(44)
    expect(new Set(moves).size).toBe(moves.length)
    for (const { pairs } of EVASIONS) expect(pairs.length).toBeGreaterThan(0)
  })

  describe.each(EVASIONS)('$move', ({ pairs }) => {
    it.each(pairs)('%s fires on "%s", not on "%s"', (detection, fires, quiet) => {
      const own = cases.filter(given => given.detection === detection)
      const titles = (firing: boolean) =>
        own.filter(({ expect }) => (expect !== undefined) === firing).map(({ title }) => title)
      expect(titles(true)).toContain(fires)
      expect(titles(false)).toContain(quiet)
    })
  })
})
