import { expect, it } from 'vitest'
import { ownAccessLost } from './own-access.ts'

it.each([
  ['consent-missing', 'AF10001', 'OwnPermissionRemoved', 'ActivityFeed.Read'],
  ['unauthorized', 'AADSTS700016', 'OwnPermissionRemoved', 'the application'],
  ['consent-missing', 'AADSTS7000229', 'OwnPermissionRemoved', 'the application'],
  ['unauthorized', 'AADSTS7000112', 'OwnPermissionRemoved', 'sign-in'],
  ['unauthorized', 'AADSTS7000215', 'OwnCredentialChanged', 'the secret'],
  ['unauthorized', 'AADSTS700027', 'OwnCredentialChanged', 'the certificate'],
] as const)('%s (%s) after it worked is %s of %s', (kind, code, operation, object) => {
  expect(ownAccessLost({ kind, code })).toEqual({ operation, object })
})

it.each([
  ['unauthorized', 'AADSTS7000222'], // the secret has expired
  ['unauthorized', 'unauthorized'],
  ['unavailable', 'unavailable'],
  ['throttled', 'AF429'],
] as const)('%s (%s) says nothing of anybody', (kind, code) => {
  expect(ownAccessLost({ kind, code })).toBeUndefined()
})
