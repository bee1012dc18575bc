import { createServer } from 'node:http'
import { QueueClient } from '@azure/storage-queue'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { uniqueName } from '../../../test/support/names.ts'
import { ConfigError, StoreError } from '../../model/errors.ts'
import { makeQueue } from './queue.ts'
import { clampSeconds, decodeMessage, encodeMessage } from './text.ts'

const connectionString = inject('storage')

describe.runIf(connectionString)('on the wire', () => {
  test('a message is base64 of JSON, as the queue trigger expects, and does not expire', async () => {
    const name = uniqueName('q')
    await makeQueue({ connectionString }, name).send({ blob: 'b-1' })
    const { peekedMessageItems } = await new QueueClient(connectionString, name).peekMessages()
    expect(peekedMessageItems[0]?.messageText).toBe('eyJibG9iIjoiYi0xIn0=')
    expect(peekedMessageItems[0]?.expiresOn.getUTCFullYear()).toBe(9999)
  })

  test('messages of others come as their JSON or as text, and stop nobody', async () => {
    const name = uniqueName('q')
    const client = new QueueClient(connectionString, name)
    await client.create()
    await client.sendMessage('{"a":1}')
    await client.sendMessage('plain words')
    await makeQueue({ connectionString }, name).send('ours')
    const messages = await makeQueue({ connectionString }, name).receive(5, 30)
    expect(new Set(messages.map(({ body }) => body))).toEqual(new Set([{ a: 1 }, 'plain words', 'ours']))
  })
})

describe('errors of the service', () => {
  async function queueThatSays(status: number, code: string) {
    const server = createServer((_request, response) => {
      response.writeHead(status, { 'content-type': 'application/xml', 'x-ms-error-code': code })
      response.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>secret</Message></Error>`)
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => {
      server.closeAllConnections()
      server.close()
    })
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : 0
    return makeQueue(
      {
        connectionString: `DefaultEndpointsProtocol=http;AccountName=dev;AccountKey=c2VjcmV0;QueueEndpoint=http://127.0.0.1:${port}/dev`,
      },
      'work',
    )
  }

  test.each([
    [403, 'AuthorizationFailure', 'denied', 'the role "Storage Queue Data Contributor"'],
    [503, 'ServerBusy', 'unavailable', 'Storage could not be reached or was busy.'],
    [409, 'QueueBeingDeleted', 'unavailable', 'in about a minute'],
    [413, 'RequestBodyTooLarge', 'too-large', "over the service's limit"],
  ] as const)('%d %s are StoreError %s', async (status, code, word, advice) => {
    const error = await (await queueThatSays(status, code))
      .send({ a: 'private' })
      .catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(StoreError)
    expect(error).toHaveProperty('code', word)
    expect(error).toHaveProperty(
      'message',
      expect.stringContaining(`Queue work: sending failed (${status} ${code}`),
    )
    expect(error).toHaveProperty('message', expect.stringContaining(advice))
    expect(String(error)).not.toMatch(/secret|private/)
  })
})

describe('a queue', () => {
  test.each(['', 'ab', 'Work', 'a--b', '-ab', 'ab-', 'a_b', 'x'.repeat(64)])('is not named %j', name => {
    expect(() => makeQueue({ connectionString: 'UseDevelopmentStorage=true' }, name)).toThrow(RangeError)
  })

  test('is not reached over plain http on another machine', () => {
    const credential = { getToken: async () => null }
    expect(() => makeQueue({ endpoint: 'http://dev.queue.core.windows.net', credential }, 'work')).toThrow(
      ConfigError,
    )
  })
})

test.each([null, 0, '', 'é\0', [], { a: { b: [1] } }])('%j survives as a message', body => {
  expect(decodeMessage(encodeMessage('Queue work', body))).toEqual(body)
})

test.each([
  [0, 1, 1],
  [-5, 0, 0],
  [1.2, 1, 2],
  [1e9, 0, 604_800],
] as const)('%d seconds, at least %d, are %d to the service', (seconds, least, clamped) => {
  expect(clampSeconds(seconds, least)).toBe(clamped)
})
