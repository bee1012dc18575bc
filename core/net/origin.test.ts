import { describe, expect, it } from 'vitest'
import { endpointProblem, sameOrigin, withBearer } from './origin.ts'

const OWN = 'https://manage.office.com'

describe('sameOrigin', () => {
  it.each([
    ['https://manage.office.com/api/v1.0/x', true],
    ['https://manage.office.com:443/api', true],
    ['HTTPS://Manage.Office.COM/api', true],
    ['http://manage.office.com/api', false],
    ['https://manage.office.com:8443/api', false],
    ['https://manage.office.com.evil.example/api', false],
    ['https://evil.example/manage.office.com', false],
    ['https://manage.office.com@evil.example/api', false],
    ['https://user:pw@manage.office.com/api', false],
    ['https://manage.office.com\\@evil.example/', true],
    ['https://evil.example\\@manage.office.com/', false],
    ['//evil.example/api', false],
    ['/api/v1.0/x', false],
    ['javascript:alert(1)', false],
    ['file:///etc/passwd', false],
    ['', false],
  ])('%s: %s', (address, same) => {
    expect(sameOrigin(address, OWN)).toBe(same)
  })
})

it.each([
  [OWN, undefined],
  ['http://127.0.0.1:4000', undefined],
  ['http://manage.office.com', 'must begin with https://'],
  ['ftp://manage.office.com', 'is not a plain http or https address'],
  ['manage.office.com', 'is not a plain http or https address'],
])('%s: %s', (address, problem) => {
  expect(endpointProblem(address)).toBe(problem)
})

describe('withBearer', () => {
  it('adds the token to a request for its own origin', () => {
    const request = withBearer({ method: 'GET', url: `${OWN}/x`, headers: { a: 'b' } }, 't', OWN)
    expect(request.headers).toEqual({ a: 'b', authorization: 'Bearer t' })
  })

  it('refuses another origin', () => {
    expect(() => withBearer({ method: 'GET', url: 'https://evil.example/x' }, 't', OWN)).toThrow(
      expect.objectContaining({
        code: 'foreign-origin',
        message: expect.stringContaining('https://evil.example'),
      }),
    )
  })

  it('refuses to send a token in the clear to another machine', () => {
    const clear = 'http://manage.office.com'
    expect(() => withBearer({ method: 'GET', url: `${clear}/x` }, 't', clear)).toThrow(
      'must begin with https://',
    )
  })
})
