import { describe, expect, test } from 'vitest'
import { deploy } from './arm/deploy.ts'
import { evaluator, type Template } from './arm/evaluate.ts'
import { isExpression, parse } from './arm/parse.ts'

const EMPTY: Template = { parameters: {}, variables: {}, resources: [], outputs: {} }
const nothing = () => {
  throw new ReferenceError('nothing is deployed')
}
const run = (text: string, variables: Readonly<Record<string, unknown>> = {}) =>
  evaluator({ ...EMPTY, variables }, {}, nothing).value(text)

describe('an expression', () => {
  test.for<[text: string, value: unknown]>([
    ['plain', 'plain'],
    ['[[literal]', '[literal]'],
    ['[]unclosed', '[]unclosed'],
    ["[concat('it''s', ' ', 'one')]", "it's one"],
    ["[variables('a').b[1]]", 'second'],
    ["[ variables( 'a' )['b'][0] ]", 'first'],
    ['[json(\'{"n": 0.15}\').n]', 0.15],
    ["[if(empty(''), 'yes', reference('gone', '1'))]", 'yes'],
    ["[or(not(empty('')), not(empty('x')))]", true],
    [
      "[resourceId('Microsoft.Web/sites/config', 'app', 'appsettings')]",
      expect.stringMatching(
        /\/resourceGroups\/waxseal\/providers\/Microsoft\.Web\/sites\/app\/config\/appsettings$/,
      ),
    ],
    ["[guid('a', 'b')]", expect.stringMatching(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)],
    ["[uniqueString('a')]", expect.stringMatching(/^[0-9a-z]{13}$/)],
  ])('%s is %s', ([text, value]) => {
    expect(run(text, { a: { b: ['first', 'second'] } })).toEqual(value)
  })

  test.for<[text: string, why: string]>([
    ["[concat('a']", '")" is missing'],
    ["[concat('a') 'b']", '"]" is missing'],
    ["[concat('a',)]", 'stands where a name should'],
    ["[concat('a')]]", 'comes too late'],
    ['[concat("a")]', 'nothing begins like this'],
    ['[concat]', '"(" is missing'],
    ["[concat('a', 'b]", 'nothing begins like this'],
  ])('%s is not one: %s', ([text, why]) => {
    expect(isExpression(text)).toBe(true)
    expect(() => parse(text)).toThrow(why)
  })

  test.for<[text: string, why: string]>([
    ["[variables('gone')]", 'variable gone is not declared'],
    ["[parameters('gone')]", 'parameter gone is not declared'],
    ["[variables('a').c]", 'there is no c in'],
    ["[konkat('a')]", 'there is no function konkat'],
    ["[concat('a', 1)]", '1 is not a string'],
    ["[not('true')]", 'is not a boolean'],
    ["[resourceId('Microsoft.Web/sites', 'a', 'b')]", 'takes 1 names, not 2'],
    ["[variables('circle')]", 'needs itself'],
  ])('%s cannot be evaluated: %s', ([text, why]) => {
    expect(() => run(text, { a: { b: 1 }, circle: "[concat(variables('circle'), 'x')]" })).toThrow(why)
  })
})

describe('a deployment', () => {
  const IDENTITY = {
    type: 'Microsoft.ManagedIdentity/userAssignedIdentities',
    apiVersion: '2024-11-30',
    name: 'id',
    properties: {},
  }
  const ID = "resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'id')"
  const site = (more: object) => ({
    type: 'Microsoft.Web/sites',
    apiVersion: '2024-11-01',
    name: 'app',
    ...more,
  })
  const USES = { properties: { principal: `[reference(${ID}, '2024-11-30').principalId]` } }
  const of = (...resources: object[]) => ({ ...EMPTY, resources }) as Template

  test('waits, evaluates and leaves out what its condition rules out', () => {
    const { resources } = deploy(
      of(IDENTITY, site({ ...USES, dependsOn: [`[${ID}]`] }), {
        ...site({}),
        name: 'other',
        condition: false,
      }),
      {},
    )
    expect(resources).toMatchObject([
      { name: 'id' },
      { name: 'app', properties: { principal: expect.stringMatching(/-/) } },
    ])
  })

  test.for<[what: string, template: Template, why: string]>([
    ['a resource that is not waited for', of(IDENTITY, site(USES)), 'does not wait for'],
    ['one that is not there', of(site(USES)), 'is not deployed'],
    [
      'one that its condition rules out',
      of({ ...IDENTITY, condition: false }, site(USES)),
      'is not deployed',
    ],
    [
      'another version of it',
      of({ ...IDENTITY, apiVersion: '2023-01-31' }, site(USES)),
      'is not of version 2024-11-30',
    ],
    ['a dependency that leads nowhere', of(site({ dependsOn: [`[${ID}]`] })), 'is in the template 0 times'],
    ['a name used twice', of(IDENTITY, IDENTITY), 'is in the template 2 times'],
    ['a circle', of(site({ dependsOn: ["[resourceId('Microsoft.Web/sites', 'app')]"] })), 'in a circle'],
    [
      'a child without its parent',
      of(site({}), { ...site({}), type: 'Microsoft.Web/sites/config', name: 'app/appsettings' }),
      'does not wait for',
    ],
  ])('is refused for %s', ([_, template, why]) => {
    expect(() => deploy(template, {})).toThrow(why)
  })

  test.for<[parameter: object, given: unknown]>([
    [{ type: 'string', allowedValues: ['24', '22'] }, '20'],
    [{ type: 'string', minLength: 5 }, 'abc'],
    [{ type: 'string', maxLength: 2 }, 'abc'],
    [{ type: 'int', minValue: 30 }, 29],
    [{ type: 'int' }, '30'],
    [{ type: 'string', allowedValues: ['a'], defaultValue: 'b' }, undefined],
  ])('is refused for a parameter %j of %j', ([parameter, given]) => {
    const template = { ...EMPTY, parameters: { p: parameter } } as Template
    expect(() => deploy(template, given === undefined ? {} : { p: given })).toThrow('parameter p may not be')
  })

  test('is refused for a parameter nobody declared or gave', () => {
    expect(() => deploy(EMPTY, { p: 1 })).toThrow('parameter p is not declared')
    expect(() => deploy({ ...EMPTY, parameters: { p: { type: 'string' } } }, {})).toThrow(
      'parameter p has no value',
    )
  })
})
