import { describe, expect, it } from 'vitest'
import { CLASSES, foldQuery, sensitiveWords } from './sensitive-words.ts'

const words = (query: string) => sensitiveWords(query).map(({ word }) => word)

describe('the sensitive words of a search', () => {
  it.each([
    ['password', ['password']],
    ['Subject:"Passwords" from:anna', ['password']],
    ['CONTRASEÑA', ['contrasena']],
    ['mot  de passe', ['mot de passe']],
    ['sign-in details', ['sign in detail']],
    ['bank details; IBAN', ['bank detail', 'iban']],
    ['Überweisung', ['uberweisung']],
    ['ПАРОЛЬ', ['пароль']],
    ['due diligence for the merger', ['merger', 'due diligence']],
    ['password password', ['password']],
    ['', []],
    ['*', []],
    ['swiftly', []],
    ['invoicing', []],
    ['account access', []],
    ['compassionate', []],
    ['ribbon', []],
  ])('%j are %j', (query, expected) => {
    expect(words(query)).toEqual(expected)
  })

  it('have a class each, and no word has two', () => {
    expect(new Set(sensitiveWords('password iban salary lawsuit').map(({ of }) => of))).toEqual(
      new Set(CLASSES),
    )
  })
})

describe('a query', () => {
  it('counts without case, accents and repeated blanks', () => {
    expect(foldQuery('  Résumé \t 2026 ')).toBe('resume 2026')
  })

  it.each(['*', '(*)', ' "*" ', '**', '', ' ', '()'])('%j asks for everything', query => {
    expect(foldQuery(query)).toBe('')
  })
})
