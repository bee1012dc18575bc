import { expect, it } from 'vitest'
import type { MailApplication } from '../model/tenant-context.ts'
import { withNames } from './names.ts'

const ID = 'e0a61979-b789-482b-a488-f8bdba562633'
const ANNA = '367b5ded-a662-465f-8418-bff8a78ccd31'
const OBJECT = '0b9e6f4c-51d2-4c8e-9a37-2f4d81c6ae10'
const known = (more: Partial<MailApplication> = {}) => {
  const crm: MailApplication = {
    appId: ID,
    objectId: OBJECT,
    name: 'CRM Connect',
    publisher: 'unverified',
    rights: [],
    ...more,
  }
  return {
    application: (id: string) => (id === ID || id === OBJECT ? crm : undefined),
    person: (id: string) => (id === ANNA ? 'anna@birchwood.example' : undefined),
  }
}

it('an application that is known is named, by its id or its principal’s, with what is known of its publisher', () => {
  const named = `the application "CRM Connect" (${ID}, publisher not verified) read`
  expect(withNames(`the application ${ID} read`, known())).toBe(named)
  expect(withNames(`the application serviceprincipal_${OBJECT} read`, known())).toBe(named)
  expect(withNames(`the application ${ID}, with`, known({ publisher: 'own' }))).toBe(
    `the application "CRM Connect" (${ID}, registered in your own tenant), with`,
  )
  expect(withNames(`the application ${ID}`, known({ publisher: 'microsoft' }))).toMatch(/, of Microsoft\)$/)
})

it.each([
  ['another application', 'the application 11111111-b789-482b-a488-f8bdba562633 read'],
  ['an id that is no application’s', `the mailbox ${ID}`],
  ['an id that goes on', `the application ${ID}-more`],
])('%s stays as it is', (_, text) => {
  expect(withNames(text, known())).toBe(text)
})

it('a name cannot end its quotes, and is short', () => {
  const name = `Exchange" (${ID}, of Microsoft) ” ${'x'.repeat(500)}`
  const text = withNames(`the application ${ID}.`, known({ name }))
  expect(text.split('"')).toHaveLength(3)
  expect(text).toMatch(/^the application "Exchange' \([^"]+" \([0-9a-f-]+, publisher not verified\)\.$/)
  expect(text.length).toBeLessThan(160)
})

it('people are named wherever they are told of by object id', () => {
  expect(withNames(`in the name of 2 users: ${ANNA}, ${ID}, of the mailbox ${ANNA}`, known())).toBe(
    `in the name of 2 users: anna@birchwood.example, ${ID}, of the mailbox anna@birchwood.example`,
  )
  expect(withNames(`user with the object id ${ANNA}, the owner’s own account`, known())).toBe(
    'user anna@birchwood.example, the owner’s own account',
  )
  expect(withNames(`x${ANNA} ${ANNA}-more with the object id ${ID}`, known())).toBe(
    `x${ANNA} ${ANNA}-more with the object id ${ID}`,
  )
})
