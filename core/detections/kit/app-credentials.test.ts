import { describe, expect, it } from 'vitest'
import { key, written } from '../../../test/support/record-apps.ts'
import { guid } from '../../../test/support/records.ts'
import { newCredentials } from './app-credentials.ts'

const ADDS = 'Add service principal credentials'
const body = (Name: string, OldValue: unknown, NewValue: unknown) => ({
  ModifiedProperties: [{ Name, OldValue, NewValue }],
})
const keys = (was: unknown, now: unknown, operation = 'Update application') =>
  newCredentials(body('KeyDescription', was, now), operation, 'record')
const trust = (more: object) => written({ Name: 'x', Issuer: 'https://a.example', Subject: 's', ...more })
const federated = (was: unknown, now: unknown) =>
  newCredentials(body('FederatedIdentityCredentials', was, now), 'Update application', 'record').federated

describe('new keys', () => {
  it.each([
    ['the first', '[]', written(key('a')), [guid('a')], true, ['secret']],
    ['one more', written(key('a')), written(key('a'), key('b')), [guid('b')], false, ['secret']],
    ['a certificate', null, written(key('a', 'AsymmetricX509Cert')), [guid('a')], true, ['certificate']],
    ['another kind', '', written(key('a', 'Symmetric')), [guid('a')], true, ['credential']],
    ['a bare entry', '', key('a'), [guid('a')], true, ['secret']],
    ['in quotes twice', null, JSON.stringify(written(key('a'))), [guid('a')], true, ['secret']],
    ['words', null, '"a secret"', ['record'], true, ['credential']],
    ['fewer', written(key('a'), key('b')), written(key('a')), [], false, []],
    ['none left', written(key('a')), '[]', [], false, []],
    ['the same', written(key('a')), written(key('a')), [], false, []],
    ['the same words', '"a secret"', '"a secret"', [], false, []],
    ['nothing', '', '', [], true, []],
  ])('are told apart: %s', (_, was, now, ids, first, kinds) => {
    expect(keys(was, now)).toMatchObject({ keys: ids, first, kinds })
  })

  it('are one by record where the operation only adds and nothing is described', () => {
    expect(newCredentials({}, ADDS, 'record')).toMatchObject({ keys: ['record'], first: false })
    expect(newCredentials({}, 'Update application', 'record').keys).toEqual([])
    expect(keys(written(key('a')), written(key('a')), ADDS).keys).toEqual([])
  })
})

describe('trust in another sign-in service', () => {
  it.each([
    ['none before', '[]', trust({}), ['https://a.example (s)']],
    ['null before', null, trust({}), ['https://a.example (s)']],
    ['another issuer', trust({}), trust({ Issuer: 'https://b.example' }), ['https://b.example (s)']],
    ['another subject', trust({}), trust({ Subject: 't' }), ['https://a.example (t)']],
    [
      'an expression instead of a subject',
      trust({}),
      trust({ Subject: '', ClaimsMatchingExpressionValue: 'any' }),
      ['https://a.example (any)'],
    ],
    [
      'lower-case fields',
      '[]',
      written({ issuer: 'https://a.example', subject: 's' }),
      ['https://a.example (s)'],
    ],
    ['what is no JSON', '[]', 'x', ['x']],
    ['another description', trust({}), trust({ Name: 'y', Description: 'z' }), []],
    ['removed', trust({}), '[]', []],
  ])('is new or not: %s', (_, was, now, added) => {
    expect(federated(was, now)).toEqual(added)
  })
})
