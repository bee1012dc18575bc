import { describe, expect, test } from 'vitest'
import { StoreError } from '../../core/model/errors.ts'
import type { Queue } from '../../core/stores/port.ts'

export interface QueueContract {
  /** A queue that has never been used. */
  make(): Queue
  /** Lets that many seconds go by for the queue. */
  wait(seconds: number): Promise<void>
}

/** What every implementation of the port's `Queue` does. */
export function queueContract({ make, wait }: QueueContract): void {
  describe('messages', () => {
    test('of a queue nobody has sent to are none', async () => {
      const queue = make()
      expect(await queue.receive(5, 30)).toEqual([])
      expect(await queue.size()).toBe(0)
    })

    test('go into a queue that was made before, or twice', async () => {
      const queue = make()
      await queue.create()
      await queue.create()
      expect(await queue.size()).toBe(0)
      await queue.send('made')
      expect((await queue.receive(1, 30)).map(({ body }) => body)).toEqual(['made'])
    })

    test('arrive as sent, for the first time', async () => {
      const queue = make()
      const body = { blob: '20261120$0902', list: [1, null, 'é\0<&>\ud800'], nested: { a: '\u2028' } }
      await queue.send(body)
      const [message, ...others] = await queue.receive(5, 30)
      expect(others).toEqual([])
      expect(message?.body).toEqual(body)
      expect(message?.attempt).toBe(1)
    })

    test('are all delivered, none twice, to receivers that ask at the same time', async () => {
      const queue = make()
      await Promise.all(Array.from({ length: 30 }, (_, i) => queue.send(i)))
      expect(await queue.size()).toBe(30)
      const received = await Promise.all(Array.from({ length: 6 }, () => queue.receive(5, 30)))
      const bodies = received.flat().map(({ body }) => Number(body))
      expect(bodies.sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, i) => i))
      expect(await queue.receive(5, 30)).toEqual([])
    })

    test('are handed out by more than the service gives at once', async () => {
      const queue = make()
      await Promise.all(Array.from({ length: 40 }, (_, i) => queue.send(i)))
      expect(await queue.receive(36, 30)).toHaveLength(36)
      expect(await queue.receive(36, 30)).toHaveLength(4)
      expect(await queue.receive(0, 30)).toEqual([])
    })

    test('are counted while hidden, and gone when done', async () => {
      const queue = make()
      await queue.send('a')
      await queue.send('b')
      const [first] = await queue.receive(1, 30)
      expect(await queue.size()).toBe(2)
      await first?.done()
      await first?.done()
      expect(await queue.size()).toBe(1)
      expect((await queue.receive(5, 30)).map(({ body }) => body)).not.toContain(first?.body)
    })

    test('come back when their receiver stays silent, and then belong to the next', async () => {
      const queue = make()
      await queue.send('a')
      const [first] = await queue.receive(1, 1)
      expect(await queue.receive(1, 1)).toEqual([])
      await wait(1.2)
      const [second] = await queue.receive(1, 30)
      expect(second?.attempt).toBe(2)
      await expect(first?.done()).rejects.toThrow(failing('conflict', 'taken by another receiver'))
      await expect(first?.release(0)).rejects.toThrow(failing('conflict', 'taken by another receiver'))
      await second?.done()
      expect(await queue.size()).toBe(0)
      await second?.release(0)
      await first?.done()
    })

    test('show again after the delay they were released with', async () => {
      const queue = make()
      await queue.send({ a: 1 })
      const [first] = await queue.receive(1, 30)
      await first?.release(1)
      expect(await queue.receive(1, 30)).toEqual([])
      await wait(1.2)
      const [second] = await queue.receive(1, 30)
      expect(second?.attempt).toBe(2)
      await second?.release(0)
      const [third] = await queue.receive(1, 30)
      expect([third?.attempt, third?.body]).toEqual([3, { a: 1 }])
    })

    test('may be released, released again, and done by the same receiver', async () => {
      const queue = make()
      await queue.send('a')
      const [message] = await queue.receive(1, 30)
      await message?.release(60)
      await message?.release(30)
      await message?.done()
      expect(await queue.size()).toBe(0)
    })

    test('of 48 KiB are taken, larger ones refused before they are sent', async () => {
      const queue = make()
      const largest = 'x'.repeat(48 * 1024 - 2)
      await queue.send(largest)
      await expect(queue.send(`${largest}x`)).rejects.toThrow(
        failing('too-large', 'a message takes 49153 bytes, the limit is 49152'),
      )
      const messages = await queue.receive(5, 30)
      expect(messages.map(({ body }) => body === largest)).toEqual([true])
    })
  })
}

function failing(code: StoreError['code'], part: string) {
  return expect.toSatisfy(
    (error: unknown) => error instanceof StoreError && error.code === code && error.message.includes(part),
  )
}
