import { describe, expect, it } from 'vitest'
import { isLoopback } from './loopback.ts'

describe('loopback', () => {
  it.each([
    ['http://localhost:7071', true],
    ['http://127.0.0.1', true],
    ['http://127.1:80', true],
    ['http://[::1]:8080', true],
    ['http://127.0.0.1.evil.example', false],
    ['http://localhost.evil.example', false],
    ['http://192.0.2.1', false],
  ])('%s: %s', (address, loopback) => {
    expect(isLoopback(new URL(address).hostname)).toBe(loopback)
  })

  it('is all of 127/8 and no name that ends like it', () => {
    expect(['127.10.200.1', '127.255.255.254'].every(isLoopback)).toBe(true)
    expect(['my-127.0.0.1', '127.0.0.1.', '127.0.1'].some(isLoopback)).toBe(false)
  })
})
