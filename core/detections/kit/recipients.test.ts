import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asciiDomain, recipients } from './recipients.ts'

const addresses = (value: unknown) => recipients(value).map(to => (to.kind === 'address' ? to.address : to))

describe('recipients', () => {
  it.each([
    ['a@harvest.example', ['a@harvest.example']],
    ['A.B@Harvest.Example', ['A.B@harvest.example']],
    [' a@harvest.example ', ['a@harvest.example']],
    ['smtp:a@harvest.example', ['a@harvest.example']],
    ['SMTP: a@harvest.example', ['a@harvest.example']],
    ['SIP:a@harvest.example', ['a@harvest.example']],
    ['mailto:a@harvest.example', ['a@harvest.example']],
    ["'a@harvest.example'", ['a@harvest.example']],
    ["o'brien@harvest.example", ["o'brien@harvest.example"]],
    ['"Name" <a@harvest.example>', ['a@harvest.example']],
    ['Name (dept) <a@harvest.example>', ['a@harvest.example']],
    ['"Name" [SMTP:a@harvest.example]', ['a@harvest.example']],
    ['"Last, First; Esq" [SMTP:a@harvest.example]', ['a@harvest.example']],
    ['a@harvest.example.', ['a@harvest.example']],
    ['a+b@harvest.example', ['a+b@harvest.example']],
    ['"a b"@harvest.example', ['"a b"@harvest.example']],
    ['"a;b,c"@harvest.example', ['"a;b,c"@harvest.example']],
    ['"a@birchwood.example"@harvest.example', ['"a@birchwood.example"@harvest.example']],
    ['a@bücher.example', ['a@xn--bcher-kva.example']],
    ['a@xn--bcher-kva.example', ['a@xn--bcher-kva.example']],
    ['a@harvest。example', ['a@harvest.example']],
    ['a_harvest.example#EXT#@birchwood.example', ['a@harvest.example']],
    ['a_b_harvest.example#ext#@birchwood.example', ['a_b@harvest.example']],
    ['["a@x.example","b@y.example"]', ['a@x.example', 'b@y.example']],
    ['[{"Name":"A","Address":"a@x.example"}]', ['a@x.example']],
    ['{"EmailAddress":{"Name":"A","Address":"a@x.example"}}', ['a@x.example']],
    ['a@x.example;b@y.example', ['a@x.example', 'b@y.example']],
    ['a@x.example , b@y.example;', ['a@x.example', 'b@y.example']],
    ['{a@x.example, b@y.example}', ['a@x.example', 'b@y.example']],
    ['(a@x.example;b@y.example)', ['a@x.example', 'b@y.example']],
    ['[a@x.example; b@y.example]', ['a@x.example', 'b@y.example']],
    ['"A" <a@x.example>; "B" [SMTP:b@y.example]', ['a@x.example', 'b@y.example']],
    [
      ['a@x.example', { Value: 'b@y.example' }],
      ['a@x.example', 'b@y.example'],
    ],
  ])('of %j are %j', (value, expected) => {
    expect(addresses(value)).toEqual(expected)
  })

  it.each([
    'EX:/o=ExchangeLabs/ou=Group (FYDIBOHF23SPDLT)/cn=Recipients/cn=anna',
    '/o=Labs, Inc/ou=Group/cn=anna',
    'X500:/o=ExchangeLabs/cn=anna',
    '"Birch, Anna" [EX:/o=ExchangeLabs/ou=Group/cn=anna]',
  ])('of %j are one entry of the directory', value => {
    expect(recipients(value)).toEqual([{ kind: 'directory', name: expect.stringContaining('/o=') }])
  })

  it.each([
    ['anna', 'anna'],
    ['Anna Birch', 'Anna Birch'],
    ['5f0a3a6e-6d1c-4f0e-9f52-2f1d7a6b4c11', '5f0a3a6e-6d1c-4f0e-9f52-2f1d7a6b4c11'],
    ['@harvest.example', '@harvest.example'],
    ['a@', 'a@'],
    ['a@-.exa mple', 'a@-.exa mple'],
    ['a@[192.0.2.1]', 'a@[192.0.2.1]'],
    ['a@x.example b@y.example', 'a@x.example b@y.example'],
    ['a@x.example\nb@y.example', 'a@x.example\nb@y.example'],
    ['a@b@y.example', 'a@b@y.example'],
    ['guest#EXT#@birchwood.example', 'guest#EXT#@birchwood.example'],
    ['a@birchwood.example/x', 'a@birchwood.example/x'],
    ['a@birchwood.exa\tmple', 'a@birchwood.exa\tmple'],
    ['a@birch%77ood.example', 'a@birch%77ood.example'],
    ['"Anna Birch"', '"Anna Birch"'],
  ])('of %j cannot be resolved', (value, name) => {
    expect(recipients(value)).toEqual([{ kind: 'unresolved', name }])
  })

  it.each([undefined, null, '', ' ', ';', ' , ;', '[]', '{}', '[{}]', 5, true, [], {}])(
    'of %j are none',
    value => {
      expect(recipients(value)).toEqual([])
    },
  )

  it.each([
    '"a@x.example; b@birchwood.example',
    'x [a; a@x.example; b@birchwood.example',
    '<;a@x.example;b@birchwood.example',
  ])('of %j do not hide behind what was left open', value => {
    expect(recipients(value).some(to => to.kind !== 'address' || to.domain === 'x.example')).toBe(true)
  })

  it('of lists in lists end somewhere, and not in silence', () => {
    const deep = `${'['.repeat(50_000)}"a@x.example"${']'.repeat(50_000)}`
    expect(recipients(deep)).toEqual([{ kind: 'unresolved', name: 'a list in a list' }])
    expect(addresses('[["a@x.example"]]')).toEqual(['a@x.example'])
  })

  it('are read from anything without an exception, each with a domain or a name', () => {
    const parts = fc.constantFrom(
      ...'@;,"\'<>[]{}()\\/ \n',
      'a',
      'x.example',
      'smtp:',
      'EX:/o=',
      '#EXT#',
      '_',
    )
    const hostile = fc.array(parts).map(all => all.join(''))
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.string({ unit: 'binary' }), fc.json(), hostile), value => {
        for (const to of recipients(value)) {
          if (to.kind === 'address') expect(asciiDomain(to.domain)).toBe(to.domain)
          else expect(typeof to.name).toBe('string')
        }
      }),
      { numRuns: 1_000 },
    )
  })

  it('of a list are those of its parts, in order', () => {
    const one = fc.constantFrom(
      'a@x.example',
      '"B" <b@y.example>',
      'carl',
      'EX:/o=Labs/cn=d',
      '"e;f"@z.example',
    )
    fc.assert(
      fc.property(fc.array(one), list => {
        expect(recipients(list.join('; '))).toEqual(list.flatMap(part => recipients(part)))
        expect(recipients(JSON.stringify(list))).toEqual(list.flatMap(part => recipients(part)))
      }),
    )
  })

  it.each([';', '"', '<', '[', '(', "'", 'a', '@', ' '])('of a megabyte of %j are read at once', part => {
    expect(() => recipients(part.repeat(1_000_000))).not.toThrow()
  })
})

describe('a domain', () => {
  it.each([
    ['Harvest.Example', 'harvest.example'],
    [' harvest.example. ', 'harvest.example'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['BÜCHER.example', 'xn--bcher-kva.example'],
    ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
    ['mail_1.harvest.example', 'mail_1.harvest.example'],
    ['localhost', 'localhost'],
    ['', undefined],
    ['.', undefined],
    ['..', undefined],
    ['a b.example', undefined],
    ['harvest.example/birchwood.example', undefined],
    ['harvest.example:25', undefined],
    ['a@b', undefined],
  ])('%j is %j', (given, domain) => {
    expect(asciiDomain(given)).toBe(domain)
  })
})
