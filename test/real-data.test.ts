import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, type TestContext } from 'vitest'
import { detections } from '../core/detections/index.ts'
import { makeCollector } from '../core/engine/collect.ts'
import { evaluate } from '../core/engine/evaluate.ts'
import { makeParser } from '../core/feeds/normalise/parse.ts'
import type { Finding } from '../core/model/finding.ts'
import { isObject, lower } from '../core/model/values.ts'
import { ownerDomains, tenantFacts } from '../core/pipeline/tenant-domains.ts'

/** Public collections of records, kept beside the repository by those who work on it. */
const DATA = join(import.meta.dirname, '..', '..', 'shared', 'data')
const TENANT = 'public'

const SPLUNK = 'splunk__security_content/records_o365.jsonl'
const SPLUNK_SAMPLES = 'splunk__security_content/data_sources_example_logs.jsonl'
const PANTHER = 'panther-labs__panther-analysis/rule_tests.jsonl'

function skipWithout(path: string, ctx: TestContext): void {
  if (!existsSync(path)) ctx.skip('the public collections (../shared/data) are not on this machine')
}

function files(): string[] {
  return readdirSync(DATA, { recursive: true, encoding: 'utf8' })
    .filter(name => /\.jsonl?$/.test(name))
    .sort()
}

/** What a file holds: a JSON value a line, or one over many lines. */
function entries(name: string): unknown[] {
  const text = readFileSync(join(DATA, name), 'utf8')
  const lines = text.split('\n').filter(line => line.trim() !== '')
  try {
    return lines.map(line => JSON.parse(line))
  } catch {
    return [JSON.parse(text)]
  }
}

/** The record inside a collection's own wrapper. */
function unwrapped(entry: unknown): unknown {
  return isObject(entry) ? (entry.record ?? entry.sample ?? entry) : entry
}

function findings(raws: readonly unknown[]): Finding[] {
  const parse = makeParser(TENANT)
  const records = raws.flatMap(raw => parse(raw).record ?? [])
  const facts = tenantFacts(TENANT, new Set(ownerDomains(records)), false)
  const collector = makeCollector(detections, facts)
  for (const record of records) collector.add(record)
  expect(collector.failures.size).toBe(0)
  return [...collector.subjects.values()].flatMap(all =>
    [...all.values()].flatMap(series => {
      const detection = detections.find(({ id }) => id === series.detection)
      return detection === undefined ? [] : evaluate(series, detection, TENANT)
    }),
  )
}

const told = (raws: readonly unknown[]) =>
  findings(raws).map(({ detection, term }) => `${detection}: ${term}`)

describe('records of real tenants', () => {
  it('are read, or rejected with a reason', ctx => {
    skipWithout(DATA, ctx)
    const parse = makeParser(TENANT)
    const outcomes = files().map(name => ({
      name,
      parsed: entries(name).map(entry => parse(unwrapped(entry))),
    }))
    for (const { name, parsed } of outcomes)
      for (const { record, rejected } of parsed)
        if (record === undefined) expect(rejected, name).toMatch(/^(?:not-an-object|no-operation|no-time)$/)
    const read = (name: string) => outcomes.find(outcome => outcome.name === name)?.parsed ?? []
    expect(read(SPLUNK).length).toBeGreaterThan(10)
    // One of them says second 65.
    expect(read(SPLUNK).flatMap(({ rejected }) => rejected ?? [])).toEqual(['no-time'])
  })

  it('of a script over EWS are told', ctx => {
    skipWithout(join(DATA, SPLUNK), ctx)
    const scripts = entries(SPLUNK).filter(raw => JSON.stringify(raw).includes('python-requests'))
    expect(scripts.length).toBe(1)
    expect(findings(scripts)).toMatchObject([
      { detection: 'suspicious-client', term: 'library', key: [expect.any(String), 'python-requests'] },
    ])
  })

  it('of inbox rules are told as their authors expect', ctx => {
    skipWithout(join(DATA, PANTHER), ctx)
    const judged = entries(PANTHER).flatMap(entry => {
      const raw = unwrapped(entry)
      if (!isObject(entry) || !isObject(raw)) return []
      const rule = /-inboxrule$/.test(lower(raw.operation ?? raw.Operation) ?? '')
      return rule
        ? [{ expected: entry.expected, rules: findings([raw]).map(({ detection }) => detection) }]
        : []
    })
    expect(judged.filter(({ expected }) => expected === true).length).toBeGreaterThanOrEqual(2)
    expect(judged.filter(({ expected }) => expected === false).length).toBe(1)
    for (const { expected, rules } of judged)
      expect(rules).toEqual(expected === true ? ['inbox-rule-forwarding'] : [])
  })

  it('raise nothing else', ctx => {
    skipWithout(DATA, ctx)
    const known: Readonly<Record<string, readonly string[]>> = {
      [SPLUNK]: ['suspicious-client: library'],
      [SPLUNK_SAMPLES]: ['suspicious-client: library'],
      [PANTHER]: ['inbox-rule-forwarding: outside-and-hidden', 'inbox-rule-forwarding: outside-and-hidden'],
    }
    for (const name of files()) expect(told(entries(name).map(unwrapped)), name).toEqual(known[name] ?? [])
  })
})
