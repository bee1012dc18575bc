import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { detections } from '../core/detections/index.ts'
import { MESSAGES } from '../core/doctor/messages/index.ts'
import { PERMISSIONS } from '../core/permissions.ts'
import { parseConfig, UNTUNED } from '../core/tuning/config.ts'
import { GENERATED } from '../scripts/generate.ts'

const text = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')

test.each(GENERATED)('$path is what `npm run generate` writes', ({ path, content }) => {
  expect(text(path) === content(), `${path} is stale: run npm run generate`).toBe(true)
})

describe('waxseal.config.schema.json', () => {
  const schema = JSON.parse(text('waxseal.config.schema.json'))
  const ajv = new Ajv2020({ strict: true, validateFormats: false })
  const isValid = ajv.compile(schema)

  test('accepts the sample, which the program reads as well', () => {
    const sample = text('waxseal.config.sample.json')
    expect(isValid(JSON.parse(sample)), JSON.stringify(isValid.errors)).toBe(true)
    const config = parseConfig(sample, detections, Date.UTC(2026, 10, 20) / 1000)
    // Each of the keys is shown.
    expect(Object.entries(config).filter(([, value]) => Object.keys(value).length === 0)).toEqual([])
  })

  test('knows every detection and each of its limits, with words for editors', () => {
    for (const { id, title, terms } of detections) {
      const { description, properties } = schema.properties.detections.properties[id]
      expect(description).toBe(title)
      expect(Object.keys(properties.terms.properties)).toEqual(terms.map(term => term.id))
      for (const term of terms) {
        const own = properties.terms.properties[term.id]
        expect(own.description).toContain(term.counts)
        expect(Object.hasOwn(own.properties, 'withinMinutes')).toBe(term.withinMinutes !== undefined)
      }
    }
    expect(schema.properties.allow.items.properties.detection.enum).toEqual(detections.map(({ id }) => id))
  })

  test.each<[string, object]>([
    ['a name that is not known', { alertform: 'high' }],
    ['a detection that is not known', { detections: { 'bulk-mail-reed': {} } }],
    ['a limit that is not known', { detections: { 'bulk-mail-read': { terms: { 'reader-our': {} } } } }],
    ['a limit of none', { detections: { 'bulk-mail-read': { terms: { accesses: { atLeast: 0 } } } } }],
    [
      'a window without need',
      { detections: { 'suspicious-client': { terms: { tool: { withinMinutes: 60 } } } } },
    ],
    ['a severity that is none', { alertFrom: 'hihg' }],
    ['an entry without owner', { allow: [{ actor: 'x', reason: 'y', until: '2026-12-31' }] }],
    ['an application that is no id', { trustedApps: ['backup'] }],
  ])('refuses %s, as the program does', (_, value) => {
    expect(isValid(value)).toBe(false)
    expect(() => parseConfig(JSON.stringify(value), detections, 0)).toThrow()
  })
})

describe('docs/operations.md', () => {
  test('has every message of doctor that needs somebody, and every permission', () => {
    const page = text('docs/operations.md')
    for (const [id, { state }] of Object.entries(MESSAGES))
      expect(page.includes(`\`${id}\``), id).toBe(state !== 'green')
    for (const { value } of PERMISSIONS) expect(page).toContain(`| \`${value}\``)
  })
})

describe('docs/tuning.md', () => {
  const examples = [...text('docs/tuning.md').matchAll(/^```json\n(.*?)^```$/gms)].map(
    ([, json = '']) => json,
  )

  test('shows files that the program reads, each of which changes something', () => {
    expect(examples.length).toBeGreaterThanOrEqual(4)
    for (const example of examples)
      expect(parseConfig(example, detections, Date.UTC(2026, 10, 20) / 1000)).not.toEqual(UNTUNED)
  })

  test('names every key of the schema', () => {
    const keys = Object.keys(JSON.parse(text('waxseal.config.schema.json')).properties)
    for (const key of keys) expect(text('docs/tuning.md')).toContain(`\`${key}`)
  })
})
