import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { detections } from '../core/detections/index.ts'
import { isPublicProvider } from '../core/detections/kit/domains.ts'
import { makeParser } from '../core/feeds/normalise/parse.ts'
import { TECHNIQUES } from '../core/model/attack.ts'
import { type Detection, TENANT_KEY, type Term } from '../core/model/detection.ts'
import type { Finding } from '../core/model/finding.ts'
import { NOBODY_SEEN } from '../core/model/observation.ts'
import { PANE } from '../core/model/pane.ts'
import { TALLY_CAP } from '../core/model/tally.ts'
import { MINUTE } from '../core/model/time.ts'
import {
  type Case,
  caseFiles,
  casesOf,
  counted,
  countedInBlobs,
  factsOf,
  judge,
  moduleFiles,
  moduleUrl,
} from './support/corpus.ts'
import { type RawRecord, TENANT } from './support/records.ts'

const files = await Promise.all(caseFiles.map(async file => ({ file, ...(await casesOf(file)) })))
const cases = files.flatMap(file => file.cases)
const casesFor = (id: string) => cases.filter(({ detection }) => detection === id)

/** Modules that have still to lose what belongs into the kit. */

describe.each(files)('$file', ({ detection, cases }) => {
  describe.each(cases)('$title', given => {
    const found = () => judge(counted(given.records, factsOf(given)))

    it(given.expect === undefined ? 'stays quiet' : 'fires', () => {
      const own = found().filter(finding => finding.detection === detection)
      if (given.expect === undefined) expect(own).toEqual([])
      else expect(own.map(finding => parts(finding, given.expect))).toContainEqual(given.expect)
    })

    it('comes out the same however it is delivered', () => {
      const { records } = given
      const facts = factsOf(given)
      const expected = found()
      const mixed = shuffled(records, given.title)
      expect(judge(counted(mixed, facts)), 'shuffled').toEqual(expected)
      expect(judge(counted([...records, ...mixed], facts)), 'all records twice').toEqual(expected)
      expect(judge(counted([...records].reverse(), facts)), 'newest first').toEqual(expected)
      expect(judge(countedInBlobs(dealt(mixed, 3), facts)), 'dealt to three blobs').toEqual(expected)
      expect(judge(countedInBlobs(sliced(records, 5).reverse(), facts)), 'cut in five').toEqual(expected)
      expect(judge(countedInBlobs([records, mixed], facts)), 'in two blobs that overlap').toEqual(expected)
    })

    it('can be told in words', () => {
      for (const finding of found()) {
        const { headline, sentence } = detections.find(({ id }) => id === finding.detection) as Detection
        expect(headline(finding)).toMatch(/^\S.{5,58}\S$/)
        expect(sentence(finding)).toMatch(/\.$/)
        const subject = finding.key[0] === TENANT_KEY ? finding.actor : finding.key[0]
        if (subject !== NOBODY_SEEN)
          expect(sentence(finding), 'names its subject').toContain(subject.replace(/^app:|^net:/, ''))
        expect(`${headline(finding)} ${sentence(finding)}`).not.toMatch(
          /undefined|NaN|null|\[object|\b1 \w+s\b/,
        )
      }
    })
  })
})

describe('every detection', () => {
  it('is registered under the name of its file, and has cases', () => {
    const ids = detections.map(({ id }) => id)
    expect(moduleFiles.map(name => name.replace('.ts', '')).sort()).toEqual([...ids].sort())
    expect(new Set(ids).size).toBe(ids.length)
    expect(new Set(files.map(({ detection }) => detection))).toEqual(new Set(ids))
    for (const { file, detection } of files) expect(file.split('.')[0]).toBe(detection)
  })

  it('has a title of its own', () => {
    expect(new Set(detections.map(({ title }) => title)).size).toBe(detections.length)
  })

  describe.each(detections)('$id', detection => {
    const { id, terms, title, attack, triage, notKnown, falsePositives, notCovered, references, covers } =
      detection

    it('keeps its promises to people', () => {
      expect(title).toMatch(/^\S.{5,58}\S$/)
      for (const technique of attack) expect(Object.keys(TECHNIQUES)).toContain(technique)
      expect(attack.length).toBeGreaterThan(0)
      expect(triage.length).toBeGreaterThanOrEqual(1)
      expect(triage.length).toBeLessThanOrEqual(4)
      const counts = terms.map(term => term.counts)
      const titles = references.map(reference => reference.title)
      for (const words of [triage, [notKnown], falsePositives, notCovered, covers, counts, titles]) {
        expect(words.length).toBeGreaterThan(0)
        for (const word of words) expect(word.trim()).not.toBe('')
      }
    })

    it('keeps within what the engine can count', () => {
      expect(new Set(terms.map(term => term.id)).size).toBe(terms.length)
      for (const { withinMinutes, atLeast, also } of terms) {
        for (const limit of [atLeast, also?.atLeast ?? 1]) {
          expect(limit).toBeGreaterThanOrEqual(1)
          expect(limit).toBeLessThanOrEqual(TALLY_CAP)
        }
        if (withinMinutes === undefined) continue
        expect(withinMinutes * MINUTE).toBeGreaterThanOrEqual(PANE)
        expect(withinMinutes).toBeLessThanOrEqual(7 * 24 * 60)
      }
    })

    it('is a short module', () => {
      const lines = readFileSync(moduleUrl(`${id}.ts`), 'utf8')
        .trimEnd()
        .split('\n').length
      expect(lines).toBeLessThanOrEqual(80)
    })

    it('has firing and quiet cases, with short titles of their own', () => {
      const titles = casesFor(id).map(({ title }) => title)
      expect(new Set(titles).size).toBe(titles.length)
      for (const title of titles) expect(title).toMatch(/^\S.{3,58}\S$/)
      expect(casesFor(id).some(({ expect }) => expect !== undefined)).toBe(true)
      expect(casesFor(id).some(({ expect }) => expect === undefined)).toBe(true)
    })

    it.each(terms)('has a case at the limit of $id, and one just below', term => {
      const reaches = (given: Case) =>
        term.above === undefined
          ? countsBy(detection, term, given).includes(term.atLeast)
          : countsBy(detection, term, given).length > 0
      const at = casesFor(id).filter(reaches)
      expect(at, 'at the limit').not.toEqual([])
      for (const relaxed of justBelow(term)) {
        const below = casesFor(id).filter(
          given =>
            countsBy(detection, term, given).length === 0 &&
            (relaxed.atLeast === 0 || countsBy(detection, relaxed, given).length > 0),
        )
        expect(below, 'just below').not.toEqual([])
      }
    })
  })
})

describe('the records of the cases', () => {
  it.each(files)('$file names nobody real', ({ cases }) => {
    const written = cases.map(({ records }) => JSON.stringify(records)).join('\n')
    const hosts = written.match(/(?<=@)[\w.-]+\.[a-z]+\b/gi) ?? []
    const real = (name: string) => !name.toLowerCase().endsWith('.example') && !isPublicProvider(name)
    expect(hosts.filter(real)).toEqual([])
    const domains = written.match(/\b[\w-]+\.(?:com|net|org|info|io|co|uk|de|fr|ru)\b/gi) ?? []
    expect(domains.filter(real)).toEqual([])
    const parse = makeParser(TENANT)
    const addresses = cases.flatMap(({ records }) => records.flatMap(raw => parse(raw).record?.address ?? []))
    const foreign = addresses.filter(({ owner, text }) => owner === 'public' && !DOCUMENTATION.test(text))
    expect(foreign).toEqual([])
  })
})

/** RFC 5737 and RFC 3849. */
const DOCUMENTATION = /^(?:192\.0\.2|198\.51\.100|203\.0\.113)\.|^2001:db8:/

function parts(finding: Finding, wanted: Case['expect']): Partial<Finding> {
  return Object.fromEntries(Object.entries(finding).filter(([name]) => wanted && name in wanted))
}

/** The largest counts that reach this one term. */
function countsBy(detection: Detection, term: Term, given: Case): number[] {
  const series = counted(given.records, factsOf(given))
  return judge(series, [{ ...detection, terms: [term] }]).map(({ count }) => count)
}

/** The term with one of its floors lowered by one, or without one of the other things it asks for. */
function justBelow(term: Term): Term[] {
  const { also } = term
  const without = (name: 'after' | 'fresh' | 'above') => {
    if (term[name] === undefined) return []
    const { [name]: _, ...rest } = term
    return [rest]
  }
  return [
    { ...term, atLeast: term.atLeast - 1 },
    ...(also === undefined ? [] : [{ ...term, also: { ...also, atLeast: also.atLeast - 1 } }]),
    ...without('after'),
    ...without('fresh'),
    ...without('above'),
  ]
}

/** The same every time, and like no order a person would think of. */
function shuffled(records: readonly RawRecord[], salt: string): RawRecord[] {
  const rank = (n: number) => createHash('md5').update(`${salt}${n}`).digest('hex')
  return records
    .map((record, n) => ({ record, rank: rank(n) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .map(({ record }) => record)
}

function dealt(records: readonly RawRecord[], hands: number): RawRecord[][] {
  return Array.from({ length: hands }, (_, hand) => records.filter((_, n) => n % hands === hand))
}

function sliced(records: readonly RawRecord[], pieces: number): RawRecord[][] {
  const size = Math.ceil(records.length / pieces)
  return Array.from({ length: pieces }, (_, n) => records.slice(n * size, (n + 1) * size))
}
