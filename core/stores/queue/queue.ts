import { type DequeuedMessageItem, QueueClient } from '@azure/storage-queue'
import type { Queue, QueueMessage } from '../port.ts'
import { ATTEMPT_MS, insecureAllowed, type StorageConnection } from '../tables/connection.ts'
import { failureOf, toStoreError } from '../tables/errors.ts'
import { clampSeconds, decodeMessage, encodeMessage, takenByAnother } from './text.ts'

/** Most messages the service hands out at once. */
const PER_RECEIVE = 32

const QUEUE_NAME = /^(?=.{3,63}$)[a-z0-9]+(?:-[a-z0-9]+)*$/

/**
 * A queue on Azure Queue Storage or Azurite, created by the first message. Messages never expire (the service's default is
 * seven days, after which a blob pointer would be gone without a trace).
 *
 * `done` and `release` throw StoreError `conflict` when another receiver has taken the message meanwhile; on a message
 * that is gone already they do nothing.
 */
export function makeQueue<T>(connection: StorageConnection, name: string): Queue<T> {
  const where = `Queue ${name}`
  if (!QUEUE_NAME.test(name)) {
    throw new RangeError(`"${name}" is no queue name: 3 to 63 small letters, digits and single dashes.`)
  }
  const client = open(connection, name)

  async function asking<R>(doing: string, request: (abortSignal: AbortSignal) => Promise<R>): Promise<R> {
    try {
      return await request(AbortSignal.timeout(2 * ATTEMPT_MS))
    } catch (error) {
      throw toStoreError(error, where, doing, 'Storage Queue Data Contributor')
    }
  }

  function messageOf(item: DequeuedMessageItem): QueueMessage<T> {
    // Each release gives the message a new receipt, and only the latest is good.
    let receipt = item.popReceipt
    const holding = (doing: string, request: (abortSignal: AbortSignal) => Promise<void>) =>
      asking(doing, async abortSignal => {
        try {
          await request(abortSignal)
        } catch (error) {
          const failure = failureOf(error)
          if (failure?.code === 'PopReceiptMismatch') throw takenByAnother(where)
          if (failure?.status !== 404) throw error
        }
      })

    return {
      body: decodeMessage<T>(item.messageText),
      attempt: item.dequeueCount,
      done: () =>
        holding('deleting', async abortSignal => {
          await client.deleteMessage(item.messageId, receipt, { abortSignal })
        }),
      release: delaySeconds =>
        holding('releasing', async abortSignal => {
          const seconds = clampSeconds(delaySeconds, 0)
          const { messageId, messageText } = item
          const answer = await client.updateMessage(messageId, receipt, messageText, seconds, { abortSignal })
          receipt = answer.popReceipt ?? receipt
        }),
    }
  }

  return {
    create: () =>
      asking('creating', async abortSignal => {
        await client.createIfNotExists({ abortSignal })
      }),

    async send(message) {
      const text = encodeMessage(where, message)
      await asking('sending', async abortSignal => {
        const send = () => client.sendMessage(text, { abortSignal, messageTimeToLive: -1 })
        try {
          await send()
        } catch (error) {
          if (failureOf(error)?.code !== 'QueueNotFound') throw error
          await client.createIfNotExists({ abortSignal })
          await send()
        }
      })
    },

    async receive(count, hideSeconds) {
      const messages: QueueMessage<T>[] = []
      const visibilityTimeout = clampSeconds(hideSeconds, 1)
      while (messages.length < count) {
        const numberOfMessages = Math.min(PER_RECEIVE, count - messages.length)
        const items = await asking('receiving', abortSignal =>
          client
            .receiveMessages({ numberOfMessages, visibilityTimeout, abortSignal })
            .then(answer => answer.receivedMessageItems, nothingIfMissing),
        )
        messages.push(...(items ?? []).map(messageOf))
        if (items === undefined || items.length < numberOfMessages) break
      }
      return messages
    },

    async size() {
      const properties = await asking('reading the size', abortSignal =>
        client.getProperties({ abortSignal }).catch(nothingIfMissing),
      )
      return properties?.approximateMessagesCount ?? 0
    },
  }
}

function nothingIfMissing(error: unknown): undefined {
  if (failureOf(error)?.status !== 404) throw error
}

function open(connection: StorageConnection, name: string): QueueClient {
  // This SDK speaks plain http to anybody, so the check is ours to make.
  insecureAllowed(connection, 'Queue')
  const options = { retryOptions: { maxTries: 4, retryDelayInMs: 250, maxRetryDelayInMs: 4_000 } }
  if ('connectionString' in connection) return new QueueClient(connection.connectionString, name, options)
  const base = connection.endpoint.replace(/\/+$/, '')
  return new QueueClient(`${base}/${name}`, connection.credential, options)
}
