import { expect, it } from 'vitest'
import { endpointProblem } from '../../net/origin.ts'
import { CLOUDS } from './clouds.ts'

it.each([
  ['worldwide', 'https://manage.office.com', 'https://login.microsoftonline.com'],
  ['gcc', 'https://manage-gcc.office.com', 'https://login.microsoftonline.com'],
  ['gcc-high', 'https://manage.office365.us', 'https://login.microsoftonline.us'],
  ['dod', 'https://manage.protection.apps.mil', 'https://login.microsoftonline.us'],
] as const)('%s is served by %s', (name, origin, authority) => {
  expect(CLOUDS[name]).toEqual({ origin, scope: `${origin}/.default`, authority })
  expect(endpointProblem(origin)).toBeUndefined()
})
