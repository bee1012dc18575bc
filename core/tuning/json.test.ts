import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readJson } from './json.ts'

const problemOf = (text: string) => readJson(text).problems.join('\n')

describe('JSON with a mistake', () => {
  it.each([
    ['', 'line 1, column 1: the file is empty; write {}'],
    ['{', 'line 1, column 2: the file ends here, in the middle of an object'],
    ['{\n  "a": [1,\n  2', 'line 3, column 4: the file ends here, and the ] is missing for line 2'],
    ['{"a": 1,\n}', 'line 2, column 1: nothing follows the comma before this }; take the comma out'],
    ['[1, 2,]', 'line 1, column 7: nothing follows the comma before this ]'],
    ['{\r\n"a": 1\r\n"b": 2}', 'line 3, column 1: a comma or a } is missing before this'],
    ['{"a" 1}', 'line 1, column 6: a colon is missing'],
    ["{'a': 1}", 'line 1, column 2: a name in double quotes is expected'],
    ['{"a": \'b\'}', 'line 1, column 7: a text is written in straight double quotes'],
    ['{"a": “b”}', 'line 1, column 7: a text is written in straight double quotes'],
    ['{ // why\n}', 'line 1, column 3: JSON knows no comments'],
    ['{"a": /* why */ 1}', 'line 1, column 7: JSON knows no comments'],
    ['{"a": "C:\\x"}', 'line 1, column 7: a backslash in this text must be written twice'],
    ['{"a": "b\n"}', 'line 1, column 7: this text has no closing double quote on its line'],
    ['{"a": True}', 'line 1, column 7: a value is expected here'],
    ['{"a": 01}', 'line 1, column 7: this number is not written as JSON wants it'],
    ['{"a": +1}', 'line 1, column 7: this number is not written as JSON wants it'],
    ['{} {}', 'line 1, column 4: the file should end here'],
  ])('%j: says where and what to do', (text, problem) => {
    expect(problemOf(text)).toContain(`is not JSON: ${problem}`)
    expect(readJson(text).value).toBeUndefined()
  })

  it('ends at no depth and at no length of the program', () => {
    expect(problemOf('['.repeat(1_000_000))).toContain('nested more than 32 deep')
    expect(problemOf(`{"a": "${'x'.repeat(900_000)}`)).toContain('no closing double quote')
    expect(problemOf(`{"a": "${'\\'.repeat(900_001)}`)).toContain('line 1, column 7')
    expect(readJson(`{"a": "${'x'.repeat(900_000)}"}`).value).toEqual({ a: 'x'.repeat(900_000) })
  })
})

describe('a name given twice', () => {
  it('is a mistake with its path and line, in every object', () => {
    const text = '{\n"a": {"b": 1, "b": 2},\n"list": [{}, {"c": 1,\n"\\u0063": 2}],\n"a": 3}'
    expect(readJson(text).problems).toEqual([
      'a.b (line 2) is given twice; keep one of them.',
      'list[1].c (line 4) is given twice; keep one of them.',
      'a (line 5) is given twice; keep one of them.',
    ])
  })

  it('is not the same name in another object', () => {
    expect(readJson('{"a": {"a": [{"a": 1}, {"a": 2}]}}')).toEqual({
      value: { a: { a: [{ a: 1 }, { a: 2 }] } },
      problems: [],
    })
  })

  it('is told a bounded number of times', () => {
    expect(readJson(`{${'"a":1,'.repeat(10_000)}"b":1}`).problems.length).toBeLessThanOrEqual(50)
  })
})

it('__proto__ is a mistake wherever it is, and changes no object', () => {
  const { problems } = readJson('{"allow": [{"__proto__": {"reason": "x"}}]}')
  expect(problems).toEqual(['allow[0].__proto__ (line 1) is no setting.'])
  expect({}).not.toHaveProperty('reason')
})

it('a byte order mark before the text is no mistake', () => {
  expect(readJson('\uFEFF{"a": 1}')).toEqual({ value: { a: 1 }, problems: [] })
})

/** JSON with a few characters changed: most of it is not JSON any more. */
const mangled = fc
  .tuple(
    fc.json({ maxDepth: 3 }),
    fc.array(fc.tuple(fc.nat(), fc.constantFrom(...'{}[]:,"\\/ 0-.eEtfn\'a\n\u0001')), { maxLength: 3 }),
  )
  .map(([text, edits]) =>
    edits.reduce((now, [at, char]) => {
      const place = at % (now.length + 1)
      return now.slice(0, place) + char + now.slice(place + (at % 2))
    }, text),
  )

it('is JSON exactly where JSON.parse says so, with the same value', () => {
  let good = 0
  fc.assert(
    fc.property(mangled, text => {
      let expected: unknown
      try {
        expected = JSON.parse(text)
      } catch {
        expect(problemOf(text)).toContain('is not JSON: line ')
        return
      }
      good++
      expect(readJson(text).value).toEqual(expected)
    }),
    { numRuns: 5_000, seed: 1 },
  )
  expect(good).toBeGreaterThan(500)
})
