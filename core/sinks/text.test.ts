import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HOSTILE_TEXTS } from '../../test/support/hostile.ts'
import { cap, plain } from './text.ts'

describe('plain', () => {
  it('leaves one line of visible, well-formed characters of every hostile text', () => {
    for (const text of HOSTILE_TEXTS) {
      const shown = plain(text)
      expect(shown).toMatch(/^[^\p{C}\p{DI}\p{Zl}\p{Zp}]+$/u)
      expect(shown.isWellFormed()).toBe(true)
      expect(Array.from(shown).length).toBeLessThanOrEqual(120)
    }
  })

  it('holds for any text and any length', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 100 }),
        fc.integer({ min: 1, max: 200 }),
        (text, max) => {
          const shown = plain(text, max)
          expect(shown).toMatch(/^[^\p{C}\p{DI}\p{Zl}\p{Zp}]+$/u)
          expect(Array.from(shown).length).toBeLessThanOrEqual(max)
          expect(shown).toBe(shown.trim())
        },
      ),
    )
  })

  it('leaves ordinary names as they are', () => {
    for (const name of ['Maria Silva', 'Søren Åkesson', '田中 太郎', 'Zoë’s “invoices”', 'नमस्ते', '.']) {
      expect(plain(name)).toBe(name)
    }
  })

  it('shows that a name has nothing to show', () => {
    expect(plain('\u200b\u2060')).toBe('(no visible characters)')
    expect(plain('')).toBe('(no visible characters)')
  })

  it('undoes a right-to-left override instead of obeying it', () => {
    expect(plain('invoice\u202efdp.exe')).toBe('invoicefdp.exe')
  })

  it('replaces lone surrogates', () => {
    expect(plain('a\ud83db')).toBe('a\ufffdb')
  })
})

describe('cap', () => {
  it('counts characters, not halves of them', () => {
    expect(cap('😀😀😀', 3)).toBe('😀😀😀')
    expect(cap('😀😀😀😀', 3)).toBe('😀😀…')
  })
})
