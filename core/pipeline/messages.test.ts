import { expect, it } from 'vitest'
import { decodeMessage, encodeMessage } from '../stores/queue/text.ts'
import { messagesOf, readMessage } from './messages.ts'

const blob = (n: number) => ({
  feed: 'Audit.Exchange',
  id: `id$${n}`,
  uri: `https://feed.example/${n}`,
  created: '2026-11-20T00:00:00.000Z',
  expires: undefined,
})

it('a message holds a few blobs, in order, and none is left out', () => {
  const blobs = Array.from({ length: 134 }, (_, n) => blob(n))
  const messages = messagesOf('Audit.Exchange', blobs)
  expect(messages.map(message => message.blobs.length)).toEqual([64, 64, 6])
  expect(messages.flatMap(message => message.blobs)).toEqual(blobs)
  expect(messagesOf('Audit.Exchange', [])).toEqual([])
})

it('a message of blobs with long addresses still fits into the queue', () => {
  const blobs = Array.from({ length: 64 }, (_, n) => ({
    ...blob(n),
    uri: `https://feed.example/${'é'.repeat(2_000)}`,
  }))
  const messages = messagesOf('Audit.Exchange', blobs)
  for (const message of messages) encodeMessage('Queue ingest', message)
  expect(messages.flatMap(message => message.blobs)).toEqual(blobs)
})

it('a message comes back from the queue as it was sent', () => {
  const [message] = messagesOf('Audit.Exchange', [blob(1)])
  expect(readMessage(decodeMessage(encodeMessage('Queue ingest', message)))).toEqual({
    feed: 'Audit.Exchange',
    blobs: [{ feed: 'Audit.Exchange', id: 'id$1', uri: 'https://feed.example/1', created: blob(1).created }],
  })
})

it.each([
  ['text', 'hello'],
  ['nothing', null],
  ['no blobs', { feed: 'Audit.Exchange' }],
  ['blobs that are none', { feed: 'Audit.Exchange', blobs: [{ id: 'x' }] }],
  ['a feed without a name', { feed: 1, blobs: [] }],
])('%s in a queue is refused', (_, entry) => {
  expect(() => readMessage(entry)).toThrow('a message that no poller sent')
})
