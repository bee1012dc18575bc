import fc from 'fast-check'
import MarkdownIt from 'markdown-it'
import { describe, expect, it } from 'vitest'
import { HOSTILE_TEXTS } from '../../test/support/hostile.ts'
import { defang, ownDomains } from './hosts.ts'
import { markdown, markdownList } from './markdown.ts'
import { plain } from './text.ts'

// More than any Teams client does: every construct of CommonMark, tables, strikethrough, and links out of bare text.
const renderer = new MarkdownIt({ html: false, linkify: true })
renderer.linkify.set({ fuzzyEmail: true, fuzzyLink: true })

const RUNS = 3_000

const nothing = ownDomains([])

function rendered(source: string): string {
  const html = renderer.render(source)
  expect(html).toMatch(/^<p>[^<>]*<\/p>\n$/)
  return html
    .slice(3, -5)
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
}

describe('markdown', () => {
  it('shows every hostile text as text and nothing else', () => {
    for (const text of HOSTILE_TEXTS) {
      expect(rendered(markdown(text, nothing))).toBe(defang(plain(text), nothing))
    }
  })

  it('holds for texts made of everything that means something', () => {
    const piece = fc.constantFrom(
      ...[
        '[',
        ']',
        '(',
        ')',
        '[.]',
        '[://]',
        '<',
        '>',
        '*',
        '_',
        '`',
        '~',
        '#',
        '|',
        '\\',
        '!',
        '&',
        ';',
        '{{',
        '}}',
      ],
      ...[
        '- ',
        '1. ',
        '1) ',
        '+ ',
        '= ',
        ' ',
        '\n',
        ':',
        '://',
        '//',
        'http://',
        'www.',
        '.com',
        'a',
        'evil.com',
        '@',
      ],
      ...['&lt', '&#42;', '"', "'", '$', '203.0.113.5', 'é', 'mailto:', '😀', 'localhost'],
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), pieces => {
        const text = pieces.join('')
        expect(rendered(markdown(text, nothing))).toBe(defang(plain(text), nothing))
      }),
      { numRuns: RUNS },
    )
  })

  it('breaks the date function of Adaptive Cards', () => {
    expect(markdown('{{DATE(2001-01-01T00:00:00Z)}}', nothing)).toBe('{\\{DATE(2001-01-01T00:00:00Z)}}')
  })

  it('leaves what needs no escape alone, since phones show the backslash', () => {
    const own = ownDomains(['first_last@birchwood.example'])
    for (const text of [
      'first_last@birchwood.example',
      'full_access_as_app (Graph)',
      '203.0.113.14',
      'python-requests/2.32.3 (linux)',
      'a - b, 1,284 of 2 # 3',
      '2001:db8::1',
    ]) {
      expect(markdown(text, own)).toBe(text)
    }
  })
})

describe('markdownList', () => {
  it('keeps the first items and says how many more there were', () => {
    expect(markdownList('a, b, c, d', nothing, 2, 120)).toBe('a, b + 2 more')
    expect(markdownList('a, b', nothing, 2, 120)).toBe('a, b')
  })

  it('cuts a long item without losing the next', () => {
    expect(markdownList(`${'x'.repeat(50)}, b`, nothing, 8, 10)).toBe('xxxxxxxxx…, b')
  })
})
