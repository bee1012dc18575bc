import { describe, expect, it } from 'vitest'
import { actors, added, additionalDetails, described, entries, modifiedProperties, targets } from './entra.ts'

const one = '11111111-1111-4111-8111-111111111111'
const two = '22222222-2222-4222-8222-222222222222'

const of = (...ModifiedProperties: unknown[]) =>
  Object.fromEntries(modifiedProperties({ ModifiedProperties }))

describe('modifiedProperties', () => {
  it('finds properties by name, in any order and case', () => {
    const given = [
      { Name: 'Role.DisplayName', NewValue: 'Exchange Administrator', OldValue: '' },
      { Name: 'AppRole.Value', NewValue: 'Mail.Read', OldValue: 'Mail.Send' },
    ]
    const read = {
      'role.displayname': { newValue: 'Exchange Administrator' },
      'approle.value': { newValue: 'Mail.Read', oldValue: 'Mail.Send' },
    }
    expect(of(...given)).toEqual(read)
    expect(of(...given.reverse())).toEqual(read)
    expect(Object.fromEntries(modifiedProperties({ ModifiedProperties: JSON.stringify(given) }))).toEqual(
      read,
    )
  })

  it('takes the JSON quotes of the Graph dialect off once', () => {
    expect(of({ Name: 'a', NewValue: '"full_access_as_app"', OldValue: null })).toEqual({
      a: { newValue: 'full_access_as_app' },
    })
    expect(of({ displayName: 'a', newValue: '"\\"x\\""', oldValue: 'null' })).toEqual({
      a: { newValue: '"x"' },
    })
    expect(of({ Name: 'a', NewValue: '"not closed' })).toEqual({ a: { newValue: '"not closed' } })
  })

  it('keeps values that are objects or lists as JSON, and truth values as words', () => {
    expect(
      of({ Name: 'a', NewValue: ['x'] }, { Name: 'b', NewValue: { c: 1 } }, { Name: 'd', OldValue: false }),
    ).toEqual({ a: { newValue: '["x"]' }, b: { newValue: '{"c":1}' }, d: { oldValue: 'false' } })
  })

  it('reads nothing from bare names, from nothing and from a name without values', () => {
    expect(of('Role.DisplayName', null, 7, { NewValue: 'x' })).toEqual({})
    expect(modifiedProperties({}).size).toBe(0)
    expect(of({ Name: 'a' })).toEqual({ a: {} })
  })

  it('lets the first of two entries of a name speak, and the second fill what it left empty', () => {
    expect(of({ Name: 'a', NewValue: 'x' }, { Name: 'A', NewValue: 'y', OldValue: 'z' })).toEqual({
      a: { newValue: 'x', oldValue: 'z' },
    })
  })
})

describe('added', () => {
  it('tells what was not there before', () => {
    expect(added({ oldValue: '["a"]', newValue: '[\r\n "a",\r\n "b"\r\n]' })).toEqual(['b'])
    expect(added({ newValue: 'b' })).toEqual(['b'])
    expect(added({ oldValue: '["a"]', newValue: '[]' })).toEqual([])
    expect(added(undefined)).toEqual([])
  })

  it('compares objects as JSON', () => {
    expect(entries('[{"a":1},"x",null]')).toEqual(['{"a":1}', 'x'])
    expect(added({ oldValue: '[{"a":1}]', newValue: '[{"a":1},{"a":2}]' })).toEqual(['{"a":2}'])
  })
})

describe('targets and actors', () => {
  it('describe a person', () => {
    const Target = [
      { ID: `User_${one}`, Type: 2 },
      { ID: one.toUpperCase(), Type: 2 },
      { ID: 'User', Type: 2 },
      { ID: 'Anna@Birchwood.example', Type: 5 },
      { ID: '1003200000000001', Type: 3 },
    ]
    expect(described(targets({ Target }))).toEqual({
      kind: 'user',
      objectId: one,
      upn: 'anna@birchwood.example',
    })
  })

  it('describe an application by name and both ids', () => {
    const Target = JSON.stringify([
      { ID: `ServicePrincipal_${one}`, Type: '2' },
      { ID: one, Type: 2 },
      { ID: 'ServicePrincipal', Type: 2 },
      { ID: 'Mail archive', Type: 1 },
      { ID: two, Type: 2 },
    ])
    const expected = { kind: 'serviceprincipal', objectId: one, appId: two, name: 'Mail archive' }
    expect(described(targets({ Target }))).toEqual(expected)
    expect(described(actors({ Actor: Target }))).toEqual(expected)
  })

  it('are empty for anything else', () => {
    expect(targets({ Target: [null, 'x', { Type: 2 }] })).toEqual([])
    expect(actors({})).toEqual([])
    expect(described([])).toEqual({})
  })
})

describe('additionalDetails', () => {
  it('reads JSON in a text, and nothing from anything else', () => {
    const ExtendedProperties = [{ Name: 'additionalDetails', Value: '{"User-Agent":"Mozilla/5.0"}' }]
    expect(additionalDetails({ ExtendedProperties })).toEqual({ 'User-Agent': 'Mozilla/5.0' })
    expect(additionalDetails({ ExtendedProperties: [{ Name: 'additionalDetails', Value: '[]' }] })).toEqual(
      {},
    )
    expect(additionalDetails({})).toEqual({})
  })
})
