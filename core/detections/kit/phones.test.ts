import { expect, it } from 'vitest'
import { OUTLOOK, OUTLOOK_IOS, OWA } from '../../../test/support/record-clients.ts'
import { normaliseAddress } from '../../feeds/normalise/address.ts'
import { readClient } from '../../feeds/normalise/client.ts'
import { isPhone, providerOf } from './phones.ts'

const clientOf = (info: string) => ({ client: readClient(info) })

it('tells phones by their protocol', () => {
  expect(isPhone(clientOf(OUTLOOK_IOS.ClientInfoString ?? ''))).toBe(true)
  expect(isPhone(clientOf('Client=ActiveSync;Action=/Microsoft-Server-ActiveSync'))).toBe(true)
  for (const { ClientInfoString } of [OUTLOOK, OWA])
    expect(isPhone(clientOf(ClientInfoString ?? ''))).toBe(false)
  expect(isPhone({ client: undefined })).toBe(false)
})

it('takes what is alike up to the /16 or /32 for one provider', () => {
  const provider = (text: string) => {
    const address = normaliseAddress(text)
    return address && providerOf(address)
  }
  expect(provider('198.51.100.7')).toBe('198.51.0.0/16')
  expect(provider('198.51.7.1')).toBe('198.51.0.0/16')
  expect(provider('2001:db8:c02:77::1')).toBe('2001:db8::/32')
  expect(provider('2001:db8::9')).toBe('2001:db8::/32')
})
