import { expect, it } from 'vitest'
import { type Observation, observationBody } from './observation.ts'
import { isGuid } from './values.ts'

const seen: Observation = {
  operation: 'DomainFound',
  at: 1_790_000_000,
  identity: ['birchwood.example', '1'],
}

it('an observation of which nothing else is known is a record of ours without further fields', () => {
  expect(observationBody('t', seen)).toStrictEqual({
    Id: expect.any(String),
    CreationTime: '2026-09-21T14:13:20',
    Operation: 'DomainFound',
    OrganizationId: 't',
    UserId: 'waxseal',
    Workload: 'Waxseal',
  })
})

it('an observation has in the fields of a record what is known of it', () => {
  const parameters = [{ Name: 'ForwardTo', Value: 'a@b.example' }]
  const more = { actor: 'ada', mailbox: 'box', address: '192.0.2.7', object: 'rule', parameters }
  expect(observationBody('t', { ...seen, ...more, observed: { days: 3 } })).toMatchObject({
    UserId: 'ada',
    MailboxOwnerUPN: 'box',
    ClientIP: '192.0.2.7',
    ObjectId: 'rule',
    Parameters: parameters,
    Observed: { days: 3 },
  })
})

it('the id of an observation rests on tenant, operation and identity alone, and never changes', () => {
  const { Id } = observationBody('t', seen)
  expect(Id).toBe('86a7f2fb-66be-cfc3-5f0b-e34e52fd0260')
  expect(isGuid(String(Id))).toBe(true)
  expect(observationBody('t', { ...seen, at: 0, actor: 'ada', object: 'rule' }).Id).toBe(Id)
  const others = [
    observationBody('u', seen),
    observationBody('t', { ...seen, operation: 'FeedSilent' }),
    observationBody('t', { ...seen, identity: ['birchwood.example1'] }),
  ]
  expect(new Set([Id, ...others.map(other => other.Id)]).size).toBe(4)
})
