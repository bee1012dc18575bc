import { expect, it } from 'vitest'
import { deadlineOf, runSignal } from './deadline.ts'
import { START } from './loopback.test-kit.ts'

it('is unknown on an ordinary signal', () => {
  expect(deadlineOf(new AbortController().signal)).toBe(Number.POSITIVE_INFINITY)
})

it('travels with the signal of a run', () => {
  expect(deadlineOf(runSignal(START + 5, START))).toBe(START + 5)
})

it('is the earlier one of a run within a run', () => {
  const outer = runSignal(START + 5_000, START)
  expect(deadlineOf(runSignal(START + 9_000, START, outer))).toBe(START + 5_000)
})

it('fires with its parent', () => {
  const parent = new AbortController()
  const signal = runSignal(START + 60_000, START, parent.signal)
  expect(signal.aborted).toBe(false)
  parent.abort()
  expect(signal.aborted).toBe(true)
})

it('fires by itself', async () => {
  const signal = runSignal(START + 1, START)
  await new Promise<void>(fired => {
    if (signal.aborted) fired()
    signal.addEventListener('abort', () => fired())
    // The timer of an abort signal does not keep a process alive.
    setTimeout(fired, 1000)
  })
  expect(signal.aborted).toBe(true)
})
