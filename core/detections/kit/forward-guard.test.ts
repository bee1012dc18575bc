import { describe, expect, it } from 'vitest'
import { cmdlet } from '../../../test/support/record-cmdlets.ts'
import { guid, TENANT } from '../../../test/support/records.ts'
import { makeParser } from '../../feeds/normalise/parse.ts'
import { guardChange, withParents } from './forward-guard.ts'

function change(operation: string, parameters: Record<string, string>) {
  const { record, rejected } = makeParser(TENANT)(cmdlet(operation, parameters))
  if (record === undefined) throw new Error(rejected)
  return guardChange(record)
}

describe('a guard against forwarding', () => {
  it.each([
    ['harvest.example', ['harvest.example']],
    ['*.Harvest.Example', ['harvest.example']],
    ['harvest.example;*.harvest.example', ['harvest.example']],
    ['@{Add="a.example","b.example"}', ['a.example', 'b.example']],
    ['bücher.example', ['xn--bcher-kva.example']],
    ['*', []],
    ['not a domain', []],
  ])('for %s is about %j', (RecipientDomains, domains) => {
    expect(change('New-OutboundConnector', { Name: 'Relay', RecipientDomains })?.domains).toEqual(domains)
  })

  it.each([
    ['Set-OutboundConnector', { Identity: 'birchwood\\Relay', Enabled: '1' }, 'Relay'],
    ['Set-RemoteDomain', { Identity: 'Default', AutoForwardEnabled: '$true' }, 'Default'],
    ['New-RemoteDomain', { Name: 'Partner', DomainName: 'partner.example' }, 'Partner'],
  ])('by %s with %j is called %s', (operation, parameters, object) => {
    expect(change(operation, parameters)?.object).toBe(object)
  })

  it.each([
    ['Set-HostedOutboundSpamFilterPolicy', { Identity: 'Default', AutoForwardingMode: 'On' }, [], true],
    ['Set-RemoteDomain', { Identity: 'Default', AutoForwardEnabled: 'True' }, [], true],
    ['Set-RemoteDomain', { Identity: 'a.example', AutoForwardEnabled: 'True' }, ['a.example'], false],
    ['New-OutboundConnector', { Name: 'Relay', RecipientDomains: '*' }, [], true],
    ['New-OutboundConnector', { Name: 'Relay', RecipientDomains: 'a.example' }, ['a.example'], false],
    ['New-RemoteDomain', { Name: 'All', DomainName: '*' }, [], false],
    ['Set-AcceptedDomain', { Identity: 'a.example', DomainType: 'InternalRelay' }, ['a.example'], false],
    ['Set-AcceptedDomain', { Identity: guid('domain'), DomainType: 'InternalRelay' }, [], false],
  ])('by %s with %j is opened to %j, to all: %j', (operation, parameters, domains, toAll) => {
    expect(change(operation, parameters)).toMatchObject({ domains, toAll })
  })

  it.each([
    ['Set-HostedOutboundSpamFilterPolicy', { AutoForwardingMode: 'Off' }],
    ['Set-HostedOutboundSpamFilterPolicy', { BccSuspiciousOutboundMail: 'True' }],
    ['Set-RemoteDomain', { AutoForwardEnabled: '' }],
    ['Set-AcceptedDomain', { MatchSubDomains: 'True' }],
  ])('by %s with %j stays as it is', (operation, parameters) => {
    expect(change(operation, parameters)).toBeUndefined()
  })

  it.each([
    ['harvest.example', ['harvest.example']],
    ['a.b.harvest.example', ['a.b.harvest.example', 'b.harvest.example', 'harvest.example']],
    ['localhost', ['localhost']],
  ])('for all below a domain takes in %s by way of %j', (domain, parents) => {
    expect(withParents(domain)).toEqual(parents)
  })
})
