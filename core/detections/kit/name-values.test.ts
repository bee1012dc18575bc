import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { first, nameValues } from './name-values.ts'

const read = (value: unknown) => Object.fromEntries(nameValues(value))

describe('names and values', () => {
  it.each([
    ['a list', [{ Name: 'MailAccessType', Value: 'Bind' }], { mailaccesstype: ['Bind'] }],
    ['value first', [{ Value: 'Bind', Name: 'MailAccessType' }], { mailaccesstype: ['Bind'] }],
    [
      'a name twice',
      [
        { Name: 'To', Value: 'a' },
        { Name: 'TO', Value: 'b' },
      ],
      { to: ['a', 'b'] },
    ],
    ['no value key', [{ Name: 'RuleName' }], { rulename: [] }],
    ['an empty value', [{ Name: 'ForwardTo', Value: ' ' }], { forwardto: [] }],
    ['the text <null>', [{ Name: 'ForwardTo', Value: '<null>' }], { forwardto: [] }],
    ['a value of null', [{ Name: 'ForwardTo', Value: null }], { forwardto: [] }],
    ['a truth value', [{ Name: 'Deny', Value: true }], { deny: ['true'] }],
    ['a number', [{ Name: 'Count', Value: 5 }], { count: ['5'] }],
    ['a list as value', [{ Name: 'To', Value: ['a', 'b'] }], { to: ['["a","b"]'] }],
    ['no name', [{ Value: 'x' }, { Name: ' ', Value: 'y' }], {}],
    ['plain texts', ['a', 'b'], {}],
    ['nothing', [], {}],
    ['JSON in a text', '[{"Name":"A","Value":"1"}]', { a: ['1'] }],
    ['an empty list in a text', '[]', {}],
    ['an empty text', '', {}],
    ['no list', 5, {}],
    ['absent', undefined, {}],
  ])('of %s', (_, value, expected) => {
    expect(read(value)).toEqual(expected)
  })

  it.each([
    [
      '-Name "foo" -ExchangeLocation ("All") -ContentMatchQuery "(c:c)(size>1)"',
      { name: ['foo'], exchangelocation: ['All'], contentmatchquery: ['(c:c)(size>1)'] },
    ],
    ['-To ("a","b") -Force', { to: ['a', 'b'], force: [] }],
    ['-To a,b', { to: ['a,b'] }],
    ['-DeleteMessage:$true -Name: "x y"', { deletemessage: ['$true'], name: ['x y'] }],
    ['-Name "say ""hi"""', { name: ['say "hi"'] }],
    ['-Name "" -To " "', { name: [], to: [] }],
    ['-Priority -5 -Size 1', { priority: ['-5'], size: ['1'] }],
    ['-ForwardTo first-last@x.example', { forwardto: ['first-last@x.example'] }],
    ['-Query "a -Name b"', { query: ['a -Name b'] }],
    ['just words', {}],
    ['-Identity "unfinished', { identity: ['unfinished'] }],
  ])('of the command line %s', (line, expected) => {
    expect(read(line)).toEqual(expected)
  })

  it('are found by name in any case, and mean nothing to JavaScript', () => {
    const values = nameValues([
      { Name: 'constructor', Value: 'a' },
      { Name: '__proto__', Value: 'b' },
    ])
    expect(first(values, 'Constructor')).toBe('a')
    expect(first(values, '__PROTO__')).toBe('b')
    expect(first(nameValues([]), 'toString')).toBeUndefined()
  })

  it('are the same as a list, as JSON in a text, and in any order', () => {
    const word = fc.stringMatching(/^[A-Za-z]{1,6}$/)
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(word, word), { selector: ([name]) => name.toLowerCase() }),
        pairs => {
          const list = pairs.map(([Name, Value]) => ({ Name, Value }))
          expect(read(JSON.stringify(list))).toEqual(read(list))
          expect(read([...list].reverse())).toEqual(read(list))
          expect(read(pairs.map(([name, value]) => `-${name} "${value}"`).join(' '))).toEqual(read(list))
        },
      ),
    )
  })

  it('are read from anything without an exception', () => {
    fc.assert(fc.property(fc.oneof(fc.jsonValue(), fc.string(), fc.json()), value => void nameValues(value)))
  })

  it.each(['-a', '"', '(', ' ', '-'])('of a megabyte of %j are read at once', part => {
    expect(() => nameValues(part.repeat(1_000_000 / part.length))).not.toThrow()
  })
})
