import { describe, expect, test } from 'vitest'
import { ConfigError, FeedError, StoreError } from '../core/model/errors.ts'
import { present } from './errors.ts'
import { InputError } from './input/types.ts'

function told(error: unknown) {
  let text = ''
  const code = present(error, part => {
    text += part
  })
  return { code, text }
}

describe('an error that ends the command', () => {
  test.each([
    [new InputError('not-found', 'There is no such file.'), 'There is no such file.'],
    [new FeedError('audit-off', 'Auditing is off.'), 'Auditing is off.'],
    [new StoreError('denied', 'Storage refused us.'), 'Storage refused us.'],
    [
      Object.assign(new Error('The disk is full.'), { code: 'ENOSPC', syscall: 'write' }),
      'The disk is full.',
    ],
  ])('%s: one sentence and exit code 2', (error, sentence) => {
    expect(told(error)).toEqual({ code: 2, text: `✖ ${sentence}\n` })
  })

  test('a sentence for every wrong setting', () => {
    expect(told(new ConfigError(['ONE is wrong.', 'TWO is missing.']))).toEqual({
      code: 2,
      text: '✖ ONE is wrong.\n✖ TWO is missing.\n',
    })
  })

  test('what a file says about itself cannot steer the terminal', () => {
    const { text } = told(new InputError('csv', 'It has "\u001b[2Jname", "\u009b31m", "a\u202eb\nc".'))
    expect(text).toBe('✖ It has "[2Jname", "31m", "ab c".\n')
  })

  test('a fault of the program itself shows where it happened, and is exit code 1', () => {
    const { code, text } = told(new TypeError('x is not a function'))
    expect(code).toBe(1)
    expect(text).toMatch(/the fault is its own: TypeError: x is not a function\n\s+at /)
    expect(told('odd')).toMatchObject({ code: 1 })
  })

  test('nor does what such a fault quotes steer the terminal', () => {
    const { text } = told(new TypeError('no "\u001b]0;owned\u0007\u009b2J\u202e" here'))
    expect(text).toMatch(/^[^\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]*$/)
    expect(text).toContain('no "]0;owned2J" here')
  })
})
