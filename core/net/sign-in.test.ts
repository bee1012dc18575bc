import { expect, it } from 'vitest'
import { signInError } from './sign-in.ts'

it.each([
  ['AADSTS7000215: Invalid client secret provided.', 'unauthorized', 'not its id'],
  ['AADSTS7000222: The provided client secret keys are expired.', 'unauthorized', 'has expired'],
  [
    'AADSTS700016: Application was not found in the directory.',
    'consent-missing',
    'not known in this tenant',
  ],
  ['AADSTS7000229: The client application is missing service principal.', 'consent-missing', 'not installed'],
  ['AADSTS90002: Tenant not found.', 'wrong-tenant', 'AZURE_TENANT_ID'],
  [
    'AADSTS900382: Confidential Client is not supported in Cross Cloud request.',
    'wrong-tenant',
    'M365_CLOUD',
  ],
  ['AADSTS700024: Client assertion is not within its valid time range.', 'unauthorized', 'clock'],
  ['AADSTS999999: Something\r\nnew.', 'unauthorized', 'AADSTS999999: Something new.'],
  ['EnvironmentCredential is unavailable.', 'unauthorized', 'EnvironmentCredential is unavailable.'],
  ['getaddrinfo ENOTFOUND login.microsoftonline.com', 'unavailable', 'could not be reached'],
  ['request timed out', 'unavailable', 'could not be reached'],
])('%s is %s', (message, code, words) => {
  const error = signInError(new Error(message))
  expect(error).toMatchObject({ code, message: expect.stringContaining(words) })
  expect(error.message).not.toMatch(/[\r\n]/)
})

it('keeps the number as the code of the server', () => {
  expect(signInError(new Error('AADSTS90002: x')).serverCode).toBe('AADSTS90002')
})

it('sees a timeout of ours as the service not answering', () => {
  expect(
    signInError(new DOMException('The operation was aborted due to timeout', 'TimeoutError')),
  ).toMatchObject({
    code: 'unavailable',
  })
})
