import { describe, expect, it } from 'vitest'
import { lureClasses } from './lure-words.ts'

const classes = (...texts: string[]) => [...lureClasses(texts)]

describe('words of a rule', () => {
  it.each([
    ['invoice', ['finance']],
    ['INVOICES;statement', ['finance']],
    ['ACH', ['finance']],
    ['Bank  details', ['finance']],
    ['phishing', ['security']],
    ['sign in', ['security']],
    ['log-in', ['security']],
    ['SignIn', ['security']],
    ['Sign\u00adin', ['security']],
    ['pass\u200bword', ['security']],
    ['DocuSign', ['brand']],
    ['microsoft 365 security alert about an invoice', ['security', 'finance', 'brand']],
    ['Überweisung', ['finance']],
    ['uberweisungen', ['finance']],
    ['virement', ['finance']],
    ['mot de passe', ['security']],
    ['contraseña', ['security']],
    ['płatność', ['finance']],
    ['ŞİFRE', ['security']],
    ['счёт', ['finance']],
    ['подозрительный вход', ['security']],
    ['不審なログイン', ['security']],
    ['请求发票', ['finance']],
    ['비밀번호를', ['security']],
    ['חשבונית', ['finance']],
    ['(SubjectProperty contains "invoice")', ['finance']],
  ])('%s are about %j', (words, expected) => {
    expect(classes(words)).toEqual(expected)
  })

  it.each(['newsletter', 'attach', 'teach', 'wired', 'swiftly', 'Plot 14', 'statement', 'caribou', ''])(
    '%j is about nothing in particular, or a part of another word',
    words => {
      expect(classes(words)).toEqual([])
    },
  )

  it('count over all conditions of a rule', () => {
    expect(classes('invoice', 'paypal')).toEqual(['finance', 'brand'])
    expect(classes()).toEqual([])
  })

  it('of a megabyte are read at once', () => {
    expect(() => classes('a-'.repeat(500_000), 'ﷺ'.repeat(100_000))).not.toThrow()
  })
})
