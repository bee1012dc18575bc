import { describe, expect, it } from 'vitest'
import { domainChange } from './domain-changes.ts'

const change = (operation: string, properties: Readonly<Record<string, readonly [unknown, unknown]>> = {}) =>
  domainChange({
    operation,
    body: {
      ObjectId: 'Harvest.Example',
      ModifiedProperties: Object.entries(properties).map(([Name, [OldValue, NewValue]]) => ({
        Name,
        OldValue,
        NewValue,
      })),
    },
  })

describe('a change of a domain', () => {
  it.each([
    ['Set federation settings on domain', {}, true],
    ['Update domain', { LiveType: ['["Managed"]', '["Federated"]'] }, true],
    ['Set domain authentication', { AuthenticationType: ['"Managed"', '"Federated"'] }, true],
    ['Add verified domain', { LiveType: ['["None"]', '["Federated"]'] }, true],
    ['Add unverified domain', { LiveType: ['["None"]', '["Managed"]'] }, false],
    ['Verify domain', {}, false],
    ['Set domain authentication', {}, false],
    ['Set domain authentication', { LiveType: ['["Federated"]', '["Managed"]'] }, false],
  ] as const)('by %s with %j hands over sign-in: %j', (operation, properties, federation) => {
    expect(change(operation, properties)).toMatchObject({ domain: 'harvest.example', federation })
  })

  it.each([
    ['Update domain', {}],
    ['Update domain', { LiveType: ['["Federated"]', '["Managed"]'] }],
    ['Set domain authentication', { Other: ['a', 'b'] }],
    ['Set domain authentication', { LiveType: ['["Managed"]', '["Managed"]'] }],
  ] as const)('by %s with %j is none of ours', (operation, properties) => {
    expect(change(operation, properties)).toBeUndefined()
  })

  it.each([
    [{ Name: ['[""]', '["Bücher.example"]'] }, 'xn--bcher-kva.example'],
    [{ Name: ['', '["not a domain"]'] }, 'not a domain'],
  ] as const)('names it by %j: %s', (properties, domain) => {
    expect(change('Verify domain', properties)?.domain).toBe(domain)
  })

  it('of nothing is of a domain without a name', () => {
    expect(domainChange({ operation: 'Verify domain', body: {} })?.domain).toBe('without a name')
  })
})
