import type { Seconds } from '../../model/time.ts'
import type { Queue, QueueMessage } from '../port.ts'
import { clampSeconds, decodeMessage, encodeMessage, takenByAnother } from './text.ts'

interface Waiting {
  readonly text: string
  attempt: number
  visibleAt: Seconds
}

/** The memory twin of `makeQueue`. `now` gives seconds; messages are hidden and shown by it alone. */
export function makeMemoryQueue<T>(now: () => Seconds): Queue<T> {
  const where = 'Queue in memory'
  const waiting = new Set<Waiting>()

  function take(message: Waiting, hideSeconds: number): QueueMessage<T> {
    message.attempt += 1
    message.visibleAt = now() + hideSeconds
    const attempt = message.attempt
    /** Runs `change` while the message is ours. Gone: nothing to do. Taken again: as with a stale receipt. */
    const holding = async (change: () => void) => {
      await Promise.resolve()
      if (!waiting.has(message)) return
      if (message.attempt !== attempt) throw takenByAnother(where)
      change()
    }
    return {
      body: decodeMessage<T>(message.text),
      attempt,
      done: () => holding(() => waiting.delete(message)),
      release: delaySeconds =>
        holding(() => {
          message.visibleAt = now() + clampSeconds(delaySeconds, 0)
        }),
    }
  }

  return {
    async create() {},

    async send(message) {
      const text = encodeMessage(where, message)
      await Promise.resolve()
      waiting.add({ text, attempt: 0, visibleAt: now() })
    },

    async receive(count, hideSeconds) {
      await Promise.resolve()
      const taken: QueueMessage<T>[] = []
      for (const message of waiting) {
        if (taken.length >= count) break
        if (message.visibleAt <= now()) taken.push(take(message, clampSeconds(hideSeconds, 1)))
      }
      return taken
    },

    async size() {
      await Promise.resolve()
      return waiting.size
    },
  }
}
