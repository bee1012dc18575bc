import { expect, it } from 'vitest'
import { ownAccessLost } from './own-access.ts'

it.each([
  ['consent-missing', 'AF10001', 'OwnPermissionRemoved'],
  ['consent-missing', 'AADSTS7000229', 'OwnPermissionRemoved'],
  ['unauthorized', 'AADSTS7000215', 'OwnCredentialChanged'],
  ['unauthorized', 'AADSTS700027', 'OwnCredentialChanged'],
] as const)('%s (%s) after it worked is %s', (kind, code, operation) => {
  expect(ownAccessLost({ kind, code })).toMatchObject({ operation })
})

it.each([
  ['unauthorized', 'AADSTS7000222'], // the secret has expired
  ['unauthorized', 'unauthorized'],
  ['unavailable', 'unavailable'],
  ['throttled', 'AF429'],
] as const)('%s (%s) says nothing of anybody', (kind, code) => {
  expect(ownAccessLost({ kind, code })).toBeUndefined()
})
