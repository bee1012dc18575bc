import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyText } from '../../test/support/any-text.ts'
import { mailOwner, readGraphUri } from './graph-uri.ts'

const HOST = 'https://graph.example'

describe('the address of a request', () => {
  it.each([
    ['/v1.0/me/messages', 'me', ['messages']],
    ['/beta/me/messages/', 'me', ['messages']],
    ['/V1.0/ME/Messages', 'me', ['messages']],
    ['//v1.0//me///messages', 'me', ['messages']],
    ['/v1.0/me/%6Dessages', 'me', ['messages']],
    ['/v1.0/me/%256Dessages', 'me', ['messages']],
    ['/v1.0/me%2Fmessages', 'me', ['messages']],
    ['/v1.0/./me/x/../messages', 'me', ['messages']],
    ['/v1.0/users/Anna@birchwood.example/messages', 'anna@birchwood.example', ['messages']],
    ['/v1.0/users/anna%40birchwood.example/messages', 'anna@birchwood.example', ['messages']],
    ["/v1.0/users('anna@birchwood.example')/messages", 'anna@birchwood.example', ['messages']],
    [
      "/v1.0/users(userPrincipalName='anna@birchwood.example')/messages",
      'anna@birchwood.example',
      ['messages'],
    ],
    ['/v1.0/users/me-token-to-replace/messages', 'me', ['messages']],
    ["/v1.0/me/mailFolders('Inbox')/messages/delta()", 'me', ['mailfolders', 'inbox', 'messages', 'delta']],
    ["/v1.0/me/messages/delta(token='x')", 'me', ['messages', 'delta']],
    ['/v1.0/me/messages/microsoft.graph.delta', 'me', ['messages', 'delta']],
    ['/v1.0/me/messages/AAMk=/$value', 'me', ['messages', 'aamk=', '$value']],
    ['/v1.0/$batch', undefined, ['$batch']],
    ['/beta/search/query', undefined, ['search', 'query']],
    ['/v1.0/search/microsoft.graph.query', undefined, ['search', 'query']],
    [
      '/v1.0/admin/exchange/mailboxes/MBX:e0@a7/exportItems',
      undefined,
      ['admin', 'exchange', 'mailboxes', 'mbx:e0@a7', 'exportitems'],
    ],
    ['/v1.0/users', undefined, ['users']],
    ['/v1.0/me', 'me', []],
    ['/v1.0/me/%zz%6Dessages', 'me', ['%zzmessages']],
    ['/', undefined, []],
    ['/me/messages', 'me', ['messages']],
    ['/v12.10/me/messages', 'me', ['messages']],
    ['/v1.0-me/messages', undefined, ['v1.0-me', 'messages']],
    ['/xv1.0/me', undefined, ['xv1.0', 'me']],
    ['/v1.0/me/%25256Dessages', 'me', ['%6dessages']],
    ['/v1.0/me/%20messages%20', 'me', ['messages']],
    ["/v1.0/me/messages( 'x' )", 'me', ['messages', 'x']],
    ['/v1.0/me/messages(x)y', 'me', ['messages(x)y']],
    ['/v1.0/me/x)messages(y)', 'me', ['x)messages(y)']],
    ['/v1.0/me/my.microsoft.graph.messages', 'me', ['my.microsoft.graph.messages']],
  ] as const)('%s', (path, owner, rest) => {
    expect(readGraphUri(HOST + path)).toMatchObject({ owner, path: rest })
    expect(readGraphUri(`${HOST}${path}?$top=5#fragment`)).toMatchObject({ owner, path: rest })
  })

  it('has options, however they are written', () => {
    const { options } = readGraphUri(
      `${HOST}/v1.0/me/messages?%24Top=999&$search=%22pay%20slip%22&select=id&a$b=c`,
    )
    expect(Object.fromEntries(options)).toEqual({
      top: '999',
      search: '"pay slip"',
      select: 'id',
      a$b: 'c',
    })
  })

  it.each([undefined, null, '', 'https://', 'http://[', {}])('%j names nothing', value => {
    expect(readGraphUri(value)).toEqual({ owner: undefined, path: [], options: new Map() })
  })

  it('never throws, whatever it holds', () => {
    const odd = fc.oneof(anyText, fc.stringMatching(/^[%()'=/.a-f0-9$?&]{0,60}$/))
    fc.assert(
      fc.property(odd, text => {
        for (const uri of [text, `${HOST}/v1.0/me/${text}`, `${HOST}/users/${text}/messages?${text}`]) {
          const { path } = readGraphUri(uri)
          for (const segment of path) expect(segment).toBe(segment.toLowerCase())
        }
      }),
      { numRuns: 2_000 },
    )
  })

  it('is the same in every disguise that Graph sees through', () => {
    const encoded = fc
      .func(fc.boolean())
      .map(
        choose => (text: string) =>
          Array.from(text, (one, n) =>
            /[a-z]/.test(one) && choose(n) ? `%${one.charCodeAt(0).toString(16)}` : one,
          ).join(''),
      )
    const cased = fc
      .func(fc.boolean())
      .map(
        choose => (text: string) =>
          Array.from(text, (one, n) => (choose(n) ? one.toUpperCase() : one)).join(''),
      )
    const plain = ['users', 'anna@birchwood.example', 'mailfolders', 'inbox', 'messages']
    fc.assert(
      fc.property(
        encoded,
        cased,
        fc.constantFrom('v1.0', 'beta'),
        fc.constantFrom('/', '//'),
        (hide, raise, version, slash) => {
          const uri = `${HOST}/${version}${slash}${plain.map(part => hide(raise(part))).join(slash)}${slash}`
          expect(readGraphUri(uri)).toMatchObject({ owner: plain[1], path: plain.slice(2) })
        },
      ),
    )
  })

  it('is read in time however long it is', () => {
    const long = `${HOST}/v1.0/me/${"messages('".repeat(200_000)}`
    expect(readGraphUri(long).owner).toBe('me')
    expect(readGraphUri(`${HOST}/v1.0/me/${'a/'.repeat(20_000)}`).path.length).toBeLessThan(16_384 / 2)
  })
})

describe('the owner of the mail', () => {
  it.each([
    ['/v1.0/me/messages', 'me'],
    ['/beta/users/b@birchwood.example/mailFolders/inbox', 'b@birchwood.example'],
    ['/v1.0/me/mailboxSettings', 'me'],
    ['/v1.0/me/inferenceClassification/overrides', 'me'],
    ['/v1.0/users/me/messages', 'me'],
    ['/v1.0/users/TokenToReplace/messages', 'me'],
    ['/v1.0/me/calendar/events', undefined],
    ['/v1.0/me/drive/root/messages', undefined],
    ['/v1.0/teams/x/channels/y/messages', undefined],
    ['/v1.0/me/chats/x/messages', undefined],
    ['/v1.0/messages', undefined],
  ])('of %s is %s', (path, owner) => {
    expect(mailOwner(readGraphUri(HOST + path))).toBe(owner)
  })
})
