import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { flag, isGuid, isObject, json, list, lower, number, text } from './values.ts'

describe('a value on the wire', () => {
  it.each([
    ['a', 'a'],
    [' A b ', 'A b'],
    ['\u00a0x\r\n', 'x'],
    [0, '0'],
    [12.5, '12.5'],
    ['', undefined],
    ['  ', undefined],
    ['<null>', undefined],
    [' <null> ', undefined],
    [null, undefined],
    [undefined, undefined],
    [true, undefined],
    [{}, undefined],
    [['a'], undefined],
  ])('%j as text is %j', (value, read) => {
    expect(text(value)).toBe(read)
    expect(lower(value)).toBe(read?.toLowerCase())
  })

  it.each([
    [2, 2],
    ['2', 2],
    [' 2 ', 2],
    ['1.0', 1],
    ['1e9', 1_000_000_000],
    ['-1', -1],
    ['1156492.00', 1_156_492],
    ['', undefined],
    [' ', undefined],
    ['two', undefined],
    ['2x', undefined],
    ['Infinity', undefined],
    [Number.NaN, undefined],
    [null, undefined],
    [true, undefined],
    [[2], undefined],
  ])('%j as a number is %j', (value, read) => {
    expect(number(value)).toBe(read)
  })

  it.each([
    [true, true],
    ['True', true],
    ['TRUE', true],
    ['$true', true],
    ['1', true],
    [1, true],
    [' true ', true],
    [false, false],
    ['False', false],
    ['$false', false],
    ['0', false],
    [0, false],
    ['', undefined],
    ['yes', undefined],
    [2, undefined],
    [null, undefined],
  ])('%j as a flag is %j', (value, read) => {
    expect(flag(value)).toBe(read)
  })

  it.each([
    [
      [1, 2],
      [1, 2],
    ],
    ['[1, 2]', [1, 2]],
    [' [{"Name":"a"}]', [{ Name: 'a' }]],
    ['[]', []],
    ['[1,', []],
    ['{"a":1}', []],
    ['a;b', []],
    ['', []],
    [{ 0: 'a', length: 1 }, []],
    [null, []],
    [undefined, []],
    [5, []],
  ])('%j as a list is %j', (value, read) => {
    expect(list(value)).toEqual(read)
  })

  it.each([
    ['{"a":1}', { a: 1 }],
    ['\r\n[1]', [1]],
    ['"\\"x\\""', undefined],
    ['5', undefined],
    ['{a:1}', undefined],
    ['', undefined],
    [{ a: 1 }, { a: 1 }],
    [7, 7],
    [null, null],
  ])('%j holds the JSON %j', (value, read) => {
    expect(json(value)).toEqual(read)
  })

  it('is decoded once, never twice', () => {
    expect(json(JSON.stringify([JSON.stringify([1])]))).toEqual(['[1]'])
  })

  it('is an object only when it has fields of its own', () => {
    expect([{}, { a: 1 }, Object.create(null)].every(isObject)).toBe(true)
    expect([null, undefined, [], 'a', 1, true].some(isObject)).toBe(false)
  })

  it.each([
    ['00000003-0000-0000-c000-000000000000', true],
    ['00000003-0000-0FF1-CE00-000000000000', true],
    ['{00000003-0000-0000-c000-000000000000}', false],
    ['00000003-0000-0000-c000-00000000000', false],
    ['00000003-0000-0000-c000-00000000000g', false],
    ['00000003-0000-0000-c000-0000000000000', false],
    ['00000003_0000_0000_c000_000000000000', false],
    ['00000003-0000-0000-c000-00000000000é', false],
    ['S-1-5-18', false],
    ['', false],
  ])('%s is a GUID: %j', (value, is) => {
    expect(isGuid(value)).toBe(is)
  })

  it('of any kind is read without an exception', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.string(), fc.json()), value => {
        for (const read of [isObject, text, lower, number, flag, list, json]) read(value)
        const once = text(value)
        expect(text(once)).toBe(once)
      }),
    )
  })
})
