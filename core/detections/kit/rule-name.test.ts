import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shownName, suspiciousName } from './rule-name.ts'

describe('a name', () => {
  it.each([
    ['', 'is blank'],
    [' \t', 'is blank'],
    ['\u200b\u2060', 'is blank'],
    ['\u3164', 'is blank'],
    ['\u2800', 'is blank'],
    ['\u0000', 'is blank'],
    ['.', 'has no letter or digit'],
    ['...', 'has no letter or digit'],
    ['…', 'has no letter or digit'],
    ['。', 'has no letter or digit'],
    ['・・', 'has no letter or digit'],
    ['- - -', 'has no letter or digit'],
    [';', 'has no letter or digit'],
    ['★', 'has no letter or digit'],
    ['a', 'is one character'],
    ['a.', 'is one character'],
    ['1', 'is one character'],
    ['Ａ', 'is one character'],
    ['é', 'is one character'],
    ['ж', 'is one character'],
    ['\u200ba\u200b', 'is one character'],
    ['aaa', 'is one character repeated'],
    ['aAaA', 'is one character repeated'],
    ['a a a', 'is one character repeated'],
    ['11111111', 'is one character repeated'],
    ['asd', 'is a run along the keyboard'],
    ['QWERTY', 'is a run along the keyboard'],
    ['zxcv', 'is a run along the keyboard'],
  ])('%j %s', (name, why) => {
    expect(suspiciousName(name)).toBe(why)
  })

  it.each([
    'Invoices',
    'IT',
    'HR.',
    'счета',
    '請求書',
    '税務',
    'فواتير',
    'C# list',
    '2026',
    'aaaaaaaaa',
    'ada',
    'as',
    'Holiday schedule',
    '★ Boss',
  ])('%j is ordinary', name => {
    expect(suspiciousName(name)).toBeUndefined()
  })

  it('with two different letters of any script and more than a run of keys is ordinary', () => {
    const word = fc.constantFrom('ho', 'ся', '税務', 'ΑΒ', 'אב')
    fc.assert(
      fc.property(word, fc.string({ unit: 'binary' }), (letters, more) => {
        const name = `${letters} ${more}`
        expect(suspiciousName(name)).toBeUndefined()
      }),
    )
  })

  it.each([
    ['Invoices', 'Invoices'],
    ['\u200bIn\u0000voices ', 'Invoices'],
    ['\u3164', '(blank)'],
    ['x'.repeat(61), `${'x'.repeat(59)}…`],
  ])('%j is shown as %j', (name, shown) => {
    expect(shownName(name)).toBe(shown)
  })
})
